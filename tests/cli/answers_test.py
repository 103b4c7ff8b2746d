"""How answers look: every format's bytes, and what a terminal shows."""
import os
import pty
import struct
import fcntl
import termios
import threading

PEOPLE = """@prefix : <http://ex.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:ann :name "Ann" ; :age 42 ; rdfs:label "Ann Smith", "Änne"@de .
:bob :name "Bob | <i>"@en ; :age 7 .
"""

SELECT = "PREFIX : <http://ex.org/> SELECT ?who ?name ?none { ?who :name ?name } ORDER BY ?who"

BYTES = {
    "csv": "who,name,none\r\nhttp://ex.org/ann,Ann,\r\nhttp://ex.org/bob,Bob | <i>,\r\n",
    "tsv": '?who\t?name\t?none\n<http://ex.org/ann>\t"Ann"\t\n'
           '<http://ex.org/bob>\t"Bob | <i>"@en\t\n',
    "json": '{"head": {"vars": ["who", "name", "none"]},\n "results": {"bindings": [\n'
            '{"who": {"type": "uri", "value": "http://ex.org/ann"}, '
            '"name": {"type": "literal", "value": "Ann"}},\n'
            '{"who": {"type": "uri", "value": "http://ex.org/bob"}, '
            '"name": {"type": "literal", "value": "Bob | <i>", "xml:lang": "en"}}\n]}}\n',
    "jsonl": '{"who": "http://ex.org/ann", "name": "Ann"}\n'
             '{"who": "http://ex.org/bob", "name": "Bob | <i>"}\n',
    "xml": '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
           '  <head>\n    <variable name="who"/>\n    <variable name="name"/>\n'
           '    <variable name="none"/>\n  </head>\n  <results>\n'
           '    <result>\n      <binding name="who"><uri>http://ex.org/ann</uri></binding>\n'
           '      <binding name="name"><literal>Ann</literal></binding>\n    </result>\n'
           '    <result>\n      <binding name="who"><uri>http://ex.org/bob</uri></binding>\n'
           '      <binding name="name"><literal xml:lang="en">Bob | &lt;i&gt;</literal></binding>\n'
           '    </result>\n  </results>\n</sparql>\n',
    "markdown": "| who | name | none |\n| --- | --- | --- |\n"
                "| <http://ex.org/ann> | Ann |  |\n"
                "| <http://ex.org/bob> | Bob \\| \\<i\\> |  |\n",
    "table": "who   name          none\n----  ------------  ----\n"
             ":ann  Ann           ∅\n:bob  Bob | <i>@en  ∅\n2 rows\n",
    "box": "┌──────┬──────────────┬──────┐\n│ who  │ name         │ none │\n"
           "├──────┼──────────────┼──────┤\n│ :ann │ Ann          │ ∅    │\n"
           "│ :bob │ Bob | <i>@en │ ∅    │\n└──────┴──────────────┴──────┘\n2 rows\n",
    "line": "who  = :ann\nname = Ann\nnone = ∅\n\nwho  = :bob\nname = Bob | <i>@en\nnone = ∅\n",
    "html": "<table>\n<thead>\n<tr><th>who</th><th>name</th><th>none</th></tr>\n</thead>\n<tbody>\n"
            '<tr><td><a href="http://ex.org/ann">:ann</a></td><td>Ann</td><td></td></tr>\n'
            '<tr><td><a href="http://ex.org/bob">:bob</a></td>'
            '<td lang="en">Bob | &lt;i&gt;</td><td></td></tr>\n</tbody>\n</table>\n',
}

