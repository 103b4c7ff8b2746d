#!/usr/bin/env python3
"""How long `tripten query` takes to end after an interrupt, in the middle of each kind of work.

    bench/stop_times.py build/release/tripten s10.db [--after 1.5] [--memory 2GB]

Each query is started, interrupted after a while, and waited for. A query that ends before is said to.
The process has 50 ms, which is checked with --check.
"""
import argparse
import signal
import subprocess
import sys
import time

QUERIES = {
    "product": "SELECT ?a ?b { ?a ?p ?x . ?b ?q ?y FILTER(?x = -1) }",
    "sort": "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?o ?s",
    "sort by a text": "SELECT ?s { ?s ?p ?o } ORDER BY STR(?o)",
    "distinct": "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?o { ?s ?p ?o } }",
    "group": "SELECT ?s (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o } GROUP BY ?s",
    "concatenation": "SELECT (STRLEN(GROUP_CONCAT(STR(?o))) AS ?n) { ?s ?p ?o }",
    "minus": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o MINUS { ?o ?q ?s } }",
    "hash join": "SELECT (COUNT(*) AS ?n) { { SELECT ?o (COUNT(*) AS ?k) { ?s ?p ?o } GROUP BY ?o } "
                 "{ SELECT ?o (COUNT(*) AS ?m) { ?o ?p ?s } GROUP BY ?o } }",
    "path": "SELECT (COUNT(*) AS ?n) { ?s (!<urn:none>)+ ?o }",
    "regex": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER REGEX(STR(?o), '(a|b)*c.*d.*e$') }",
    "output": "SELECT * { ?s ?p ?o }",
}


def stop_time(program, database, query, options, after):
    """Seconds from the signal to the end, or None where the query had ended."""
    process = subprocess.Popen([program, "query", database, query, *options],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(timeout=after)
        return None
    except subprocess.TimeoutExpired:
        pass
    begin = time.monotonic()
    process.send_signal(signal.SIGINT)
    process.wait()
    return time.monotonic() - begin


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("database")
    parser.add_argument("--after", type=float, default=1.5)
    parser.add_argument("--memory", default="2GB")
    parser.add_argument("--check", action="store_true", help="fail where one takes over 50 ms")
    arguments = parser.parse_args()
    slow = False
    for name, query in QUERIES.items():
        seconds = stop_time(arguments.program, arguments.database, query,
                            ["--memory", arguments.memory], arguments.after)
        slow = slow or (seconds or 0) > 0.05
        print(f"{name:16} {'had ended' if seconds is None else f'{seconds * 1000:.0f} ms'}", flush=True)
    return 1 if slow and arguments.check else 0


if __name__ == "__main__":
    sys.exit(main())
