// What beginners write wrong, and what they are told: the column, what was expected and found, and
// what was probably meant.
#include <catch2/catch.hpp>

#include "query/parse/parse.h"

using namespace tripten;

namespace {

struct Mistake {
  const char* text;
  int column;
  const char* message;
};

constexpr Mistake kMistakes[] = {
    {"SELECT ?x WHERE { ?x a schema:Figure", 37, "expected '}', found the end"},
    {"SELECT ?x WHERE ?x a schema:Figure }", 17,
     "expected '{', found '?x' (the pattern stands in braces: WHERE { ... })"},
    {"SELECT ?x { ?x schema:name \"PTEN }", 28,
     "expected a variable, an IRI, a literal, '(' or '[', found '\"' (the string has no end)"},
    {"SELECT ?x { ?x schema:name 'PTEN\" }", 28,
     "expected a variable, an IRI, a literal, '(' or '[', found ''' (the string has no end)"},
    {"SELCT ?x { ?x ?y ?z }", 1,
     "expected ASK, CONSTRUCT, DESCRIBE or SELECT, found 'SELCT' (did you mean SELECT?)"},
    {"SELECT x { ?x ?y ?z }", 8, "expected a variable, '*' or '(', found 'x' (did you mean ?x?)"},
    {"SELECT ?x, ?y { ?x ?p ?y }", 10,
     "expected '{', FROM or WHERE, found ',' (variables are divided by blanks, without commas)"},
    {"SELECT ?x { ?x shema:name ?y }", 16, "prefix shema: is not declared (did you mean schema:?)"},
    {"SELECT ?x { ?x name ?y }", 16,
     "expected a variable, an IRI, '(', '^', '!' or a, found 'name'"},
    {"SELECT ?x { ?x schema.name ?y }", 16,
     "expected a variable, an IRI, '(', '^', '!' or a, found 'schema' (a prefix ends with a colon: "
     "schema:...)"},
    {"SELECT ?x { ?x http://schema.org/name ?y }", 22,
     "expected an IRI, '(', '^', '!' or a, found '/' (IRIs stand in angle brackets: <http://...>)"},
    {"SELECT ?x { ?x <schema:name ?y }", 16,
     "expected a variable, an IRI, '(', '^', '!' or a, found '<' (the IRI has no > at its end)"},
    {"SELECT ?x { ?x schema:name ?y } LIMIT ten", 39, "expected a whole number, found 'ten'"},
    {"SELECT ?x { ?x schema:name ?y } ORDER ?y", 39, "expected BY, found '?y'"},
    {"SELECT ?x { ?x schema:name ?y } LIMIT 10 ORDER BY ?y", 42,
     "expected the end, found 'ORDER' (ORDER BY comes before LIMIT and OFFSET)"},
    {"SELECT ?x { ?x schema:name ?y } GROUP BY", 41,
     "expected a variable, an IRI or '(', found the end"},
    {"SELECT ?x { ?x schema:name ?y FILTER ?y = \"a\" }", 38,
     "expected an IRI or '(', found '?y' (the condition stands in brackets: FILTER(?x > 1))"},
    {"SELECT ?x { ?x schema:name ?y FILTER(?y == \"a\") }", 42,
     "expected a variable, an IRI, a literal, '(', '+', '!' or '-', found '=' (equality is one =)"},
    {"SELECT ?x { ?x schema:name ?y FILTER(?y = \"a\" AND ?x != ?y) }", 47,
     "expected ')', found 'AND' (and is written &&)"},
    {"SELECT ?x { ?x schema:name ?y FILTER(?y LIKE \"a%\") }", 41,
     "expected ')', found 'LIKE' (SPARQL has no LIKE: CONTAINS(?x, \"...\"), STRSTARTS or REGEX)"},
    {"SELECT ?x { ?x schema:name ?y FILTER(NOT(?y = \"a\")) }", 41,
     "expected EXISTS, found '(' (negation is written !(...); NOT belongs to NOT EXISTS and NOT "
     "IN)"},
    {"SELECT ?x { ?x schema:name ?y FILTER(CONTAIN(?y, \"a\")) }", 38,
     "expected a variable, an IRI, a literal, '(', '+', '!' or '-', found 'CONTAIN' (did you mean "
     "CONTAINS?)"},
    {"SELECT ?x { ?x schema:name ?y OPTIONAL ?x schema:year ?z }", 40,
     "expected '{', found '?x' (the pattern stands in braces: OPTIONAL { ... })"},
    {"SELECT ?x { ?x schema:name ?y ?x schema:year ?z }", 31,
     "expected '}', found '?x' (a full stop or a semicolon divides triples)"},
    {"SELECT ?x { ?x schema:name ?y; ; schema:year ?z } }", 51,
     "expected the end, found '}' (there is one } too many)"},
    {"SELECT COUNT(?x) AS ?n { ?x ?p ?o", 34, "expected '}', found the end"},
    {"SELECT (COUNT(?x) ?n) { ?x ?p ?o }", 19, "expected AS, found '?n'"},
    {"SELECT (COUNT(?x) AS n) { ?x ?p ?o }", 22,
     "expected a variable, found 'n' (did you mean ?n?)"},
    {"SELECT * FROM figures", 15, "expected an IRI or NAMED, found 'figures'"},
    {"SELECT ?x, COUNT(*) { ?x ?p ?o } GROUP BY ?x", 10,
     "expected '{', FROM or WHERE, found ',' (variables are divided by blanks, without commas)"},
    {"PREFIX schema <http://schema.org/> SELECT * { ?x ?p ?o }", 8,
     "expected an IRI, found 'schema' (a prefix ends with a colon: PREFIX schema: <...>)"},
    {"PREFIX schema: http://schema.org/ SELECT * { ?x ?p ?o }", 16,
     "expected an IRI, found 'http:' (IRIs stand in angle brackets: <http://...>)"},
    {"SELECT ?x { ?x schema:name ?y BIND(?y ?z) }", 39, "expected AS, found '?z'"},
    {"SELECT ?x { ?x schema:name ?y BIND STR(?y) AS ?z }", 36,
     "expected '(', found 'STR' (BIND(expression AS ?variable))"},
    {"SELECT ?x { VALUES ?x { \"a\", \"b\" } }", 28,
     "expected an IRI, a literal, '}' or UNDEF, found ',' (values are divided by blanks, without "
     "commas)"},
    {"SELECT ?x { ?x schema:name ?y } WHERE { ?x ?p ?o }", 33,
     "expected the end, found 'WHERE' (a query has one WHERE: put both patterns into its braces)"},
    {"SELECT ?x { ?x schema:name ?y UNION ?x schema:year ?z }", 31,
     "expected '}', found 'UNION' (UNION stands between braces: { ... } UNION { ... })"},
    {"INSERT { <urn:a> <urn:b> <urn:c> }", 1,
     "INSERT begins an update, here a query is expected (see `tripten update`)"},
    {"SELECT ?x { ?x schema:year > 2000 }", 28,
     "expected a variable, an IRI, a literal, '(' or '[', found '>' (conditions stand in "
     "FILTER(...))"},
    {"SELECT ?x { ?x schema:name ?y FILTER regex(?y \"a\") }", 47, "expected ',', found '\"a\"'"},
    {"SELECT ?x { ?x schema:name ?y FILTER STRLEN(?y, 3) > 2 }", 52,
     "expected '}', found '>' (conditions stand in FILTER(...))"},
    {"SELECT DISTINCT { ?x ?p ?o }", 17, "expected a variable, '*' or '(', found '{'"},
    {"DELETE { ?x ?p ?o }", 1,
     "DELETE begins an update, here a query is expected (see `tripten update`)"},
    {"SELECT ?x { ?x schema:name ?y . } ; SELECT ?y { ?y ?p ?o }", 35,
     "expected the end, found ';' (one query at a time: a script runs several)"},
    {"SELECT ?x { ?x schema:name \"a\"@ }", 31,
     "expected '}', found '@' (a language follows the @, as in \"...\"@en)"},
    {"SELECT ?x { ?x a Figure }", 18,
     "expected a variable, an IRI, a literal, '(' or '[', found 'Figure'"},
    {"SELECT ?x { ?x schema:name “PTEN” }", 28,
     "expected a variable, an IRI, a literal, '(' or '[', found '“PTEN”' (strings stand in "
     "straight quotes: \"...\")"},
    {"SELECT ?y (SUM(?x) AS ?y) { ?x ?p ?y }", 11, "?y is selected twice"},
};

}  // namespace

TEST_CASE("Beginners are told what was meant") {
  for (const Mistake& mistake : kMistakes) {
    INFO(mistake.text);
    try {
      parse_query(mistake.text, {});
      FAIL_CHECK("accepted");
    } catch (const Error& error) {
      CHECK(error.what() == std::string(mistake.message));
      CHECK(error.position == Position(1, mistake.column));
    }
  }
}

TEST_CASE("A bracket that is not closed is told where it stands on another line") {
  const auto message = [](const char* text) -> std::string {
    try {
      parse_query(text, {});
    } catch (const Error& error) {
      return error.what();
    }
    return "accepted";
  };
  CHECK(message("SELECT ?x {\n  ?x ?p ?o .\n  OPTIONAL { ?x ?q ?r\n}\n") ==
        "expected '}', found the end (the { of line 1, column 11 has no end)");
  CHECK(message("SELECT ?x {\n  ?x ?p ?o FILTER(?o > 3\n") ==
        "expected ')', found the end (the ( of line 2, column 18 has no end)");
}
