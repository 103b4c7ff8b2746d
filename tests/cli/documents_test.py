"""The documents that the program prints of itself: manual page, reference, completions of shells."""
import re
import subprocess

from harness import need

# A database's folder as completion knows it, one that is none, and files.
FILES = ("my.db/CURRENT", "my folder/people.ttl", "people.ttl", "queries/drugs.rq")


def commands(place):
    """The commands of the overview, and the long options of the help of each."""
    overview = place.run("help").must().out
    names = re.findall(r"^  ([a-z]+) +\S.*$", overview.split("not built yet")[0], re.MULTILINE)
    assert "load" in names and "query" in names, names
    return {name: re.findall(r"^  (?:-. \[ )?(--[a-z-]+)", place.run("help", name).must().out,
                             re.MULTILINE) for name in names}


def complete(place, *words):
    """What bash proposes for the last word."""
    script = place.write("completion.bash", place.run("help", "--bash").must().out)
    for name in FILES:
        place.write(name, "")
    lines = f"source '{script}'\n_tripten\nprintf '%s\\n' \"${{COMPREPLY[@]}}\""
    given = ["tripten", *words]
    done = subprocess.run(
        ["bash", "--norc", "--noprofile", "-c",
         f"COMP_WORDS=(\"$@\"); COMP_CWORD={len(given) - 1}; {lines}", "bash", *given],
        cwd=place.folder, capture_output=True, text=True, check=True)
    assert not done.stderr, done.stderr
    return sorted(line for line in done.stdout.split("\n") if line)


def test_the_manual_page_has_every_command_and_option(place):
    page = place.run("help", "--man").must().out
    text = page.replace("\\-", "-")
    for name, options in commands(place).items():
        assert f".SS tripten {name} " in text, f"no {name}"
        for option in options:
            if option != "--help":
                assert f"\\fB{option}\\fR" in text, f"no {option} of {name}"


def test_the_manual_page_is_what_groff_takes(place):
    need("groff")
    page = place.run("help", "--man").must().out
    done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z"], input=page,
                          capture_output=True, text=True, check=True)
    assert not done.stderr, done.stderr


def test_the_reference_has_every_command_and_option(place):
    text = place.run("help", "--markdown").must().out
    for name, options in commands(place).items():
        section = text.split(f"### tripten {name}\n")[1].split("\n### ")[0]
        if "options of queries" in section:
            section += text.split("### Options of queries\n")[1]
        for option in options:
            assert option == "--help" or f"`{option}" in section, f"no {option} of {name}"


def test_zsh_completion_has_every_command_and_option(place):
    script = place.run("help", "--zsh").must().out
    assert script.startswith("#compdef tripten\n")
    for name, options in commands(place).items():
        section = script.split(f"    {name})\n")[1].split(";;")[0]
        for option in options:
            assert option in section, f"no {option} of {name}"


def test_zsh_completion_is_a_script_of_zsh(place):
    need("zsh")
    subprocess.run(["zsh", "-n"], input=place.run("help", "--zsh").must().out, text=True, check=True)


def test_bash_completes_commands(place):
    assert complete(place, "lo") == ["load"]
    assert set(complete(place, "")) >= set(commands(place))
    assert complete(place, "help", "que") == ["query"]
    assert complete(place, "nonsense", "") == []


def test_bash_completes_all_options_of_a_command(place):
    for name, options in commands(place).items():
        assert complete(place, name, "--") == sorted(options), name
    assert complete(place, "load", "--le") == ["--lenient"]


def test_bash_proposes_formats_that_the_program_takes(place):
    place.write("a.ttl", "<urn:a> <urn:b> <urn:c> .")
    place.run("load", "a.db", "a.ttl").must()
    formats = complete(place, "query", "a.db", "--format", "")
    assert {"csv", "json", "ttl"} <= set(formats), formats
    for name in formats:
        query = ("CONSTRUCT WHERE { ?s ?p ?o }" if name in ("nt", "ttl", "nq", "trig")
                 else "SELECT * { ?s ?p ?o }")
        place.run("query", "a.db", query, "--format", name).must()
    for name in complete(place, "dump", "--format", ""):
        place.run("dump", "a.db", "--format", name).must()
    assert complete(place, "query", "a.db", "--format", "=", "js") == ["json", "jsonl"]
    assert complete(place, "query", "--explain", "=", "") == ["json", "text"]


def test_bash_proposes_databases_where_a_database_goes(place):
    assert complete(place, "query", "") == ["my.db"]
    assert complete(place, "query", "que") == ["queries"]  # one may be deeper
    assert complete(place, "query", "--timeout", "3s", "m") == ["my.db"]
    assert complete(place, "query", "--explain", "m") == ["my.db"]
    assert complete(place, "restore", "q") == ["queries"]


def test_bash_proposes_files_where_files_go(place):
    assert complete(place, "load", "my.db", "p") == ["people.ttl"]
    assert complete(place, "load", "my.db", "people.ttl", "my f") == ["my folder"]
    assert complete(place, "run", "my.db", "queries/") == ["queries/drugs.rq"]
    assert complete(place, "query", "my.db", "-f", "queries/d") == ["queries/drugs.rq"]
    assert complete(place, "query", "my.db", "") == []  # a query is no file


def test_the_documents_have_every_dot_command(place):
    helped = place.run("shell", ":memory:", stdin=b".help\n").must().out
    names = re.findall(r"^ +(\.[a-z]+)", helped, re.MULTILINE)
    assert {".help", ".mode", ".quit"} <= set(names), names
    page = place.run("help", "--man").must().out.replace("\\&", "")
    reference = place.run("help", "--markdown-shell").must().out
    for name in names:
        assert f"\\fB{name}\\fR" in page, f"the manual page has no {name}"
        assert f"\n#### {name}\n" in reference, f"the reference has no {name}"
