"""The shell as a process with pipes, and its dot commands."""
import os
import signal

PEOPLE = """INSERT DATA { <http://ex.org/ann> a <http://ex.org/Person> ; rdfs:label "Ann" ;
  <http://ex.org/age> 30 . <http://ex.org/bob> a <http://ex.org/Person> ; rdfs:label "Bob" } ;
"""


def shell(place, text, *words, database=":memory:"):
    return place.run("shell", database, *words, stdin=text.encode())


def test_the_shell_answers_statements_of_a_pipe_without_a_prompt(place):
    done = shell(place, PEOPLE + "SELECT ?s {\n ?s <http://ex.org/age> 30 } ;\nASK {}\n").must()
    assert done.out == "?s\n<http://ex.org/ann>\ntrue\n", done.out
    assert "inserted 5, deleted 0" in done.err, done.err


def test_the_shell_goes_on_after_errors_and_ends_with_the_code_of_the_last(place):
    done = shell(place, "ASK {} ;\nSELECT ?x { ;\n} ;\nASK {} ;\n")
    assert done.out == "true\ntrue\n", done.out
    done.must_fail(1, "standard input, line 2", "column")


def test_the_shell_creates_a_database_and_says_so(place):
    done = shell(place, PEOPLE, database="new.db").must()
    assert "created the database new.db" in done.err, done.err
    assert place.count("new.db") == 5


def test_the_shell_offers_read_only_where_another_process_writes(place):
    place.run("update", "w.db", "INSERT DATA { <urn:a> <urn:p> 1 }").must()
    writer = place.start("shell", "w.db", stdin=-1, stdout=-1, stderr=-1)
    writer.stdin.write(b"ASK {} ;\n")
    writer.stdin.flush()
    assert writer.stdout.readline() == b"true\n"
    shell(place, "ASK {}", database="w.db").must_fail(3, "--read-only")
    done = shell(place, "ASK { ?s ?p 1 }", "--read-only", database="w.db").must()
    assert done.out == "true\n", done.out
    writer.communicate()
    assert writer.returncode == 0


def test_a_misspelt_dot_command_gets_the_nearest(place):
    shell(place, ".prefixs\n").must_fail(1, ".prefixs is no dot command; did you mean .prefixes?")
    shell(place, ".xyzzy\n").must_fail(1, ".help lists them")


def test_help_lists_every_dot_command_and_shows_examples(place):
    listed = shell(place, ".help\n").must().out
    for name in ("help open load prefixes classes predicates describe count explain profile timer "
                 "timeout params read history search why labels once output last dot svg pager mode strict begin commit rollback dump backup info "
                 "quit print").split():
        assert f"  .{name}" in listed, name
        one = shell(place, f".help {name}\n").must().out
        assert "examples:" in one and f".{name}" in one, one
    shell(place, ".help nonsense\n").must_fail(1, "nonsense")


def test_a_transaction_is_kept_or_undone(place):
    done = shell(place, ".begin\nINSERT DATA { <urn:a> <urn:p> 1 } ;\nASK { ?s ?p 1 } ;\n"
                 ".rollback\nASK { ?s ?p 1 } ;\n.begin\nINSERT DATA { <urn:a> <urn:p> 2 } ;\n"
                 ".commit\nASK { ?s ?p 2 } ;\n").must()
    assert done.out == "true\nfalse\ntrue\n", done.out


def test_a_transaction_that_is_open_at_the_end_is_undone_and_said_so(place):
    done = shell(place, ".begin\nINSERT DATA { <urn:a> <urn:p> 1 } ;\n", database="t.db").must()
    assert "rolled back" in done.err, done.err
    assert place.count("t.db") == 0


def test_a_transaction_ends_with_an_update_that_fails_in_its_middle(place):
    done = shell(place, ".begin\nINSERT DATA { <urn:a> <urn:p> 1 } ;\n"
                 "INSERT DATA { <urn:b> <urn:p> 1 } ; LOAD <file:///no/such.ttl>\n;\n"
                 "ASK { ?s ?p 1 } ;\n.commit\n")
    assert done.out == "false\n", done.out
    assert "the transaction is rolled back" in done.err, done.err
    assert "no transaction is open" in done.err, done.err


