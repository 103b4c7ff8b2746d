#!/usr/bin/env python3
"""Fails when a header does not compile alone. Unchanged headers are not compiled again: the stamp
of each is kept under build/headers, by the contents of all headers together."""
import concurrent.futures
import hashlib
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDERS = ["include", "base", "rdf", "storage", "load", "import", "query", "api", "shell"]


def compile_alone(header):
    name = header.relative_to(ROOT).as_posix()
    command = ["g++", "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
               "-I.", "-Iinclude", "-x", "c++", "-"]
    done = subprocess.run(command, cwd=ROOT, text=True, capture_output=True,
                          input=f'#include "{name}"\n#include "{name}"\n', check=False)
    return name, done.stderr if done.returncode else ""


def main():
    headers = sorted(h for folder in FOLDERS for h in (ROOT / folder).rglob("*.h"))
    # Headers of the generated parser exist after a build only.
    headers = [h for h in headers if "grammar/Sparql" not in h.read_text(encoding="utf-8")]
    digest = hashlib.sha256(b"".join(h.read_bytes() for h in headers)).hexdigest()
    stamp = ROOT / "build" / "headers" / digest
    if stamp.exists():
        return 0
    failed = False
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, errors in pool.map(compile_alone, headers):
            if errors:
                failed = True
                print(f"{name} does not compile alone:\n{errors}", file=sys.stderr)
    if not failed:
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.touch()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
