"""The commands with good input: what they print, and where."""
import bz2
import gzip
import json
import shutil
import subprocess

PEOPLE = """@prefix : <http://ex.org/> .
:ann :name "Ann" ; :knows :bob ; :age 42 .
:bob :name "Bob"@en ; :age 7 .
"""


def loaded(place, text=PEOPLE, database="people.db"):
    place.write("people.ttl", text)
    place.run("load", database, "people.ttl").must()
    return database


def test_load_reports_on_standard_error_and_creates_the_database(place):
    place.write("people.ttl", PEOPLE)
    done = place.run("load", "people.db", "people.ttl").must()
    assert done.out == ""
    assert "created the database people.db" in done.err
    assert "loaded 5 statements from 1 file" in done.err and "5 new" in done.err, done.err
    again = place.run("load", "people.db", "people.ttl").must()
    assert "0 new" in again.err and "created" not in again.err, again.err


def test_query_formats(place):
    db = loaded(place)
    select = "SELECT ?who ?age { ?who <http://ex.org/age> ?age } ORDER BY ?age"
    tsv = place.run("query", db, select).must()
    assert tsv.out == "?who\t?age\n<http://ex.org/bob>\t7\n<http://ex.org/ann>\t42\n", tsv.out
    csv = place.run("query", db, select, "--format", "csv").must()
    assert csv.out == "who,age\r\nhttp://ex.org/bob,7\r\nhttp://ex.org/ann,42\r\n", csv.out
    answer = json.loads(place.run("query", db, select, "--format", "json").must().out)
    assert answer["head"]["vars"] == ["who", "age"]
    assert answer["results"]["bindings"][0]["age"] == {
        "type": "literal", "value": "7", "datatype": "http://www.w3.org/2001/XMLSchema#integer"}
    xml = place.run("query", db, select, "--format", "xml").must().out
    assert "<uri>http://ex.org/ann</uri>" in xml
    table = place.run("query", db, select, "--format", "table").must().out
    assert "2 rows" in table and "http://ex.org/ann" in table, table
    lines = place.run("query", db, select, "--format", "jsonl").must().out.splitlines()
    assert [json.loads(line)["age"] for line in lines] == [7, 42], lines
    assert place.run("query", db, select, "--format", "markdown").must().out.startswith("|")


def test_ask_is_one_line(place):
    db = loaded(place)
    for output in ("tsv", "csv", "table"):
        done = place.run("query", db, "ASK { ?s ?p 7 }", "--format", output).must()
        assert done.out.strip() == "true" and done.out.count("\n") == 1, done.out
    assert place.run("query", db, "ASK { ?s ?p 8 }").must().out.strip() == "false"


def test_construct_gives_n_triples_and_turtle(place):
    db = loaded(place)
    construct = "CONSTRUCT { ?a <http://ex.org/of> ?s } { ?s <http://ex.org/age> ?a . " \
                "?s <http://ex.org/knows> ?t BIND(?t AS ?a2) }"
    construct = "CONSTRUCT { ?t <http://ex.org/knownBy> ?s } { ?s <http://ex.org/knows> ?t }"
    expected = "<http://ex.org/bob> <http://ex.org/knownBy> <http://ex.org/ann> .\n"
    assert place.run("query", db, construct).must().out == expected
    turtle = place.run("query", db, "PREFIX ex: <http://ex.org/> " + construct, "--format",
                       "ttl").must().out
    assert "ex:bob ex:knownBy ex:ann ." in turtle, turtle
    known = place.run("query", db, "CONSTRUCT { ?t <http://www.w3.org/2000/01/rdf-schema#label> 'x' } "
                      "{ ?s <http://ex.org/knows> ?t }", "--format", "ttl").must().out
    assert known == ("@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\n"
                     '<http://ex.org/bob> rdfs:label "x" .\n'), known
    nothing = place.run("query", db, "CONSTRUCT { ?s ?p ?o } { ?s <urn:none> ?o ; ?p ?o }", "--format",
                        "ttl").must().out
    assert nothing == "", nothing
    place.run("query", db, construct, "--format", "csv").must_fail(1, "graph", "csv")


def test_query_from_file_and_standard_input(place):
    db = loaded(place)
    place.write("q.rq", "ASK { ?s <http://ex.org/age> 42 }")
    assert place.run("query", db, "-f", "q.rq").must().out == "true\n"
    assert place.run("query", db, "-f", "-", stdin=b"ASK {}").must().out == "true\n"