def test_what_cannot_be_in_a_transaction_is_refused(place):
    place.write("a.nt", "<urn:a> <urn:p> <urn:b> .\n")
    for command in (".load a.nt", ".begin", ".open other.db"):
        shell(place, f".begin\n{command}\n").must_fail(1, "a transaction is open")


def test_a_transaction_is_seen_by_every_command_inside_it(place):
    done = shell(place, ".begin\n" + PEOPLE + ".classes\n.predicates age\n.count\n"
                 ".count <http://ex.org/Person>\n.describe Ann\n.search bob\n"
                 ".why SELECT ?s { ?s <http://ex.org/age> 31 }\n.dump\n.info\n.rollback\n.count\n"
                 ".classes\n").must()
    for text in ("2  <http://ex.org/Person>", "1  <http://ex.org/age>", "\n5\n2\n", "<http://ex.org/bob>",
                 "out", "31", '<http://ex.org/ann> <http://ex.org/age> "30"', "quads           5"):
        assert text in done.out, (text, done.out)
    assert done.out.endswith("\n0\nthe database has no classes\n"), done.out


def test_a_dump_that_fails_leaves_the_file_as_it_was(place):
    place.write("kept.nq", "kept\n")
    shell(place, PEOPLE + ".dump no/such/folder.nq\n").must_fail(1, "folder.nq")
    shell(place, PEOPLE + ".dump /dev/full nq\n").must_fail(1, "/dev/full")
    shell(place, PEOPLE + ".dump kept.nq\n").must()
    assert (place.folder / "kept.nq").read_text().count("\n") == 5
    assert [path.name for path in place.folder.glob("kept*")] == ["kept.nq"]


def test_the_places_of_a_long_script_are_its_own(place):
    place.write("long.rq", "# param: g|string|x\nASK {} ;\n" * 3000 + "ASK {\n  ?s {{g}} } ;\n")
    done = place.run("run", ":memory:", "long.rq").must_fail(1, "long.rq, line 6002, column")
    assert "{{g}} }" in done.err, done.err
    text = "ASK {} ;\n" * 20000 + "ASK { ?x } ;\n"
    shell(place, text).must_fail(1, "standard input, line 20001, column 10")


def test_a_count_of_nothing_names_what_the_data_does_not_have(place):
    done = shell(place, PEOPLE + ".count <http://ex.org/Persn>\n").must()
    assert done.out == "0\n" and "http://ex.org/Person" in done.err, (done.out, done.err)


def test_an_error_in_what_is_counted_shows_its_place(place):
    for text, column in ((".count a b c\n", 8), (".count { a b }\n", 10), (".count nonsense\n", 8)):
        done = shell(place, text).must_fail(1, f"line 1, column {column}:")
        line, caret = done.err.splitlines()[1:3]
        assert caret.index("^") == column + 1 and line == "  " + text.rstrip(), done.err


def test_an_error_in_a_file_that_is_loaded_has_no_caret_in_the_command(place):
    place.write("bad.ttl", "<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b c> 1 .\n")
    done = shell(place, ".load bad.ttl\n").must_fail(1, "bad.ttl, line 2, column")
    assert len(done.err.splitlines()) == 1, done.err


def test_help_finds_commands_by_a_word(place):
    for word in ("save", "export", "import", "graph", "undo"):
        shell(place, f".help {word}\n").must()
    found = shell(place, ".help FILE\n").must().out
    assert ".once" in found and ".load" in found and ".classes" not in found, found


def test_settings_say_how_they_stand(place):
    done = shell(place, ".timeout\n.timeout 2s\n.timeout\n.timeout off\n.timeout\n.strict\n"
                 ".strict on\n.strict\n.mode csv\n.mode\n.timer\n").must()
    assert done.out == ("off\n2.0 s\noff\noff\non\n"
                        "solutions: csv, at most 40 rows; graphs: auto (nt)\noff\n"), done.out
    shell(place, ".timer perhaps\n").must_fail(1, "usage: .timer")
    shell(place, ".timeout soon\n").must_fail(1, "'soon' is no duration")


