#!/usr/bin/env python3
"""How long `tripten query` takes to end after an interrupt, in the middle of each kind of work.

    bench/stop_times.py build/release/tripten s10.db [--stops 5] [--memory 2GB]

Each query is run to its end, or for three seconds, and then interrupted at moments spread evenly over
that time. What is said is the longest wait, and the processor time of it: on a machine that others
use, too, the latter tells more. The process has 50 ms, which is checked with --check.
"""
import argparse
import os
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


MOST_SECONDS = 3  # of a query, before its last interrupt


def processor_seconds(process):
    """Of all its threads so far; it has not been waited for."""
    with open(f"/proc/{process.pid}/stat", encoding="utf-8") as stat:
        user, system = stat.read().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def stop_time(command, after):
    """Seconds from the signal to the end, real and of the processor; None where it had ended."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(timeout=after)
        return None
    except subprocess.TimeoutExpired:
        pass
    used = processor_seconds(process)
    begin = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, _, usage = os.wait4(process.pid, 0)
    return time.monotonic() - begin, usage.ru_utime + usage.ru_stime - used


def running_time(command):
    """Seconds that a query takes, at most MOST_SECONDS."""
    begin = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    return time.monotonic() - begin


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("database")
    parser.add_argument("--stops", type=int, default=5)
    parser.add_argument("--memory", default="2GB")
    parser.add_argument("--check", action="store_true", help="fail where one takes over 50 ms")
    arguments = parser.parse_args()
    slow = False
    for name, query in QUERIES.items():
        command = [arguments.program, "query", arguments.database, query,
                   "--memory", arguments.memory]
        whole = running_time(command)
        times = [stop_time(command, whole * (i + 1) / (arguments.stops + 1))
                 for i in range(arguments.stops)]
        times = [time for time in times if time]
        if not times:
            print(f"{name:16} ends too soon", flush=True)
            continue
        longest, processor = max(times)
        slow = slow or longest > 0.05
        print(f"{name:16} {longest * 1000:4.0f} ms, of the processor {processor * 1000:4.0f} ms",
              flush=True)
    return 1 if slow and arguments.check else 0


if __name__ == "__main__":
    sys.exit(main())