def test_parameters_bind_variables_and_fill_placeholders(place):
    db = loaded(place)
    select = "SELECT ?who { ?who <http://ex.org/age> ?age }"
    for value in ("42", '"42"^^<http://www.w3.org/2001/XMLSchema#integer>'):
        out = place.run("query", db, select, "--param", f"age={value}").must().out
        assert out == "?who\n<http://ex.org/ann>\n", out
    assert place.run("query", db, select, "--param", "age=forty").must().out == "?who\n"
    filled = "SELECT ?s { ?s <http://ex.org/{{property}}> {{value}} }"
    out = place.run("query", db, filled, "--param", "property=age", "--param", "value=7").must().out
    assert out == "?s\n<http://ex.org/bob>\n", out


def test_a_parameter_cannot_change_what_a_query_is(place):
    db = loaded(place)
    query = 'SELECT ?s { ?s <http://ex.org/name> "{{name}}" }'
    out = place.run("query", db, query, "--param", 'name=x" } UNION { ?s ?p ?o } #').must().out
    assert out == "?s\n", out
    place.run("query", db, "SELECT ?s { ?s <http://ex.org/{{p}}> ?o }", "--param",
              "p=age> ?x . ?s <http://ex.org/name").must_fail(1)
    out = place.run("query", db, "SELECT ?s { ?s <http://ex.org/age> {{v}} }", "--param",
                    "v=7 } UNION { ?s ?p ?o").must().out
    assert out == "?s\n", out
    place.run("query", db, "SELECT ?s { ?s <http://ex.org/age> {{v}} }").must_fail(1, "v")


def test_known_prefixes_unless_strict(place):
    place.write("g.nt", '<https://identifiers.org/ncbigene/5728> '
                '<http://www.w3.org/2000/01/rdf-schema#label> "PTEN" .\n')
    place.run("load", "g.db", "g.nt").must()
    query = "SELECT ?l { ncbigene:5728 rdfs:label ?l }"
    assert place.run("query", "g.db", query).must().out == '?l\n"PTEN"\n'
    place.run("query", "g.db", query, "--strict").must_fail(1, "ncbigene")


def test_update_says_what_it_did(place):
    done = place.run("update", "u.db", "INSERT DATA { <urn:a> <urn:p> 1, 2 . }").must()
    assert "inserted 2, deleted 0" in done.err and done.out == "", done.err
    done = place.run("update", "u.db", "DELETE { ?s ?p ?o } INSERT { ?s ?p 3 } "
                     "WHERE { ?s ?p ?o FILTER(?o = 1) }").must()
    assert "inserted 1, deleted 1" in done.err, done.err
    assert place.count("u.db") == 2
    assert place.ask("u.db", "<urn:a> <urn:p> 3") and not place.ask("u.db", "<urn:a> <urn:p> 1")


def test_update_is_atomic(place):
    place.run("update", "u.db", "INSERT DATA { <urn:a> <urn:p> 1 }").must()
    place.run("update", "u.db", "INSERT DATA { <urn:b> <urn:p> 2 } ; "
              "LOAD <file:///no/such/file.ttl>").must_fail(1)
    assert place.count("u.db") == 1


def test_run_scripts(place):
    script = """# a script; with a comment
PREFIX : <http://ex.org/>
INSERT DATA { :a :p "x;" ; :q "}" } ;

.mode csv
SELECT ?o {
  ?s ?p ?o ;   # not the end
     ?p2 ?o .
} ORDER BY ?o ;  # the end
.print done
ASK { ?s ?p "x;" }
"""
    place.write("s.rq", script)
    done = place.run("run", "r.db", "s.rq").must()
    assert done.out == 'o\r\nx;\r\n}\r\ndone\ntrue\n', done.out
    assert "inserted 2, deleted 0" in done.err, done.err
    assert place.run("run", "r.db", "s.rq").must().out == done.out


def test_run_stops_at_the_first_error_with_file_and_line(place):
    place.write("bad.rq", "ASK {} ;\nASK {} ;\n\nSELECT ?x {\n  ?x ?y } } ;\nASK {} ;\n")
    done = place.run("run", "r.db", "bad.rq").must_fail(1, "bad.rq", "line 5")
    assert done.out == "true\ntrue\n", done.out
    done = place.run("run", "r.db", "bad.rq", "--continue").must(1)
    assert done.out == "true\ntrue\ntrue\n", done.out


def test_dump_loads_to_the_same_database(place):
    db = loaded(place, PEOPLE + ':ann :note "a\\"b\\\\c\\nd\\u0001" ; :address [ :city "Köln"@de ] .\n')
    dump = place.run("dump", db).must().out
    assert dump.count("\n") == 8, dump
    assert place.run("dump", db).must().out == dump
    place.write("dump.nq", dump)
    place.run("load", "copy.db", "dump.nq").must()
    assert place.count("copy.db") == 8
    assert place.ask("copy.db", '?s <http://ex.org/note> "a\\"b\\\\c\\nd\\u0001" ; '
                     '<http://ex.org/address> [ <http://ex.org/city> "Köln"@de ]')
    assert "PREFIX" in (turtle := place.run("dump", db, "--format", "ttl").must().out).upper() or turtle
    place.write("again.ttl", turtle)
    place.run("load", "again.db", "again.ttl").must()
    assert place.count("again.db") == 8