GRAPH = {
    "nt": '<http://ex.org/ann> <http://ex.org/is> "Ann" .\n'
          '<http://ex.org/bob> <http://ex.org/is> "Bob | <i>"@en .\n',
    "nq": '<http://ex.org/ann> <http://ex.org/is> "Ann" .\n'
          '<http://ex.org/bob> <http://ex.org/is> "Bob | <i>"@en .\n',
    "ttl": '@prefix : <http://ex.org/> .\n\n:ann :is "Ann" .\n:bob :is "Bob | <i>"@en .\n',
    "trig": '@prefix : <http://ex.org/> .\n\n:ann :is "Ann" .\n:bob :is "Bob | <i>"@en .\n',
}


def loaded(place):
    place.write("people.ttl", PEOPLE)
    place.run("load", "people.db", "people.ttl").must()
    return "people.db"


def on_terminal(place, *words, columns=60, environment=None):
    """What the program writes to a terminal of so many columns."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    shown = []

    def read():
        try:
            while piece := os.read(master, 65536):
                shown.append(piece)
        except OSError:  # the terminal is closed
            pass

    reader = threading.Thread(target=read)
    reader.start()
    process = place.start(*map(str, words), stdout=slave, stderr=slave, stdin=slave,
                          env={**os.environ, "TERM": "xterm", **(environment or {})})
    os.close(slave)
    try:
        code = process.wait(timeout=120)
    finally:
        process.kill()
    reader.join(timeout=120)
    os.close(master)
    return code, b"".join(shown).decode().replace("\r\n", "\n")


def test_every_format_of_solutions_has_its_bytes(place):
    db = loaded(place)
    for name, expected in BYTES.items():
        out = place.run("query", db, SELECT, "--format", name).must().out
        assert out == expected, f"{name}:\n{out}"


def test_every_format_of_graphs_has_its_bytes(place):
    db = loaded(place)
    construct = "PREFIX : <http://ex.org/> CONSTRUCT { ?s :is ?n } { ?s :name ?n }"
    for name, expected in GRAPH.items():
        out = place.run("query", db, construct, "--format", name).must().out
        assert out == expected, f"{name}:\n{out}"


def test_an_unknown_format_lists_those_there_are(place):
    db = loaded(place)
    place.run("query", db, SELECT, "--format", "yaml").must_fail(2, "yaml", "box", "jsonl", "trig")


def test_labels_follow_the_language_of_the_environment(place):
    db = loaded(place)
    for language, label in (("de_DE.UTF-8", "Änne"), ("C.UTF-8", "Ann Smith")):
        out = place.run("query", db, SELECT, "--format", "table", "--labels",
                        environment={"LC_ALL": language}).must().out
        assert f":ann {label}  " in out and "\n:bob  " in out, out


def test_a_terminal_gets_a_table_of_forty_rows_and_their_number(place):
    db = loaded(place)
    many = "SELECT ?a ?long { VALUES ?x { 1 2 3 4 5 6 7 8 } VALUES ?y { 1 2 3 4 5 6 7 8 } " \
           "BIND(?x * ?y AS ?a) BIND('%s' AS ?long) }" % ("long " * 30)
    code, shown = on_terminal(place, "query", db, many)
    lines = shown.splitlines()
    assert code == 0 and len(lines) == 43, shown
    assert all(len(line) <= 60 for line in lines), shown
    assert lines[2].endswith("long …"), shown
    assert lines[-1].startswith("64 rows (40 shown), ") and lines[-1].endswith("s"), shown
    code, shown = on_terminal(place, "query", db, many, "--rows", "3")
    assert len(shown.splitlines()) == 6 and "64 rows (3 shown), " in shown, shown
    code, shown = on_terminal(place, "query", db, many, "--rows", "all")
    assert len(shown.splitlines()) == 67 and "64 rows, " in shown, shown
    place.run("query", db, many, "--rows", "few").must_fail(2, "few")


def test_a_terminal_gets_graphs_as_turtle_and_answers_of_ask_alone(place):
    db = loaded(place)
    _, shown = on_terminal(place, "query", db, "DESCRIBE <http://ex.org/bob>")
    assert shown.startswith("<http://ex.org/bob> <http://ex.org/age> 7 ;\n"), shown
    _, shown = on_terminal(place, "query", db, "ASK {}")
    assert shown == "true\n", shown
    _, shown = on_terminal(place, "query", db, SELECT, "--format", "tsv")
    assert shown == BYTES["tsv"], shown


def test_a_terminal_never_gets_control_characters_of_the_data(place):
    place.write("bad.nt", '<http://ex.org/a> <http://ex.org/p> "\\u001B[2J\\u0007\\u009B31m é" .\n')
    place.run("load", "bad.db", "bad.nt").must()
    for name in BYTES:
        _, shown = on_terminal(place, "query", "bad.db", "SELECT * { ?s ?p ?o }", "--format", name)
        harmful = [c for c in shown if ord(c) < 32 and c not in "\n\t\r" or 127 <= ord(c) < 160]
        assert not harmful, repr(shown)
        assert "[2J" in shown and "é" in shown, repr(shown)


def test_a_pager_gets_the_whole_answer_and_may_leave_early(place):
    db = loaded(place)
    many = "SELECT ?z { VALUES ?x { 1 2 3 4 5 6 7 8 } VALUES ?z { 1 2 3 4 5 6 7 8 } }"
    code, shown = on_terminal(place, "query", db, many, "--pager",
                              environment={"PAGER": "sed 's/^/P /'"})
    lines = shown.splitlines()
    assert code == 0 and len(lines) == 67 and all(line.startswith("P ") for line in lines), shown
    assert lines[-1].startswith("P 64 rows, "), shown
    code, shown = on_terminal(place, "query", db, many, "--pager", environment={"PAGER": "head -n 1"})
    assert code == 0 and shown == "z\n", shown
    code, shown = on_terminal(place, "query", db, many, "--pager",
                              environment={"PAGER": "no-such-pager"})
    assert code == 0 and "64 rows (40 shown)" in shown, shown


def test_a_script_shows_its_last_answer_in_other_modes_and_files(place):
    db = loaded(place)
    place.write("s.rq", f"""{SELECT};