def test_a_timeout_ends_a_statement_and_no_more(place):
    numbers = "VALUES ?%s { " + " ".join(map(str, range(200))) + " } "
    long = "SELECT (COUNT(*) AS ?n) { " + "".join(numbers % v for v in "abcd") \
        + "FILTER(?a + ?b + ?c + ?d < 0) } ;\n"
    done = shell(place, ".timeout 100ms\n" + long + "ASK {} ;\n").must_fail(4, "time limit")
    assert done.out == "true\n", done.out


def test_parameters_are_set_listed_and_cleared(place):
    done = shell(place, PEOPLE + ".params name=Ann\n.params\nASK { ?s rdfs:label {{name}} } ;\n"
                 ".params name Carl\nASK { ?s rdfs:label ?name } ;\n.params clear name\n.params\n")
    assert done.must().out == "name=Ann\ntrue\nfalse\n", done.out
    shell(place, ".params alone\n").must_fail(1, "usage: .params")


def test_a_prefix_that_was_added_is_known(place):
    done = shell(place, PEOPLE + ".prefixes add ex: <http://ex.org/>\n.prefixes\n"
                 "ASK { ex:ann ex:age 30 } ;\n").must()
    assert "ex:" in done.out and "<http://ex.org/>" in done.out, done.out
    assert done.out.endswith("true\n"), done.out
    shell(place, ".prefixes add ex <http://ex.org/>\n").must_fail(1, "usage: .prefixes")


def test_classes_predicates_and_counts(place):
    done = shell(place, PEOPLE + ".classes\n.predicates lab\n.count\n.count <http://ex.org/Person>\n"
                 ".count ?s rdfs:label ?l\n.count {\n ?s rdfs:label \"Ann\"\n}\n").must()
    lines = done.out.splitlines()
    assert lines[0].split() == ["2", "<http://ex.org/Person>"], lines
    assert lines[1].split() == ["count", "subjects", "objects"], lines
    assert lines[2].split() == ["2", "2", "2", "rdfs:label"], lines
    assert lines[3:] == ["5", "2", "2", "1"], lines


def test_plans_of_statements_and_of_the_last_one(place):
    done = shell(place, "SELECT ?s { ?s ?p ?o } ;\n.explain\n.profile\n"
                 ".explain INSERT { ?s <urn:p> 1 } WHERE {\n  ?s ?p ?o\n}\n").must()
    assert done.out.count("NoSolutions") == 3, done.out
    shell(place, ".explain\n").must_fail(1, "no statement has run yet")
    shell(place, ".explain SELECT ?x { ?x }\n").must_fail(1, "line 1, column 25")


def test_dumps_and_backups(place):
    done = shell(place, PEOPLE + ".dump\n.dump copy.ttl\n.backup kept\n.info\n", database="d.db").must()
    assert done.out.count("\n") > 5 and "<http://ex.org/ann>" in done.out, done.out
    assert "quads           5" in done.out, done.out
    place.run("load", "copy.db", "copy.ttl").must()
    assert place.count("copy.db") == 5


def test_another_database_is_opened(place):
    place.run("update", "one.db", "INSERT DATA { <urn:a> <urn:p> 1 }").must()
    done = shell(place, ".open one.db --read-only\nASK { ?s ?p 1 } ;\n.open\n"
                 ".open no/such/folder/\n.open\n.open :memory:\nASK { ?s ?p 1 } ;\n")
    assert done.out.splitlines()[:2] == ["true", "one.db (read-only)"], done.out
    assert done.out.endswith("false\n"), done.out


def test_a_script_is_read_from_its_own_folder(place):
    place.write("scripts/first.rq", ".read second.rq\n.print first\n")
    place.write("scripts/second.rq", ".print second\n")
    assert shell(place, ".read scripts/first.rq\n").must().out == "second\nfirst\n"
    assert place.run("run", ":memory:", "scripts/first.rq").must().out == "second\nfirst\n"