def test_named_graphs_through_load_query_and_dump(place):
    place.write("a.nt", "<urn:s> <urn:p> <urn:o> .\n")
    place.run("load", "g.db", "a.nt", "--graph", "urn:g").must()
    place.run("load", "g.db", "a.nt").must()
    assert place.run("dump", "g.db").must().out == (
        "<urn:s> <urn:p> <urn:o> .\n<urn:s> <urn:p> <urn:o> <urn:g> .\n")
    assert place.run("query", "g.db", "SELECT ?g { GRAPH ?g { ?s ?p ?o } }").must().out == (
        "?g\n<urn:g>\n")
    assert place.run("dump", "g.db", "--format", "nt", "--graph", "urn:g").must().out == (
        "<urn:s> <urn:p> <urn:o> .\n")
    place.run("dump", "g.db", "--format", "nt", "--graph", "urn:none").must_fail(1, "urn:none")


def test_info_counts(place):
    db = loaded(place, PEOPLE + ":ann a :Person . :Person <http://www.w3.org/2000/01/rdf-schema"
                "#label> 'a person' .\n")
    out = place.run("info", db).must().out
    lines = {line.split()[0]: line.split()[-1] for line in out.splitlines()}
    assert lines["quads"] == "7", out
    assert "<http://ex.org/Person>  a person" in out, out
    ages = next(line for line in out.splitlines() if "<http://ex.org/age>" in line)
    assert ages.split()[:3] == ["2", "2", "2"], out  # quads, subjects, objects


def test_check_finds_a_sound_database_sound(place):
    assert place.run("check", loaded(place)).must().out == "ok\n"


def test_compressed_files_and_standard_input(place):
    line = "<urn:%s> <urn:p> <urn:o> .\n"
    place.write("a.nt.gz", gzip.compress((line % "a").encode()))
    place.write("b.nt.bz2", bz2.compress((line % "b").encode()))
    place.write("c.nt", line % "c")
    if shutil.which("zstd"):
        subprocess.run(["zstd", "-q", "--rm", "c.nt"], cwd=place.folder, check=True)
        place.run("load", "z.db", "c.nt.zst").must()
    else:
        place.run("load", "z.db", "c.nt").must()
    place.run("load", "z.db", "a.nt.gz", "b.nt.bz2").must()
    place.run("load", "z.db", "-", "--format", "nt", stdin=(line % "d").encode()).must()
    assert place.count("z.db") == 4


def test_blank_nodes_of_two_files_stay_apart(place):
    place.write("a.nt", "_:x <urn:p> _:y .\n")
    place.write("b.nt", "_:x <urn:p> _:y .\n")
    place.run("load", "b.db", "a.nt", "b.nt").must()
    assert place.count("b.db") == 2


def test_relative_iris_resolve_against_base_or_file(place):
    place.write("a.ttl", "<x> <p> <../y> .")
    place.run("load", "b.db", "a.ttl", "--base", "http://ex.org/d/e").must()
    assert place.ask("b.db", "<http://ex.org/d/x> <http://ex.org/d/p> <http://ex.org/y>")
    place.run("load", "f.db", "a.ttl").must()
    file = place.folder / "x"
    assert place.ask("f.db", f"<file://{file}> ?p ?o"), place.run("dump", "f.db").out


def test_memory_is_a_database(place):
    place.write("s.rq", "INSERT DATA { <urn:a> <urn:b> <urn:c> } ;\nASK { <urn:a> ?p ?o } ;\n")
    assert place.run("run", ":memory:", "s.rq").must().out == "true\n"
    assert sorted(p.name for p in place.folder.iterdir()) == ["s.rq"]


def test_explain_shows_a_plan_and_runs_nothing(place):
    db = loaded(place)
    out = place.run("query", db, "--explain", "SELECT * { ?s <http://ex.org/age> ?a }").must().out
    assert "IndexScan" in out and "http://ex.org/age" in out, out


def test_profile_shows_what_each_operator_took_once(place):
    db = loaded(place)
    done = place.run("query", db, "--profile",
                     "SELECT ?s { ?s <http://ex.org/age> ?a } ORDER BY ?a LIMIT 1").must()
    *operators, times = done.err.splitlines()
    names = [line.split()[0] for line in operators]
    assert names == ["Project", "Slice", "Order", "IndexScan"] or len(names) == len(set(names)), done.err
    assert all(" ms, own " in line for line in operators), done.err
    assert times.startswith("parsed in ") and " ms, planned in " in times, done.err


