"""Texts made to hurt: each ends in an answer or in one error, in bounded memory and time."""
import pathlib
import resource
import subprocess

MOST_SECONDS = 30
MOST_BYTES = 3 << 30
SANITIZED = {"asan", "tsan"}  # builds that reserve addresses by the terabyte


def measured(place, *words):
    """The program's outcome in (exit code, output, errors), with its CPU time and address space bounded."""
    def bound():
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 1))
        if not SANITIZED.intersection(pathlib.Path(place.program).parts):
            resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    done = subprocess.run([place.program, *words], cwd=place.folder, capture_output=True,
                          check=False, timeout=300, preexec_fn=bound)
    return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")


def refused(place, command, text, *words, options=()):
    """The text ends in one error with these words."""
    place.write("hostile.rq", text)
    code, out, err = measured(place, command, "x.db", "-f", "hostile.rq", *options)
    errors = [line for line in err.splitlines() if line.startswith("error:")]
    assert code in (1, 4), f"exit code {code}\n{out[:500]}{err[-500:]}"
    assert len(errors) == 1, f"{len(errors)} error lines:\n{err[:500]}"
    assert len(errors[0]) < 1000, f"an error of {len(errors[0])} characters"
    for word in words:
        assert word in errors[0], f"no {word!r} in: {errors[0]}"


def answered(place, text, answer):
    place.write("hostile.rq", text)
    code, out, err = measured(place, "query", "x.db", "-f", "hostile.rq", "--format", "csv")
    assert code == 0, f"exit code {code}\n{err[:500]}"
    assert out == answer, out[:500]


def filled(place):
    place.write("good.nt", '<urn:a> <urn:p> "x" .\n')
    place.run("load", "x.db", "good.nt").must()


def test_a_hundred_thousand_brackets(place):
    filled(place)
    n = 100_000
    for text in ("SELECT * { FILTER(" + "(" * n + "1" + ")" * n + ") }",
                 "SELECT * { FILTER(" + "(" * n,
                 "SELECT * " + "{" * n + "}" * n,
                 "SELECT * { " + "[" * n + "]" * n + " }",
                 "SELECT * { " + "(" * n + ")" * n + " ?p ?o }",
                 "SELECT * { ?s " + "(" * n + "<urn:p>" + ")" * n + " ?o }",
                 "SELECT * " + "{ SELECT * " * n + "{}" + "}" * n,
                 "SELECT * { " + "FILTER EXISTS { " * n + "}" * n + " }"):
        refused(place, "query", text, "line 1", "the brackets are nested too deeply")


def test_more_than_eight_megabytes(place):
    filled(place)
    refused(place, "query", 'SELECT * { ?s ?p "' + "x" * 10_000_000 + '" }', "MB")
    refused(place, "query", "SELECT * { " + "?s ?p ?o . " * 1_000_000 + " }", "MB")


def test_more_words_than_the_memory_holds(place):
    filled(place)
    refused(place, "query", "SELECT * { FILTER(1 IN (" + "1, " * 1_000_000 + "1)) }", "memory limit",
            options=("--memory", "500MB"))


def test_characters_that_could_begin_a_name_to_the_end(place):
    filled(place)
    refused(place, "query", "SELECT * { ?s " + "a." * 1_000_000 + " }", "line 1")


def test_patterns_beyond_all_use(place):
    filled(place)
    chain = "".join(f"?v{i} <urn:p> ?v{i + 1} . " for i in range(5000))
    refused(place, "query", "SELECT (COUNT(*) AS ?n) { " + chain + "}", "joined patterns")
    refused(place, "query", "SELECT * { " + "".join(f"?a{i} ?b{i} ?c{i} . " for i in range(50_000)) +
            "}", "line 1", "variables")
    refused(place, "query", "SELECT * { ?s " + "/".join(["<urn:p>"] * 100_000) + " ?o }",
            "line 1", "steps of paths")
    refused(place, "query", "SELECT * { ?s (" + "|".join(["<urn:p>"] * 10_000) + ")* " +
            ", ".join(["?o"] * 10_000) + " }", "line 1", "triple patterns")
    refused(place, "query", "SELECT " + " ".join(f"?v{i}" for i in range(200_000)) + " {}",
            "line 1", "variables")
    refused(place, "query", "SELECT * { " + " ".join("OPTIONAL { ?s ?p ?o }" for _ in range(50_000)) +
            " }", "line 1", "in a row")


def test_a_chain_of_as_many_patterns_as_are_allowed(place):
    filled(place)
    chain = "".join(f"?v{i} <urn:p> ?v{i + 1} . " for i in range(999))
    answered(place, "SELECT (COUNT(*) AS ?n) { " + chain + "}", "n\r\n0\r\n")


def test_regular_expressions_of_a_megabyte(place):
    filled(place)
    refused(place, "query", 'SELECT * { ?s ?p ?o FILTER REGEX(?o, "' + "(a|b)*c" * 140_000 + '") }',
            "REGEX", "too large")
    refused(place, "query", 'SELECT * { ?s ?p ?o FILTER REGEX(?o, "(((x{999}){999}){999})") }', "REGEX")
    refused(place, "query", 'SELECT * { ?s ?p ?o FILTER REGEX(?o, "(a)\\\\1") }', "back references")
    answered(place, 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER REGEX(?o, "' + "(" * 900 + "x" +
             ")" * 900 + '") }', "n\r\n1\r\n")


def test_values_of_a_million_rows(place):
    filled(place)
    rows = " ".join(map(str, range(1_000_000)))
    answered(place, "SELECT (COUNT(*) AS ?n) { VALUES ?x { " + rows + " } }", "n\r\n1000000\r\n")


def test_numbers_of_ten_thousand_digits(place):
    filled(place)
    digits = 10_000
    answered(place, "SELECT (1" + "0" * (digits - 1) + " + 1 AS ?n) {}",
             "n\r\n1" + "0" * (digits - 2) + "1\r\n")
    answered(place, "SELECT (STRLEN(STR(" + " * ".join(["9" * 200] * 50) + ")) AS ?n) {}",
             f"n\r\n{digits}\r\n")
    answered(place, "SELECT (1" + "0" * (digits - 1) + " > 0." + "3" * 100 + " AS ?n) {}",
             "n\r\ntrue\r\n")
    beyond = "1" + "0" * digits
    answered(place, f"SELECT ({beyond} + 1 AS ?n) (STRLEN(STR({beyond})) AS ?l) {{}}",
             f"n,l\r\n,{digits + 1}\r\n")


def test_texts_that_are_not_utf_8(place):
    filled(place)
    for bad in (b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\x80", b"\xf5\x80\x80\x80", b"\xe2\x82"):
        refused(place, "query", b'SELECT * { ?s ?p "' + bad + b'" }', "line 1, column 19", "UTF-8")


def test_strings_that_multiply(place):
    filled(place)
    grown = 'BIND("' + "a" * 1000 + '" AS ?a) BIND(CONCAT(' + ",".join(["?a"] * 1000) + ") AS ?b) "
    refused(place, "query", "SELECT (STRLEN(?c) AS ?n) { " + grown + "BIND(CONCAT(" +
            ",".join(["?b"] * 1400) + ") AS ?c) }", "memory", options=("--memory", "200MB"))
    replaced = '"' + "a" * 1000 + '"'
    for here, there in zip("abcd", "bcde"):
        replaced = f'REPLACE({replaced}, "{here}", "{there * 1000}")'
    refused(place, "query", "SELECT (STRLEN(" + replaced + ") AS ?n) {}", "memory",
            options=("--memory", "200MB"))


