#!/usr/bin/env python3
"""Keeps what documents show true: `tools/documents.py --check PROGRAM` compares, `--write PROGRAM` mends.

Three kinds of places in README.md and docs/*.md are what the program prints:

- Between `<!-- tripten WORDS -->` and `<!-- end -->` stands what `tripten WORDS` prints.
- A block of `console` holds commands after `$ ` (and `> ` where one goes on), each with its output.
- A block of `sparql` and the block of `text` right after it are a query and its answer, from the
  database that the last `<!-- database: NAME -->` names. `<!-- not run -->` before a block keeps it.

The blocks of a document run one after another in an empty folder in which `datasets` is this
project's, with PROGRAM as `tripten`. Times and rates may differ.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PIECES = re.compile(
    r"<!-- tripten (?P<words>[^\n]*?) -->\n(?P<printed>.*?)<!-- end -->\n"
    r"|<!-- database: (?P<database>\S+) -->\n"
    r"|<!-- not run -->\n+```.*?\n```\n"
    r"|```console\n(?P<session>.*?)```\n"
    r"|```sparql\n(?P<query>.*?)```\n\n```text\n(?P<answer>.*?)```\n", re.DOTALL)
TIMES = [(re.compile(r"\b\d[\d,.]* (?:µs|ms|s|min)\b"), "TIME"), (re.compile(r"[\d,.]+/s\b"), "RATE")]


def without_times(text):
    for pattern, word in TIMES:
        text = pattern.sub(word, text)
    return text


class Place:
    """An empty folder with the program and the data."""

    def __init__(self, program, folder):
        self.folder = pathlib.Path(folder)
        (self.folder / "bin").mkdir()
        (self.folder / "bin" / "tripten").symlink_to(program)
        self.work = self.folder / "work"
        self.work.mkdir()
        (self.work / "datasets").symlink_to(ROOT / "datasets")
        self.database = None
        self.environment = {"PATH": f"{self.folder}/bin:{os.environ['PATH']}", "HOME": folder,
                            "LC_ALL": "C.UTF-8", "TERM": "dumb"}

    def run(self, words, both=True):
        """What a command prints, on standard error as well if `both`."""
        done = subprocess.run(words, cwd=self.work, env=self.environment, check=False,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT if both else subprocess.PIPE, timeout=120)
        text = done.stdout.decode(errors="replace")
        if not both and done.returncode != 0:
            text += done.stderr.decode(errors="replace")
        return text if not text or text.endswith("\n") else text + "\n"


def true_session(place, text):
    """A block of `console` as it comes out."""
    out, command = [], None
    for line in text.split("\n") + ["$ "]:
        if line.startswith("> ") and command is not None and not command[1]:
            command[0].append(line)
        elif line.startswith("$ ") or line == "$ ":
            if command is not None:
                words = "\n".join(part[2:] for part in command[0])
                out += command[0] + place.run(["bash", "-c", words]).split("\n")[:-1]
            command = ([line], [])
        elif command is not None:
            command[1].append(line)
    return "\n".join(out) + "\n"


def true_answer(place, query):
    if place.database is None:
        raise ValueError("a query, and no <!-- database: NAME --> before it")
    (place.work / "question.rq").write_text(query)
    graph = re.search(r"^\s*(CONSTRUCT|DESCRIBE)\b", query, re.MULTILINE)
    return place.run(["tripten", "query", place.database, "-f", "question.rq", "--format",
                      "ttl" if graph else "table"], both=False)


def true_text(place, found):
    """What should stand in place of a match."""
    if found["words"] is not None:
        printed = place.run(["tripten", *found["words"].split()])
        return f"<!-- tripten {found['words']} -->\n{printed}<!-- end -->\n"
    if found["database"] is not None:
        place.database = found["database"]
    if found["session"] is not None:
        return f"```console\n{true_session(place, found['session'])}```\n"
    if found["query"] is not None:
        answer = true_answer(place, found["query"])
        return f"```sparql\n{found['query']}```\n\n```text\n{answer}```\n"
    return None


def go_through(document, program):
    """The document as it should be, and a pair (line, wrong text, right text) for each difference."""
    text = document.read_text(encoding="utf-8")
    out, wrong, checked, end = [], [], 0, 0
    with tempfile.TemporaryDirectory() as folder:
        place = Place(program, folder)
        for found in PIECES.finditer(text):
            right = true_text(place, found)
            if right is None:
                continue
            checked += 1
            if without_times(right) != without_times(found[0]):
                wrong.append((text.count("\n", 0, found.start()) + 1, found[0], right))
                out += [text[end:found.start()], right]
                end = found.end()
    return "".join(out) + text[end:], wrong, checked


def first_difference(old, new):
    for before, after in zip(old.split("\n"), new.split("\n")):
        if without_times(before) != without_times(after):
            return f"  stands:  {before}\n  is true: {after}"
    return "  one is longer"


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in ("--check", "--write"):
        sys.exit(__doc__)
    program = pathlib.Path(sys.argv[2]).resolve()
    passed = failed = 0
    for document in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        new, wrong, checked = go_through(document, program)
        passed += checked - len(wrong)
        name = document.relative_to(ROOT)
        if sys.argv[1] == "--write":
            passed += len(wrong)
            if wrong:
                document.write_text(new, encoding="utf-8")
                print(f"{name}: {len(wrong)} of {checked} places mended")
            continue
        failed += len(wrong)
        for line, before, after in wrong:
            print(f"{name}, line {line} is not what the program prints (./dev docs mends it):\n"
                  f"{first_difference(before, after)}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