.last box
.once names.csv
.last
.output all.txt
.last line
.output
.mode markdown
.last
CONSTRUCT {{ ?s <http://ex.org/is> ?n }} WHERE {{ ?s <http://ex.org/name> ?n }};
.last csv
.dot people.dot
""")
    out = place.run("run", db, "s.rq").must().out
    assert out == BYTES["tsv"] + BYTES["box"] + BYTES["markdown"] + GRAPH["nt"] + (
        "subject,predicate,object\r\nhttp://ex.org/ann,http://ex.org/is,Ann\r\n"
        "http://ex.org/bob,http://ex.org/is,Bob | <i>\r\n"), out
    assert (place.folder / "names.csv").read_bytes().decode() == BYTES["csv"]
    assert (place.folder / "all.txt").read_text() == BYTES["line"]
    drawn = (place.folder / "people.dot").read_text()
    assert '[label="Ann Smith\\n<http://ex.org/ann>\\n<http://ex.org/is>: Ann", ' in drawn, drawn


def test_what_cannot_be_shown_again_is_said(place):
    db = loaded(place)
    for script, words in ((".last", ("no last answer",)),
                          (f"{SELECT};\n.last ttl", ("table of solutions", "ttl")),
                          (f"{SELECT};\n.last yaml", ("yaml", "markdown")),
                          (f"{SELECT};\n.dot x.dot", ("CONSTRUCT",)),
                          (".output missing/x.txt", ("missing/x.txt",))):
        place.write("s.rq", script + "\n")
        place.run("run", db, "s.rq").must_fail(1, *words)
    place.write("s.rq", f"CONSTRUCT WHERE {{ ?s ?p ?o }};\n.svg x.svg\n")
    place.run("run", db, "s.rq", environment={"PATH": "/nowhere"}).must_fail(1, "Graphviz", "dot")
