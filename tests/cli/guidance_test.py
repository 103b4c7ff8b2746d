"""What a user is told who writes a query that is wrong, or has no answer."""
from answers_test import on_terminal

FIGURES = """@prefix : <http://ex.org/> . @prefix schema: <http://schema.org/> .
:f1 a schema:Figure ; schema:mentions :pten . :pten :name "PTEN" .
"""


def figures(place):
    place.write("figures.ttl", FIGURES)
    place.run("load", "figures.db", "figures.ttl").must()
    return "figures.db"


def test_an_error_shows_the_line_a_caret_and_what_was_meant(place):
    db = figures(place)
    out = place.run("query", db, "SELECT ?g {\n  ?f mentions ?g }").must_fail(1)
    assert out.err == (
        "error: line 2, column 6: expected a variable, an IRI, '(', '^', '!' or a, found 'mentions' "
        "(did you mean schema:mentions?)\n    ?f mentions ?g }\n       ^\n"), out.err


def test_an_empty_answer_on_a_terminal_names_what_the_data_does_not_have(place):
    db = figures(place)
    wrong = "SELECT ?g { ?f schema:mention ?g }"
    code, shown = on_terminal(place, "query", db, wrong, columns=200)
    assert code == 0
    assert ("note: no quad has the predicate schema:mention (did you mean schema:mentions?)"
            in shown), shown
    code, shown = on_terminal(place, "query", db, "SELECT ?g { ?f schema:mentions ?g }")
    assert "no quad" not in shown, shown
    code, shown = on_terminal(place, "query", db, "ASK { ?f schema:mention ?g }")
    assert "no quad" not in shown, shown
    # Scripts and pipes are not disturbed.
    assert "no quad" not in place.run("query", db, wrong).must().err