def test_plans_come_as_json(place):
    db = loaded(place)
    query = "SELECT ?a { ?s <http://ex.org/age> ?a } ORDER BY ?a"
    plan = json.loads(place.run("query", db, "--explain=json", query).must().out)
    assert list(plan) == ["plan"] and "rows" not in plan["plan"], plan
    done = place.run("query", db, "--profile=json", query).must()
    profile = json.loads(done.err)
    rows = len(done.out.splitlines()) - 1
    assert profile["plan"]["rows"] == rows and profile["spilled_bytes"] == 0, profile
    assert profile["peak_memory_bytes"] > 0, profile
    assert profile["parse_ms"] > 0 and profile["plan_ms"] > 0, profile
    assert profile["parse_cached"] is False, profile
    at = profile["plan"]
    while at.get("inputs"):
        at = at["inputs"][0]
    assert at["operator"] == "IndexScan" and at["rows"] == rows, profile
    assert json.loads(place.run("query", db, "--explain=json", "ASK { ?s ?p ?o }").must().out)
    assert place.run("query", db, "--explain=yaml", query).code == 2


def test_explain_of_an_update_shows_the_plan_of_its_where_and_changes_nothing(place):
    db = loaded(place)
    out = place.run("update", db, "--explain", "DELETE { ?s <http://ex.org/age> ?a } INSERT { ?s "
                    "<http://ex.org/years> ?a } WHERE { ?s <http://ex.org/age> ?a }").must().out
    assert "IndexScan" in out and "by 1 and inserts by 1" in out, out
    assert place.count(db) == 5


def test_help_explains_every_command(place):
    overview = place.run("help").must().out
    for command in ("load", "query", "update", "run", "dump", "info", "check"):
        assert command in overview
        text = place.run("help", command).must().out
        assert f"usage: tripten {command} DB" in text and "examples:" in text, text
    place.run().must(2)


def test_a_query_works_while_another_process_writes(place):
    db = loaded(place)
    writer = place.start("load", db, "-", "--format", "nt", stdin=subprocess.PIPE,
                         stderr=subprocess.PIPE)
    try:
        writer.stdin.write(b"<urn:new> <urn:p> <urn:o> .\n")
        writer.stdin.flush()
        update = "INSERT DATA { <urn:new> <urn:p> 1 }"
        holder = place.folder / db / "WRITER"
        while str(writer.pid) not in holder.read_text() and writer.poll() is None:
            pass  # until the writer holds the database
        place.run("update", db, update).must_fail(3, str(writer.pid))
        before = place.count(db)
        assert before in (5, 6), before
        assert not place.ask(db, "<urn:new> <urn:p> <urn:o>")
    finally:
        writer.stdin.close()
        writer.wait(60)
    assert writer.returncode == 0, writer.stderr.read()
    assert place.ask(db, "<urn:new> <urn:p> <urn:o>")


def test_backup_and_restore(place):
    db = loaded(place)
    place.run("backup", db, "backups").must()
    place.run("update", db, "INSERT DATA { <urn:a> <urn:b> 1 }").must()
    place.run("backup", db, "backups").must()
    assert "created the database" in place.run("restore", "backups", "again.db/").must().err
    mode = (place.folder / "again.db").stat().st_mode
    assert mode == (place.folder / db).stat().st_mode, oct(mode)
    assert place.run("dump", "again.db").must().out == place.run("dump", db).must().out
    place.run("check", "again.db").must()
    place.run("restore", "backups", "again.db").must_fail(3, "something here already")
    place.run("backup", "none.db", "backups").must_fail(3, "none.db")
    place.run("restore", "none", "new.db").must_fail(3, "none")
    place.write("letters/one.txt", "dear")
    place.run("backup", db, "letters").must_fail(3, "letters")
    place.run("query", "backups", "ASK {}").must_fail(3, "no Tripten database")
    assert not (place.folder / "new.db").exists()


def test_compact_folds_updates_and_removes_dead_terms(place):
    db = loaded(place)
    place.run("update", db, 'INSERT DATA { <urn:new> <urn:p> "text" , "gone" }').must()
    place.run("update", db, 'DELETE WHERE { ?s ?p "gone" } ; DELETE WHERE { ?s ?p "Ann" }').must()
    before = place.run("dump", db).must().out
    done = place.run("compact", db).must()
    assert done.out == "" and "2 terms removed" in done.err and "changes folded" in done.err, done.err
    assert sorted(place.run("dump", db).must().out.splitlines()) == sorted(before.splitlines())
    info = place.run("info", db).must().out
    assert "in the delta    0" in info, info
    place.run("check", db).must()
    again = place.run("compact", db).must()
    assert "0 changes folded, 0 terms removed" in again.err, again.err
    assert place.ask(db, '<urn:new> <urn:p> "text"')


def test_compact_makes_no_database(place):
    place.run("compact", "none.db").must_fail(3, "none.db")
    assert not (place.folder / "none.db").exists()
