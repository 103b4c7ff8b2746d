"""What the tests of the command line share: the program as a process, in a folder of its own."""
import importlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class Outcome:
    """What one run of the program left behind."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    @property
    def errors(self):
        """The lines that begin with `error:`."""
        return [line for line in self.err.splitlines() if line.startswith("error:")]

    def must(self, code=0):
        assert self.code == code, f"exit code {self.code} instead of {code}\n{self.out}{self.err}"
        return self

    def must_fail(self, code, *words):
        """Exactly one error line, with all the words in it."""
        self.must(code)
        assert len(self.errors) == 1, f"{len(self.errors)} error lines:\n{self.err}"
        for word in words:
            assert word in self.errors[0], f"no {word!r} in: {self.errors[0]}"
        return self


class Place:
    """A folder and the program in it."""

    def __init__(self, program, folder):
        self.program, self.folder = str(program), pathlib.Path(folder)

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def run(self, *words, stdin=None, environment=None):
        done = subprocess.run([self.program, *map(str, words)], cwd=self.folder, input=stdin,
                              capture_output=True, check=False, timeout=120,
                              env={**os.environ, **(environment or {})})
        return Outcome(done.returncode, done.stdout.decode(errors="replace"),
                       done.stderr.decode(errors="replace"))

    def start(self, *words, **streams):
        return subprocess.Popen([self.program, *map(str, words)], cwd=self.folder, **streams)

    def ask(self, database, pattern):
        """Whether the database matches a pattern."""
        return self.run("query", database, "ASK { %s }" % pattern).must().out.strip() == "true"

    def count(self, database):
        out = self.run("query", database, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
                       "--format", "csv").must().out
        return int(out.split()[1])


class Skipped(Exception):
    """What this machine lacks for a test, as a sentence."""


def need(tool):
    """Skips the test where a program of another package is not installed."""
    if not shutil.which(tool):
        raise Skipped(f"{tool} is not installed (./dev setup)")


def run_all(tests, program, name):
    """Runs each test in a fresh folder; the exit code of the whole."""
    passed = failed = skipped = 0
    for test in tests:
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(Place(program, folder))
                passed += 1
            except Skipped as reason:
                skipped += 1
                print(f"{name}: {test.__module__}.{test.__name__} is skipped: {reason}", file=sys.stderr)
            except (AssertionError, subprocess.TimeoutExpired, OSError) as failure:
                failed += 1
                print(f"{name}: {test.__module__}.{test.__name__}: {failure}")
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed else 0


def run_folder(folder):
    """The command line of a folder of tests: `run.py PROGRAM [NAME ...]`."""
    program = pathlib.Path(sys.argv[1]).resolve()
    tests = []
    for file in sorted(folder.glob("*_test.py")):
        module = importlib.import_module(file.stem)
        tests += [test for name, test in vars(module).items() if name.startswith("test_")]
    if sys.argv[2:]:
        tests = [test for test in tests if any(word in test.__name__ for word in sys.argv[2:])]
    return run_all(tests, program, f"tests/{folder.name}")
