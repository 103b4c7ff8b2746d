#!/usr/bin/env python3
"""Tests of the program at a terminal: `tests/pty/run.py PROGRAM [NAME ...]`."""
import importlib
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "cli")]
sys.dont_write_bytecode = True

from harness import run_all  # noqa: E402


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    tests = []
    for file in sorted(HERE.glob("*_test.py")):
        module = importlib.import_module(file.stem)
        tests += [test for name, test in vars(module).items() if name.startswith("test_")]
    if sys.argv[2:]:
        tests = [test for test in tests if any(word in test.__name__ for word in sys.argv[2:])]
    return run_all(tests, program)


if __name__ == "__main__":
    sys.exit(main())
