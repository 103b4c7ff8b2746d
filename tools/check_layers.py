#!/usr/bin/env python3
"""Fails when a file includes what its layer may not see.

The table is docs/architecture.md's: a layer sees itself and the layers named beside it. RocksDB is
named in storage/ alone, ANTLR in query/parse/ alone, libcurl in base/ alone, serd and raptor in
rdf/ alone, libxml2 in query/results/ alone; the program in shell/ sees the public headers only.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

QUERY_ALGEBRA = ["include", "base", "rdf", "query/algebra"]
QUERY_EXPR = QUERY_ALGEBRA + ["storage", "query/expr"]
QUERY_EXEC = QUERY_EXPR + ["query/exec"]
QUERY_PLAN = QUERY_EXEC + ["query/results", "query/optimize", "query/plan"]

SEES = {
    "include": ["include"],
    "base": ["include", "base"],
    "rdf": ["include", "base", "rdf"],
    "storage": ["include", "base", "rdf", "storage"],
    "load": ["include", "base", "rdf", "storage", "load"],
    "import": ["include", "base", "rdf", "import"],
    "query/algebra": QUERY_ALGEBRA,
    "query/parse": QUERY_ALGEBRA + ["grammar", "query/parse"],
    "query/expr": QUERY_EXPR,
    "query/output": QUERY_EXPR + ["query/output"],
    "query/results": ["include", "base", "rdf", "query/results"],
    "query/exec": QUERY_EXEC,
    "query/optimize": QUERY_EXPR + ["query/optimize"],
    "query/plan": QUERY_PLAN,
    "query/update": QUERY_PLAN + ["query/update"],
    "query/guidance": QUERY_PLAN + ["query/parse", "query/guidance"],
    "api": ["include", "base", "rdf", "storage", "load", "import", "query/algebra", "query/parse",
            "query/expr", "query/output", "query/results", "query/exec", "query/optimize",
            "query/plan", "query/update", "query/guidance", "api"],
    "shell": ["include", "shell"],
}

# Libraries that one layer hides from all others.
HIDDEN = {
    "rocksdb/": ["storage"],
    "antlr4": ["query/parse"],
    "curl/": ["base"],
    "serd": ["rdf"],
    "raptor": ["rdf"],
    "libxml/": ["query/results"],
    "yaml": ["import"],
    "re2/": ["query/expr"],
    "boost/program_options": ["shell"],
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def layer_of(path):
    """The layer of a path relative to the root: `query/exec/batch.h` -> `query/exec`."""
    parts = path.split("/")
    if parts[0] == "query" and len(parts) > 2:
        return "/".join(parts[:2])
    if parts[0] == "tripten":
        return "include"
    return parts[0]


def faults_of(file):
    name = file.relative_to(ROOT).as_posix()
    layer = layer_of(name)
    for bracket, target in INCLUDE.findall(file.read_text(encoding="utf-8")):
        if bracket == '"':
            seen = layer_of(target)
            if seen not in SEES[layer]:
                yield f"{name}: {layer} may not include {target}"
            elif not (ROOT / target).exists() and not (ROOT / "include" / target).exists() \
                    and seen != "grammar":
                yield f"{name}: {target} is no path from the root"
        else:
            for library, layers in HIDDEN.items():
                if target.startswith(library) and layer not in layers:
                    yield f"{name}: {target} belongs to {' and '.join(layers)} alone"


def main():
    faults = []
    for layer in SEES:
        folder = ROOT / layer
        for file in sorted(folder.rglob("*")):
            if file.suffix in (".h", ".cpp") and layer_of(
                    file.relative_to(ROOT).as_posix()) == layer:
                faults += faults_of(file)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
