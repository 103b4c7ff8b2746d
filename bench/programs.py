"""What the drivers of bench/ share: running a program, its time and its memory."""
import os
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
GENERATOR = ROOT / "datasets" / "generate"


def timed(command, **redirections):
    """(seconds, peak MB) of a command that must succeed."""
    start = time.monotonic()
    process = subprocess.Popen([str(part) for part in command], stderr=subprocess.PIPE,
                               **redirections)
    error = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{error.decode()}")
    return seconds, usage.ru_maxrss / 1024


def generate(scale, file, generator=GENERATOR):
    """A graph of `scale` million triples, as N-Triples."""
    subprocess.run([generator, "--scale", f"{scale:g}", "--out", file], check=True)


def load(program, database, data, *options):
    """(seconds, peak MB) of one load into a fresh database."""
    return timed([program, "load", database, data, *options])


def size_of(folder):
    return sum(file.stat().st_size for file in pathlib.Path(folder).rglob("*") if file.is_file())
