"""A terminal of the tests' own: the program behind a pseudo-terminal, and what its screen shows."""
import errno
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import tempfile
import termios
import time
import unicodedata

DEADLINE = 60  # seconds until what is waited for counts as never coming

UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
CTRL_A, CTRL_C, CTRL_D, CTRL_R = "\x01", "\x03", "\x04", "\x12"


class Screen:
    """The cells of a terminal that is sent text and the control sequences of ECMA-48 that matter."""

    def __init__(self, rows, columns):
        self.rows, self.columns = rows, columns
        self.lines = [[" "] * columns for _ in range(rows)]
        self.row = self.column = 0
        self.colours = set()  # parameters of SGR that were met
        self.modes = set()    # private modes that are set
        self.edits = 0        # how often a line has begun to be edited: pasted text is bracketed then
        self.pending = ""

    def feed(self, text):
        text = self.pending + text
        self.pending = ""
        at = 0
        while at < len(text):
            if text[at] != "\x1b":
                self.put(text[at])
                at += 1
                continue
            found = re.compile(r"\x1b(?:\[([?>]?)([0-9;]*)([@-~])|[()][0-9A-B]|[^\[()])").match(text, at)
            if not found:
                self.pending = text[at:]
                return
            if found.group(3):
                self.control(found.group(1), found.group(2), found.group(3))
            at = found.end()

    def put(self, char):
        if char == "\r":
            self.column = 0
        elif char == "\n":
            self.line_feed()
        elif char == "\b":
            self.column = max(0, self.column - 1)
        elif char == "\t":
            self.column = min(self.columns - 1, (self.column // 8 + 1) * 8)
        elif char >= " ":
            width = 0 if unicodedata.combining(char) else \
                2 if unicodedata.east_asian_width(char) in "WF" else 1
            if self.column + width > self.columns:
                self.column = 0
                self.line_feed()
            if width:
                self.lines[self.row][self.column] = char
                if width == 2:
                    self.lines[self.row][self.column + 1] = ""
                self.column += width

    def line_feed(self):
        if self.row + 1 < self.rows:
            self.row += 1
        else:
            self.lines = self.lines[1:] + [[" "] * self.columns]

    def control(self, private, parameters, final):
        numbers = [int(number) for number in parameters.split(";") if number]
        count = numbers[0] if numbers and numbers[0] else 1
        mode = numbers[0] if numbers else 0
        column = min(self.column, self.columns - 1)
        line = self.lines[self.row]
        if private:
            (self.modes.add if final == "h" else self.modes.discard)(mode)
            self.edits += final == "h" and mode == 2004
        elif final == "A":
            self.row = max(0, self.row - count)
        elif final == "B":
            self.row = min(self.rows - 1, self.row + count)
        elif final == "C":
            self.column = min(self.columns - 1, column + count)
        elif final == "D":
            self.column = max(0, column - count)
        elif final == "G":
            self.column = count - 1
        elif final == "H":
            self.row, self.column = (count - 1, (numbers + [1, 1])[1] - 1)
        elif final == "K":
            begin, end = ((column, self.columns), (0, column + 1), (0, self.columns))[mode]
            line[begin:end] = [" "] * (end - begin)
        elif final == "J":
            begin = self.row if mode == 0 else 0
            if mode == 0:
                line[column:] = [" "] * (self.columns - column)
                begin += 1
            for row in range(begin, self.rows):
                self.lines[row] = [" "] * self.columns
        elif final == "P":
            self.lines[self.row] = (line[:column] + line[column + count:] + [" "] * count)[:self.columns]
        elif final == "@":
            self.lines[self.row] = (line[:column] + [" "] * count + line[column:])[:self.columns]
        elif final == "m":
            self.colours.update(numbers)

    def text(self):
        return "\n".join("".join(line).rstrip() for line in self.lines).rstrip()


class Terminal:
    """A program at a terminal. Everything waits for what the screen shows, none for time."""

    def __init__(self, words, folder, rows=40, columns=100, hang_up=signal.SIG_DFL, **environment):
        """`hang_up` is what SIGHUP does to the program, whatever it does to the tests."""
        self.screen = Screen(rows, columns)
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        home = os.path.join(folder, "home")
        os.makedirs(home, exist_ok=True)
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "ASAN_OPTIONS",
                                                    "TSAN_OPTIONS") if name in os.environ}
        self.process = subprocess.Popen(
            [str(word) for word in words], cwd=folder, stdin=slave, stdout=slave, stderr=slave,
            start_new_session=True, env={**kept, "TERM": "xterm", "LANG": "C.UTF-8", "HOME": home,
                                         **environment},
            preexec_fn=lambda: (fcntl.ioctl(0, termios.TIOCSCTTY, 0),
                                signal.signal(signal.SIGHUP, hang_up)))
        os.close(slave)
        self.decoded = b""
        self.early_edits = 0  # lines that began to be edited while keys still went to the terminal's own

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.hang_up()

    def read(self, timeout):
        """Takes what the program wrote; false at its end."""
        if not select.select([self.master], [], [], timeout)[0]:
            return True
        try:
            part = os.read(self.master, 65536)
        except OSError as failure:
            if failure.errno != errno.EIO:
                raise
            return False
        if b"\x1b[?2004h" in part and termios.tcgetattr(self.master)[3] & termios.ICANON:
            self.early_edits += 1
        bytes_left = self.decoded + part
        text = bytes_left.decode(errors="ignore")
        # The beginning of a character waits for its rest.
        self.decoded = b""
        for cut in range(1, 4):
            if len(bytes_left) >= cut and bytes_left[-cut] >= 0xC0:
                self.decoded = bytes_left[-cut:] if len(bytes_left[-cut:].decode(errors="ignore")) == 0 else b""
                break
        self.screen.feed(text)
        return bool(part)

    def wait_for(self, *wanted):
        """Until the screen has all the texts, or predicates of it hold; returns the screen."""
        end = time.monotonic() + DEADLINE
        running = True
        while True:
            shown = self.screen.text()
            if all(want(shown) if callable(want) else want in shown for want in wanted):
                return shown
            assert running, f"the program ended; no {wanted!r} on the screen:\n{shown}"
            assert time.monotonic() < end, f"no {wanted!r} on the screen:\n{shown}"
            running = self.read(0.5)

    def type(self, text):
        data = text.encode()
        while data:
            data = data[os.write(self.master, data):]

    def say(self, text, *wanted):
        """Types a statement with Enter, and waits for its answer and the next prompt."""
        self.type(text)
        self.wait_for(lambda shown: not at_prompt(shown) and text.split("\r")[-1].strip() in shown)
        edits = self.screen.edits  # while a line is painted, too, a prompt stands alone for a moment
        self.type("\r")
        return self.wait_for(lambda shown: self.screen.edits > edits and at_prompt(shown), *wanted)

    def end(self):
        """The exit code, once the program ends."""
        deadline = time.monotonic() + DEADLINE
        while self.read(0.1) and self.process.poll() is None:
            assert time.monotonic() < deadline, f"the program goes on:\n{self.screen.text()}"
        return self.process.wait(timeout=DEADLINE)

    def resize(self, rows, columns):
        self.screen = Screen(rows, columns)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def hang_up(self):
        """Closes the terminal, as a window is closed."""
        if self.master >= 0:
            os.close(self.master)
        self.master = -1


def at_prompt(shown):
    """Whether the last line is a prompt and nothing else."""
    return shown.splitlines()[-1:] in (["tripten>"], ["tripten*"])
