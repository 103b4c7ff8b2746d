"""Bad input: each a single clear error with its exit code, nothing lost, nothing half-written."""
import os
import re
import signal
import subprocess

GOOD = "<urn:a> <urn:p> <urn:o> .\n"
FIGURE = """---
figid: PMC1__f1
figtitle: PTEN
organisms:
- Homo sapiens
pmcid: PMC1
year: '2020'
genes:
- {word: PTEN, symbol: PTEN, source: hgnc_symbol, hgnc_symbol: PTEN, entrez: '5728'}
"""


def database(place):
    place.write("good.nt", GOOD)
    place.run("load", "x.db", "good.nt").must()
    return "x.db"


def unharmed(place):
    assert place.run("dump", "x.db").must().out == GOOD
    place.run("check", "x.db").must()


def test_a_missing_file(place):
    place.run("load", database(place), "nothing.ttl").must_fail(1, "nothing.ttl")
    place.run("query", "x.db", "-f", "nothing.rq").must_fail(1, "nothing.rq")
    unharmed(place)


def test_a_missing_file_creates_no_database(place):
    place.run("load", "new.db", "nothing.ttl").must_fail(1, "nothing.ttl")
    assert not (place.folder / "new.db").exists()


def test_an_unreadable_file(place):
    database(place)
    (place.folder / "loop.ttl").symlink_to("loop.ttl")
    place.run("load", "x.db", "loop.ttl").must(1)
    (place.folder / "dir.ttl").mkdir()
    place.run("load", "x.db", "dir.ttl").must_fail(1, "dir.ttl")
    if os.getuid() != 0:
        place.write("secret.ttl", GOOD).chmod(0)
        place.run("load", "x.db", "secret.ttl").must_fail(1, "secret.ttl")
    unharmed(place)


def test_a_missing_database(place):
    for words in (("query", "no.db", "ASK {}"), ("dump", "no.db"), ("info", "no.db"),
                  ("check", "no.db")):
        place.run(*words).must_fail(3, "no.db")
    assert not (place.folder / "no.db").exists()


def test_a_directory_that_is_no_database(place):
    place.write("folder/letter.txt", "dear")
    for words in (("query", "folder", "ASK {}"), ("load", "folder", "good.nt"),
                  ("update", "folder", "CLEAR ALL"), ("check", "folder")):
        place.write("good.nt", GOOD)
        place.run(*words).must_fail(3, "folder")
    assert [p.name for p in (place.folder / "folder").iterdir()] == ["letter.txt"]
    place.run("query", "good.nt", "ASK {}").must_fail(3, "good.nt")


def sst_files(place):
    return sorted((place.folder / "x.db").rglob("*.sst"))


