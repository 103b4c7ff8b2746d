#!/usr/bin/env python3
"""Tests of the command line as a process: `tests/cli/run.py PROGRAM [NAME ...]`."""
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

from harness import run_folder  # noqa: E402


if __name__ == "__main__":
    sys.exit(run_folder(HERE))