def test_a_script_that_is_read_stops_the_one_that_reads_it(place):
    place.write("inner.rq", ".print inner\nASK { ?x } ;\n.print never\n")
    place.write("outer.rq", ".read inner.rq\n.print outer\n")
    done = place.run("run", ":memory:", "outer.rq").must_fail(1, "inner.rq", "line 2")
    assert done.out == "inner\n", done.out
    done = place.run("run", ":memory:", "outer.rq", "--continue").must(1)
    assert done.out == "inner\nnever\nouter\n", done.out


def test_a_script_that_reads_itself_ends(place):
    place.write("loop.rq", ".read loop.rq\n")
    place.run("run", ":memory:", "loop.rq").must_fail(4, "nested too deeply")


def test_parameters_of_a_script_hold_for_all_its_statements(place):
    script = ("# param: name|string|Ann\n# param: age 30\n" + PEOPLE
              + "ASK { ?s rdfs:label {{name}} } ;\nASK { ?s ?p {{age}} ; rdfs:label {{name}} } ;\n")
    place.write("s.rq", script)
    assert place.run("run", ":memory:", "s.rq").must().out == "true\ntrue\n"
    done = place.run("run", ":memory:", "s.rq", "--param", "name=Carl").must()
    assert done.out == "false\nfalse\n", done.out


def test_quit_ends_a_script_and_the_shell(place):
    place.write("q.rq", ".print one\n.quit\n.print two\n")
    assert place.run("run", ":memory:", "q.rq", "q.rq").must().out == "one\n"
    assert shell(place, ".print one\n.quit\n.print two\n").must().out == "one\n"


def test_the_first_interrupt_of_a_script_ends_it(place):
    numbers = "VALUES ?%s { " + " ".join(map(str, range(400))) + " } "
    place.write("long.rq", ".print begun\nSELECT (COUNT(*) AS ?n) { "
                + "".join(numbers % v for v in "abcdef") + "FILTER(?a + ?b + ?c + ?d < 0) } ;\n"
                ".print never\n")
    runs = place.start("run", ":memory:", "long.rq", "--continue", stdout=-1, stderr=-1)
    assert runs.stdout.readline() == b"begun\n"
    os.kill(runs.pid, signal.SIGINT)
    out, err = runs.communicate(timeout=60)
    assert (runs.returncode, out) == (130, b""), (runs.returncode, out, err)


def test_things_are_described_and_searched_by_what_they_are_called(place):
    done = shell(place, PEOPLE + ".describe Ann\n.describe <http://ex.org/bob>\n.search an\n").must()
    assert "<http://ex.org/age>" in done.out and '"Bob"' in done.out, done.out
    assert '"Ann"' in done.out, done.out
    shell(place, PEOPLE + ".describe Nobody\n").must_fail(1, "nothing is called Nobody")


def test_an_empty_answer_is_explained(place):
    done = shell(place, PEOPLE + "SELECT ?s { ?s <http://ex.org/agee> ?a } ;\n.why\n").must()
    assert "<http://ex.org/age>" in done.out, done.out


def test_prefixes_of_one_session_are_not_those_of_the_next_query(place):
    done = shell(place, ".prefixes add x: <http://one/>\nINSERT DATA { x:a x:p 1 } ;\n"
                 "ASK { x:a x:p 1 } ;\n.prefixes add x: <http://two/>\nASK { x:a x:p 1 } ;\n").must()
    assert done.out == "true\nfalse\n", done.out


def test_answers_go_to_files_and_are_shown_again(place):
    done = shell(place, PEOPLE + ".once one.csv\nSELECT ?l { ?s rdfs:label ?l } ORDER BY ?l ;\n"
                 ".last csv\n.output all.tsv\nASK {} ;\n.output\nASK {} ;\n").must()
    assert done.out == "l\r\nAnn\r\nBob\r\ntrue\n", done.out
    assert (place.folder / "one.csv").read_bytes() == b"l\r\nAnn\r\nBob\r\n"
    assert (place.folder / "all.tsv").read_text() == "true\n"
