#!/usr/bin/env python3
"""Makes docs/pictures/shell-*.svg, pictures of the real shell's screen: `tools/make_pictures.py PROGRAM`.

The shell runs in tmux over the demo data; what stands on the screen goes through screen_picture.py.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
TAB, ENTER = "Tab", "Enter"
DEADLINE = 20  # seconds until what is waited for must be there
PROMPT = r"^tripten>\s*$"


class Terminal:
    """A terminal of its own with the shell in it."""

    def __init__(self, program, folder, columns, rows):
        self.server = ["tmux", "-f", "/dev/null", "-S", f"{folder}/tmux"]
        environment = {**os.environ, "HOME": folder, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
        for name in ("TMUX", "NO_COLOR", "PAGER", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            environment.pop(name, None)
        subprocess.run([*self.server, "new-session", "-d", "-x", str(columns), "-y", str(rows),
                        "-c", folder, f"'{program}' shell pfocr.db"], env=environment, check=True)

    def tmux(self, *words):
        return subprocess.run([*self.server, *words], capture_output=True, text=True,
                              check=True).stdout

    def await_screen(self, pattern):
        until = time.monotonic() + DEADLINE
        while time.monotonic() < until:
            screen = self.tmux("capture-pane", "-p").rstrip()
            if re.search(pattern, screen, re.MULTILINE):
                return
            time.sleep(0.05)
        sys.exit(f"there is no {pattern!r} on the screen:\n{screen}")

    def type(self, *keys):
        for key in keys:
            if key.endswith(";"):  # which would end a command of tmux
                key = key[:-1] + "\\;"
            self.tmux("send-keys", *([key] if key in (TAB, ENTER) else ["-l", key]))

    def close(self):
        subprocess.run([*self.server, "kill-server"], capture_output=True, check=False)


def statement(terminal, *lines, answer):
    for line in lines:
        terminal.type(line, ENTER)
    terminal.await_screen(answer)


def result(terminal):
    terminal.type(".labels on", ENTER)
    statement(terminal,
              "SELECT ?drug (COUNT(DISTINCT ?pathway) AS ?pathways) {",
              "?pten rdfs:label 'PTEN' ; dcterms:isPartOf ?pathway .",
              "?gene dcterms:isPartOf ?pathway .",
              "?drug pf:targets ?gene }",
              "GROUP BY ?drug ORDER BY DESC(?pathways) LIMIT 8;", answer=r"^8 rows")
    statement(terminal, ".last box", answer="└")


def error(terminal):
    statement(terminal, "SELECT ?gene { ?figure schema:mention ?gene };", answer="0 rows")
    statement(terminal, ".why", answer="schema:mentions")
    statement(terminal, "SELECT ?gene { ?gene rdfs:label 'PTEN' FLITER(?gene > 3) };",
              answer=r"\^")


def completion(terminal):
    terminal.type("SELECT * { ?figure a pf:PathwayFigure ; dc", TAB)
    terminal.await_screen("dcterms:")


PLAN = {"result": (result, 33), "error": (error, 18), "completion": (completion, 16)}


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program = pathlib.Path(sys.argv[1]).resolve()
    PICTURES.mkdir(exist_ok=True)
    for name, (play, rows) in PLAN.items():
        if sys.argv[2:] and name not in sys.argv[2:]:
            continue
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([program, "load", f"{folder}/pfocr.db", ROOT / "datasets" / "demo"],
                           capture_output=True, check=True)
            terminal = Terminal(program, folder, 96, rows)
            try:
                terminal.await_screen(PROMPT)
                play(terminal)
                screen = terminal.tmux("capture-pane", "-e", "-p")
            finally:
                terminal.close()
        picture = subprocess.run([ROOT / "tools" / "screen_picture.py", "tripten shell pfocr.db"],
                                 input=screen, capture_output=True, text=True, check=True).stdout
        (PICTURES / f"shell-{name}.svg").write_text(picture, encoding="utf-8")
        print(f"docs/pictures/shell-{name}.svg")


if __name__ == "__main__":
    main()
