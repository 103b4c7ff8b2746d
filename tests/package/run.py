#!/usr/bin/env python3
"""Installs the build into a fresh folder, and uses what is there as a stranger would.

A project of its own is built with find_package(Tripten) and run, and so is, with pkg-config, the
program that docs/embedding.md takes apart: its blocks of `cpp` in order. It must print what the
last block of `text` shows; `tests/package/run.py BUILD --write` puts there what it prints.
"""
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
GUIDE = HERE.parent.parent / "docs" / "embedding.md"

EXPECTED = """true
<http://ex.org/ann> 42
"Ann"
stayed 1
committed 0
"""

INSTALLED = """bin/tripten include/tripten/tripten.h share/man/man1/tripten.1.gz
share/bash-completion/completions/tripten share/zsh/vendor-completions/_tripten
share/doc/tripten/copyright share/doc/tripten/changelog.Debian.gz share/doc/tripten/README.md share/doc/tripten/docs/tutorial.md
share/doc/tripten/datasets/demo/drugs-for-pten.rq""".split()


class Failure(Exception):
    """A sentence on what went wrong."""


def must(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        raise Failure(f"{' '.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def must_be(actual, expected, what):
    if actual != expected:
        raise Failure(f"{what}\nexpected:\n{expected}actual:\n{actual}")


def sanitizer_flags(build):
    if "asan" in build.name:
        return ["-fsanitize=address,undefined"]
    return ["-fsanitize=thread"] if "tsan" in build.name else []


def test_everything_is_installed(_, prefix, __):
    missing = [name for name in INSTALLED if not (prefix / name).exists()]
    if missing:
        raise Failure(f"not installed: {' '.join(missing)}")


def test_cmake_finds_the_library(build, prefix, work):
    flags = [f"-DCMAKE_CXX_FLAGS={' '.join(sanitizer_flags(build))}"]
    must("cmake", "-S", HERE / "consumer", "-B", work, "-G", "Ninja",
         f"-DCMAKE_PREFIX_PATH={prefix}", "-DCMAKE_BUILD_TYPE=Release", *flags)
    must("cmake", "--build", work)
    must_be(must(work / "consumer", cwd=work), EXPECTED, "the consumer printed something else")


def test_the_guide_to_embedding_is_true(build, prefix, work):
    """With pkg-config."""
    text = GUIDE.read_text(encoding="utf-8")
    source = work / "guide.cpp"
    source.write_text("".join(re.findall(r"```cpp\n(.*?)```\n", text, re.DOTALL)))
    places = [str(path.parent) for path in prefix.glob("lib*/**/tripten.pc")]
    known = os.environ.get("PKG_CONFIG_PATH", "")
    flags = must("pkg-config", "--cflags", "--libs", "tripten",
                 env={**os.environ, "PKG_CONFIG_PATH": ":".join(places + [known])})
    must(os.environ.get("CXX", "g++"), "-std=c++20", "-O1", "-Wall", "-Wextra", "-Werror", source,
         "-o", work / "guide", *sanitizer_flags(build), *shlex.split(flags))
    printed = must(work / "guide", cwd=work)
    before, shown, after = re.fullmatch(r"(.*```text\n)(.*?)(```\n.*)", text, re.DOTALL).groups()
    if "--write" in sys.argv:
        GUIDE.write_text(before + printed + after, encoding="utf-8")
    else:
        must_be(printed, shown, "docs/embedding.md shows another output")


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        prefix = pathlib.Path(folder) / "prefix"
        try:
            must("cmake", "--install", str(build), "--prefix", str(prefix))
        except Failure as failure:
            print(f"{failure}\n0 passed, 1 failed")
            return 1
        for name, test in list(globals().items()):
            if not name.startswith("test_"):
                continue
            work = pathlib.Path(folder) / name
            work.mkdir()
            try:
                test(build, prefix, work)
                passed += 1
            except Failure as failure:
                failed += 1
                print(f"tests/package: {name}: {failure}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main())
