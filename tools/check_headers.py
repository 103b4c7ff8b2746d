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

GENERATED = ROOT / "build" / "headers" / "generated"

# Of the libraries whose headers are not on the compiler's own path.
INCLUDES = ["-isystem", "/usr/include/antlr4-runtime", "-isystem", str(GENERATED)] + subprocess.run(
    ["pkg-config", "--cflags", "serd-0", "raptor2"], check=True, capture_output=True,
    text=True).stdout.split()


def generate_parser():
    """The headers of the generated parser, as grammar/CMakeLists.txt makes them."""
    grammar = ROOT / "grammar" / "Sparql.g4"
    parser = GENERATED / "grammar" / "SparqlParser.h"
    if not parser.exists() or parser.stat().st_mtime < grammar.stat().st_mtime:
        subprocess.run(["antlr4", "-Dlanguage=Cpp", "-package", "tripten::grammar", "-no-listener",
                        "-no-visitor", "-o", str(parser.parent), str(grammar)], check=True)


def compile_alone(header):
    name = header.relative_to(ROOT).as_posix()
    command = ["g++", "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
               "-I.", "-Iinclude", *INCLUDES, "-x", "c++", "-"]
    done = subprocess.run(command, cwd=ROOT, text=True, capture_output=True,
                          input=f'#include "{name}"\n#include "{name}"\n', check=False)
    return name, done.stderr if done.returncode else ""


def main():
    headers = sorted(h for folder in FOLDERS for h in (ROOT / folder).rglob("*.h"))
    digest = hashlib.sha256(b"".join(h.read_bytes() for h in headers)).hexdigest()
    stamp = ROOT / "build" / "headers" / digest
    if stamp.exists():
        return 0
    generate_parser()
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