def test_a_truncated_table_file(place):
    database(place)
    assert sst_files(place)
    for file in sst_files(place):
        whole = file.read_bytes()
        file.write_bytes(whole[:len(whole) // 2])
        place.run("query", "x.db", "SELECT * { ?s ?p ?o }").must_fail(3, file.name)
        file.write_bytes(whole)
    unharmed(place)


def test_flipped_bits_in_a_table_file(place):
    database(place)
    for file in sst_files(place):
        whole = file.read_bytes()
        for at in range(0, len(whole), max(1, len(whole) // 16)):
            flipped = bytearray(whole)
            flipped[at] ^= 0x40
            file.write_bytes(flipped)
            answer = place.run("query", "x.db", "SELECT * { ?s ?p ?o }")
            right = answer.code == 0 and answer.out == "?s\t?p\t?o\n<urn:a>\t<urn:p>\t<urn:o>\n"
            assert right or answer.code == 3, f"{file.name} at {at}: {answer.code} {answer.err}"
            if not right:
                assert len(answer.errors) == 1, answer.err
        file.write_bytes(whole)
    unharmed(place)


def test_syntax_errors_name_file_line_and_column(place):
    db = database(place)
    place.write("bad.ttl", "@prefix : <http://ex.org/> .\n:a :b :c .\n:a foaf:name 'x' .\n")
    place.run("load", db, "bad.ttl").must_fail(1, "bad.ttl", "line 3", "foaf")
    place.write("bad.nt", GOOD * 3 + "<urn:a> <urn:b> .\n")
    place.run("load", db, "bad.nt").must_fail(1, "bad.nt", "line 4")
    place.write("bad.rdf", "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><a>")
    place.run("load", db, "bad.rdf").must_fail(1, "bad.rdf", "line")
    unharmed(place)


def test_one_bad_file_of_many_changes_nothing(place):
    db = database(place)
    place.write("new.nt", "<urn:new> <urn:p> <urn:o> .\n")
    place.write("bad.nt", "<urn:new2> <urn:p> .\n")
    place.run("load", db, "new.nt", "bad.nt").must_fail(1, "bad.nt")
    unharmed(place)


def test_lenient_loads_skip_and_report(place):
    place.write("bad.nt", GOOD + "rubbish\n" + "<urn:b> <urn:p> <urn:o> .\n")
    done = place.run("load", "x.db", "bad.nt", "--lenient").must()
    assert "skipped: 1" in done.err and "bad.nt" in done.err, done.err
    assert place.count("x.db") == 2


def test_broken_utf8(place):
    db = database(place)
    place.write("bad.ttl", b'<urn:a> <urn:b> "\xff\xfe" .\n')
    place.run("load", db, "bad.ttl").must_fail(1, "bad.ttl", "UTF-8")
    place.write("bad.md", FIGURE.encode() + b"caption: \xff\n---\n")
    place.run("load", db, "bad.md").must_fail(1, "bad.md", "UTF-8")
    unharmed(place)


def test_a_figure_without_the_end_of_its_front_matter(place):
    db = database(place)
    place.write("fig.md", FIGURE)
    place.run("load", db, "fig.md").must_fail(1, "fig.md", "---")
    unharmed(place)


def test_broken_yaml(place):
    db = database(place)
    place.write("fig.md", FIGURE + "caption: 'no end\n---\n")
    place.run("load", db, "fig.md").must_fail(1, "fig.md", "line")
    place.write("fig2.md", FIGURE + "---\n")
    done = place.run("load", db, "fig.md", "fig2.md", "--lenient").must()
    assert "skipped: 1" in done.err, done.err
    assert place.ask(db, "ncbigene:5728 rdfs:label 'PTEN'")


def test_a_table_that_does_not_fit_its_mapping(place):
    db = database(place)
    place.write("t.tsv", "a\tb\n1\t2\n")
    place.run("load", db, "t.tsv").must_fail(1, "t.tsv", "metadata")
    place.write("t.tsv-metadata.json", '{"@context": "http://www.w3.org/ns/csvw", "url": "t.tsv", '
                '"dialect": {"delimiter": "\\t"}, "tableSchema": {"aboutUrl": "urn:{a}", "columns":'
                ' [{"name": "a", "titles": "a"}, {"name": "c", "titles": "c"}]}}')
    place.run("load", db, "t.tsv").must_fail(1, "t.tsv", "c")
    unharmed(place)


def test_misspelt_keywords_and_prefixes(place):
    db = database(place)
    done = place.run("query", db, "SELCT ?s { ?s ?p ?o }").must_fail(1, "SELECT")
    assert "\n  SELCT ?s { ?s ?p ?o }\n  ^\n" in done.err, done.err
    done = place.run("query", db, "SELECT ?s {\n  ?s shema:mentions ?o }").must_fail(
        1, "line 2, column 6", "shema", "schema")
    assert "\n    ?s shema:mentions ?o }\n       ^\n" in done.err, done.err


def test_an_update_inside_query_and_the_other_way_round(place):
    db = database(place)
    place.run("query", db, "DELETE WHERE { ?s ?p ?o }").must_fail(1, "update")
    place.run("update", db, "SELECT ?s { ?s ?p ?o }").must_fail(1, "query")
    unharmed(place)


def test_wrong_command_lines(place):
    db = database(place)
    for words in (("query",), ("query", db), ("nonsense", db), ("query", db, "ASK {}", "more"),
                  ("query", db, "ASK {}", "--no-such-option"), ("load", db),
                  ("query", db, "ASK {}", "--format", "docx"),
                  ("query", db, "ASK {}", "--timeout", "soon"),
                  ("query", db, "ASK {}", "--param", "x"), ("ask", db), ("backup", db),
                  ("compact",), ("compact", db, "--memory", "much")):
        place.run(*words).must_fail(2)
    assert "not built yet" in place.run("ask", db).err
    unharmed(place)


def big(place):
    place.write("n.nt", "".join(f"<urn:s{i}> <urn:p> <urn:o{i % 7}> .\n" for i in range(3000)))
    place.run("load", "big.db", "n.nt").must()
    return "big.db"


PRODUCT = ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l "
           "FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g), STR(?j))) = 0) }")


def test_a_timeout_is_a_limit(place):
    place.run("query", big(place), PRODUCT, "--timeout", "300ms").must_fail(4, "time limit")


def test_a_memory_limit_is_a_limit(place):
    place.run("query", big(place), "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d))) AS ?all) { ?a ?b ?c . ?d ?e ?f }",
              "--memory", "20MB").must_fail(4, "memory limit")


def test_an_interrupt_ends_the_query(place):
    process = place.start("query", big(place), PRODUCT, stderr=subprocess.PIPE,
                          stdout=subprocess.PIPE)
    try:
        process.wait(1)  # long enough to have begun; the query would take days
    except subprocess.TimeoutExpired:
        pass
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130, (process.returncode, err)


def test_a_closed_pipe_is_no_crash(place):
    process = place.start("query", big(place), "SELECT * { ?a ?b ?c . ?d ?e ?f }",
                          stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdout.readline()
    process.stdout.close()
    err = process.stderr.read()
    assert process.wait(60) in (0, 1) and err == b"", (process.returncode, err)


def test_a_full_disk_during_load(place):
    database(place)
    if not os.access("/dev/full", os.W_OK):
        return
    done = subprocess.run(["bash", "-c", f"ulimit -f 64; exec {place.program} load x.db big.nt"],
                          cwd=place.folder, capture_output=True, text=True, check=False) \
        if place.write("big.nt", "".join(
            f"<urn:subject/{i * 7919 % 100003}> <urn:p{i % 13}> \"{i * 31337 % 999983}\" .\n"
            for i in range(60000))) else None
    assert done.returncode in (1, 4), (done.returncode, done.stderr)
    assert len(re.findall("^error:", done.stderr, re.MULTILINE)) == 1, done.stderr
    unharmed(place)


def test_deep_nesting_is_an_error_and_no_crash(place):
    db = database(place)
    place.write("deep.rq", "SELECT * { FILTER(" + "(" * 200000 + "1" + ")" * 200000 + ") }")
    place.run("query", db, "-f", "deep.rq").must_fail(1, "nested")
    place.write("deep.ttl", "<urn:a> <urn:b> " + "(" * 300000 + ")" * 300000 + " .")
    place.run("load", db, "deep.ttl").must_fail(1, "deep.ttl")
    unharmed(place)
