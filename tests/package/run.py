#!/usr/bin/env python3
"""Installs the build into a fresh folder, builds a project of its own against it, runs it."""
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent

EXPECTED = """true
<http://ex.org/ann> 42
"Ann"
stayed 1
committed 0
"""


def must(*command, cwd=None):
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}\n0 passed, 1 failed")
    return done.stdout


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        prefix, work = f"{folder}/prefix", f"{folder}/build"
        must("cmake", "--install", str(build), "--prefix", prefix)
        flags = []
        if "asan" in build.name:
            flags = ["-DCMAKE_CXX_FLAGS=-fsanitize=address,undefined"]
        if "tsan" in build.name:
            flags = ["-DCMAKE_CXX_FLAGS=-fsanitize=thread"]
        must("cmake", "-S", str(HERE / "consumer"), "-B", work, "-G", "Ninja",
             f"-DCMAKE_PREFIX_PATH={prefix}", "-DCMAKE_BUILD_TYPE=Release", *flags)
        must("cmake", "--build", work)
        output = must(f"{work}/consumer", cwd=folder)
    if output != EXPECTED:
        print(f"expected:\n{EXPECTED}actual:\n{output}")
        print("0 passed, 1 failed")
        return 1
    print("1 passed, 0 failed")
    return 0


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main())
