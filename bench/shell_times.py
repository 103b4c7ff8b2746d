#!/usr/bin/env python3
"""Times what a person at the shell waits for: `bench/shell_times.py PROGRAM DATABASE [RUNS]`.

At a pseudo-terminal, in milliseconds: from the start of the process to its prompt, from Ctrl-C in
a long query to the next prompt, and from the tab key to the first proposal. The database is only
read. Median and worst of the runs.
"""
import pathlib
import statistics
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests" / "pty"))

from terminal import CTRL_C, Terminal, at_prompt  # noqa: E402

LONG = "SELECT (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?q ?y FILTER(STRLEN(CONCAT(STR(?x), STR(?y))) = 1) } ;"


def milliseconds(since):
    return (time.monotonic() - since) * 1000


def one_run(program, database, folder):
    start = time.monotonic()
    with Terminal([program, "shell", database, "--read-only"], folder) as terminal:
        terminal.wait_for("Tripten", at_prompt)
        prompt = milliseconds(start)

        terminal.type("SELECT * { ?s rdf:ty")
        terminal.wait_for("rdf:ty")
        start = time.monotonic()
        terminal.type("\t")
        terminal.wait_for("rdf:type")
        first_tab = milliseconds(start)
        terminal.type("?c ; ")
        terminal.wait_for("?c ;")
        start = time.monotonic()
        terminal.type("\t")
        terminal.wait_for(lambda shown: len(shown.splitlines()) > 4)
        predicates = milliseconds(start)
        terminal.type(CTRL_C)
        terminal.wait_for(at_prompt)

        terminal.type(LONG + "\r")
        terminal.wait_for("rows read")
        start = time.monotonic()
        terminal.type(CTRL_C)
        terminal.wait_for("interrupted", at_prompt)
        stop = milliseconds(start)
    return prompt, first_tab, predicates, stop


def main():
    program, database = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 7
    with tempfile.TemporaryDirectory() as folder:
        times = [one_run(program, database, folder) for _ in range(runs)]
    for name, values in zip(("prompt", "tab, one name", "tab, predicates", "Ctrl-C to prompt"),
                            zip(*times)):
        print(f"{name:<18} median {statistics.median(values):7.1f} ms  worst {max(values):7.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
