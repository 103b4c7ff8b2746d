#!/usr/bin/env python3
"""Turns a terminal's screen into an SVG: `tmux capture-pane -e -p | tools/screen_picture.py TITLE > a.svg`.

Understands what a screen as tmux tells it has: lines of text with SGR sequences (ECMA-48 8.3.117):
bold, faint, italic, underlined, reversed, the 16 colours, those of the table of 256 and of 24 bits.
"""
import html
import re
import sys
import unicodedata

SEQUENCE = re.compile(r"\x1b\[([\d;:]*)m|\x1b\[[^a-zA-Z]*[a-zA-Z]|[\x0e\x0f]|\x1b[()].")
CELL_WIDTH, CELL_HEIGHT, MARGIN, BAR = 8.4, 18, 14, 30
FOREGROUND, BACKGROUND = "#d8dee6", "#1b2027"
COLOURS = ["#3b4450", "#e8706b", "#8fc573", "#e0bb69", "#6fa8e8", "#c58be0", "#62c0c0", "#cdd3da",
           "#77818d", "#ff8f8a", "#a9df8d", "#f5d585", "#8dc0ff", "#dca6f5", "#80dada", "#ffffff"]


def colour_of_table(number):
    if number < 16:
        return COLOURS[number]
    if number < 232:
        levels = (0, 95, 135, 175, 215, 255)
        number -= 16
        return "#%02x%02x%02x" % (levels[number // 36], levels[number // 6 % 6], levels[number % 6])
    return "#" + "%02x" % (8 + 10 * (number - 232)) * 3


class Style:
    """What SGR sequences have set."""

    def __init__(self):
        self.reset()

    def reset(self):
        self.colour = self.ground = None
        self.bold = self.faint = self.italic = self.underlined = self.reversed = False

    def apply(self, codes):
        codes = [int(code or 0) for code in re.split("[;:]", codes)] if codes else [0]
        while codes:
            code = codes.pop(0)
            if code == 0:
                self.reset()
            elif code in (1, 2, 3, 4, 7):
                name = {1: "bold", 2: "faint", 3: "italic", 4: "underlined", 7: "reversed"}[code]
                setattr(self, name, True)
            elif code == 22:
                self.bold = self.faint = False
            elif code in (23, 24, 27):
                setattr(self, {23: "italic", 24: "underlined", 27: "reversed"}[code], False)
            elif code in (38, 48) and codes:
                kind = codes.pop(0)
                if kind == 5:
                    value = colour_of_table(codes.pop(0))
                else:
                    value = "#%02x%02x%02x" % tuple(codes.pop(0) for _ in range(3))
                self.colour, self.ground = ((value, self.ground) if code == 38
                                            else (self.colour, value))
            elif code in (39, 49):
                setattr(self, "colour" if code == 39 else "ground", None)
            elif 30 <= code <= 37 or 90 <= code <= 97:
                self.colour = COLOURS[code - 30 if code < 90 else code - 82]
            elif 40 <= code <= 47 or 100 <= code <= 107:
                self.ground = COLOURS[code - 40 if code < 100 else code - 92]

    def attributes(self):
        colour, ground = self.colour or FOREGROUND, self.ground
        if self.reversed:
            colour, ground = ground or BACKGROUND, colour
        text = f' fill="{colour}"' if colour != FOREGROUND else ""
        if self.bold:
            text += ' font-weight="bold"'
        if self.faint:
            text += ' opacity="0.65"'
        if self.italic:
            text += ' font-style="italic"'
        if self.underlined:
            text += ' text-decoration="underline"'
        return text, ground


def width_of(character):
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def runs_of(line, style):
    """Texts of one style, with their columns. Blanks end a run, so that fonts don't move columns."""
    column, at = 0, 0
    pieces = []
    for found in list(SEQUENCE.finditer(line)) + [None]:
        text = line[at:found.start() if found else len(line)]
        for word in re.findall(r" +|[^ ]+", text):
            width = sum(map(width_of, word))
            pieces.append((column, width, word, *style.attributes()))
            column += width
        if found:
            at = found.end()
            if found[1] is not None:
                style.apply(found[1])
    return pieces, column


def picture(lines, title):
    style, body, columns = Style(), [], 0
    for row, line in enumerate(lines):
        pieces, width = runs_of(line, style)
        columns = max(columns, len(line) and width)
        y = BAR + MARGIN + row * CELL_HEIGHT
        for column, cells, text, attributes, ground in pieces:
            x = MARGIN + column * CELL_WIDTH
            if ground:
                body.append(f'<rect x="{x:.1f}" y="{y}" width="{cells * CELL_WIDTH:.1f}" '
                            f'height="{CELL_HEIGHT}" fill="{ground}"/>')
            if text.strip():
                body.append(f'<text x="{x:.1f}" y="{y + 13.5}" textLength="{cells * CELL_WIDTH:.1f}"'
                            f'{attributes}>{html.escape(text, quote=False)}</text>')
    width = 2 * MARGIN + columns * CELL_WIDTH
    height = BAR + 2 * MARGIN + len(lines) * CELL_HEIGHT
    dots = "".join(f'<circle cx="{18 + 18 * i}" cy="15" r="5.5" fill="{c}"/>'
                   for i, c in enumerate(("#e8706b", "#e0bb69", "#8fc573")))
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" '
        f'width="{width:.0f}" height="{height}">',
        f"<title>{html.escape(title)}</title>",
        f'<rect width="{width:.0f}" height="{height}" rx="8" fill="{BACKGROUND}"/>', dots,
        f'<text x="{width / 2:.0f}" y="19" text-anchor="middle" font-family="sans-serif" '
        f'font-size="12" fill="#8a939e">{html.escape(title)}</text>',
        f'<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14" '
        f'fill="{FOREGROUND}" xml:space="preserve">', *body, "</g>", "</svg>", ""])


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    lines = sys.stdin.read().rstrip("\n").split("\n")
    sys.stdout.write(picture(lines, sys.argv[1]))


if __name__ == "__main__":
    main()
