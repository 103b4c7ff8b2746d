#!/usr/bin/env python3
"""Tests of the program at a terminal: `tests/pty/run.py PROGRAM [NAME ...]`."""
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "cli")]
sys.dont_write_bytecode = True

from harness import run_folder  # noqa: E402


if __name__ == "__main__":
    sys.exit(run_folder(HERE))
