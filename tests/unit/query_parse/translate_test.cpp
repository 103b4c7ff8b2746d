// Text → algebra, case by case of SPARQL 1.1 §18.2.
#include <catch2/catch.hpp>

#include "query/algebra/print.h"
#include "query/parse/parse.h"

using namespace tripten;

namespace {

std::string algebra(const std::string& text, bool strict = true) {
  return to_string(parse_query("PREFIX : <http://ex.org/>\n" + text,
                               {.base = "http://ex.org/", .strict = strict})
                       .pattern);
}

std::string refusal(const std::string& text, bool strict = true) {
  try {
    parse_query("PREFIX : <http://ex.org/>\n" + text, {.base = "http://ex.org/", .strict = strict});
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("Adjacent triples are one basic graph pattern, also around a filter (§5.1)") {
  CHECK(algebra("ASK { ?s :p ?o . FILTER(?o > 1) ?o :q ?x }") ==
        "Filter ?o > \"1\"^^<http://www.w3.org/2001/XMLSchema#integer>\n"
        "  Bgp ?s <http://ex.org/p> ?o . ?o <http://ex.org/q> ?x\n");
}

TEST_CASE("A filter inside OPTIONAL is the condition of the left join (§18.2.2.6)") {
  CHECK(algebra("ASK { ?s :p ?o OPTIONAL { ?s :q ?x FILTER(?x = ?o) } }") ==
        "LeftJoin ?x = ?o\n"
        "  Bgp ?s <http://ex.org/p> ?o\n"
        "  Bgp ?s <http://ex.org/q> ?x\n");
}

TEST_CASE("A filter in a group of its own inside OPTIONAL stays there") {
  CHECK(algebra("ASK { ?s :p ?o OPTIONAL { { ?s :q ?x FILTER(?x = ?o) } } }") ==
        "LeftJoin\n"
        "  Bgp ?s <http://ex.org/p> ?o\n"
        "  Filter ?x = ?o\n"
        "    Bgp ?s <http://ex.org/q> ?x\n");
}

TEST_CASE("UNION, MINUS, GRAPH, BIND and VALUES become their nodes") {
  CHECK(algebra("ASK { { ?a :p 1 } UNION { ?a :p 2 } MINUS { ?a :q ?b } GRAPH ?g { ?a :r ?c } "
                "BIND(?c AS ?d) VALUES (?a ?d) { (:x UNDEF) } }") ==
        "Join\n"
        "  Extend ?d ?c\n"
        "    Join\n"
        "      Minus\n"
        "        Union\n"
        "          Bgp ?a <http://ex.org/p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer>\n"
        "          Bgp ?a <http://ex.org/p> \"2\"^^<http://www.w3.org/2001/XMLSchema#integer>\n"
        "        Bgp ?a <http://ex.org/q> ?b\n"
        "      Graph ?g\n"
        "        Bgp ?a <http://ex.org/r> ?c\n"
        "  Values (?a ?d) (<http://ex.org/x> UNDEF)\n");
}

TEST_CASE("Path sequences, inverses and alternatives become patterns, closures stay (§18.2.2.4)") {
  CHECK(algebra("ASK { ?a :p/^:q ?b }") ==
        "Bgp ?a <http://ex.org/p> ?.p0 . ?b <http://ex.org/q> ?.p0\n");
  CHECK(algebra("ASK { ?a :p|:q ?b }") ==
        "Union\n  Bgp ?a <http://ex.org/p> ?b\n  Bgp ?a <http://ex.org/q> ?b\n");
  CHECK(algebra("ASK { ?a :p/:q* ?b }") ==
        "Join\n  Bgp ?a <http://ex.org/p> ?.p0\n  Path ?.p0 <http://ex.org/q>* ?b\n");
  CHECK(algebra("ASK { ?a !(:p|^:q|a) ?b . ?a (:p/:q)+ ?c . ?a (^:p)? ?d }") ==
        "Join\n"
        "  Path ?a !(<http://ex.org/p>|<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>|"
        "^<http://ex.org/q>) ?b\n"
        "  Join\n"
        "    Path ?a (<http://ex.org/p>/<http://ex.org/q>)+ ?c\n"
        "    Path ?a (^<http://ex.org/p>)? ?d\n");
}

TEST_CASE("Collections and blank nodes become variables of the translator") {
  CHECK(algebra("ASK { (?a 1) :p [ :q _:x ] }") ==
        "Bgp ?.b0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> ?a . "
        "?.b0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> ?.b1 . "
        "?.b1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> "
        "\"1\"^^<http://www.w3.org/2001/XMLSchema#integer> . "
        "?.b1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> "
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> . "
        "?.b2 <http://ex.org/q> ?.b_x . ?.b0 <http://ex.org/p> ?.b2\n");
}

TEST_CASE("Solution modifiers nest in the order of §18.2.5") {
  CHECK(algebra(
            "SELECT DISTINCT ?a (?b + 1 AS ?c) { ?a :p ?b } ORDER BY DESC(?b) LIMIT 3 OFFSET 2") ==
        "Slice 2 3\n"
        "  Distinct\n"
        "    Project (?a ?c)\n"
        "      OrderBy DESC(?b)\n"
        "        Extend ?c ?b + \"1\"^^<http://www.w3.org/2001/XMLSchema#integer>\n"
        "          Bgp ?a <http://ex.org/p> ?b\n");
}

TEST_CASE("Aggregates become variables that Group binds, the same one once (§18.2.4.1)") {
  CHECK(algebra("SELECT ?a (SUM(?b) AS ?s) { ?a :p ?b } GROUP BY ?a HAVING(SUM(?b) > 2) "
                "ORDER BY COUNT(*)") ==
        "Project (?a ?s)\n"
        "  OrderBy ASC(?.a1)\n"
        "    Extend ?s ?.a0\n"
        "      Filter ?.a0 > \"2\"^^<http://www.w3.org/2001/XMLSchema#integer>\n"
        "        Group (?a) SUM(?b) AS ?.a0 COUNT(*) AS ?.a1\n"
        "          Bgp ?a <http://ex.org/p> ?b\n");
}

TEST_CASE("GROUP BY an expression extends the pattern below the group") {
  CHECK(algebra("SELECT ?l (COUNT(*) AS ?n) { ?a :p ?b } GROUP BY (STRLEN(?b) AS ?l)") ==
        "Project (?l ?n)\n"
        "  Extend ?n ?.a0\n"
        "    Group (?l) COUNT(*) AS ?.a0\n"
        "      Extend ?l STRLEN(?b)\n"
        "        Bgp ?a <http://ex.org/p> ?b\n");
}

TEST_CASE("COUNT(DISTINCT *) does not see the translator's own variables") {
  CHECK(algebra("SELECT (COUNT(DISTINCT *) AS ?n) { ?a :p/:q ?b }") ==
        "Project (?n)\n"
        "  Extend ?n ?.a1\n"
        "    Group () COUNT(DISTINCT *) AS ?.a1\n"
        "      Project (?a ?b)\n"
        "        Bgp ?a <http://ex.org/p> ?.p0 . ?.p0 <http://ex.org/q> ?b\n");
}

TEST_CASE("SELECT * selects what is visible, in the order of the text") {
  const Query query = parse_query(
      "SELECT * { ?z <urn:p> [] . { SELECT ?b { ?b <urn:q> ?hidden } } BIND(1 AS ?a) }", {});
  CHECK(std::get<SelectForm>(query.form).variables == std::vector<Variable>{{"z"}, {"b"}, {"a"}});
}

TEST_CASE("A sub-SELECT keeps its modifiers and its VALUES") {
  CHECK(algebra("ASK { { SELECT ?a { ?a :p ?b } LIMIT 1 VALUES ?b { 1 } } }") ==
        "Slice 0 1\n"
        "  Project (?a)\n"
        "    Join\n"
        "      Bgp ?a <http://ex.org/p> ?b\n"
        "      Values (?b) (\"1\"^^<http://www.w3.org/2001/XMLSchema#integer>)\n");
}

TEST_CASE("EXISTS holds its pattern") {
  CHECK(algebra("ASK { ?a :p ?b FILTER NOT EXISTS { ?b :q ?c FILTER(?c > ?a) } }") ==
        "Filter NOT EXISTS { Filter ?c > ?a;  Bgp ?b <http://ex.org/q> ?c }\n"
        "  Bgp ?a <http://ex.org/p> ?b\n");
}

TEST_CASE("A minus sign that belongs to a number's token is still a subtraction (production 116)") {
  CHECK(algebra("ASK { ?a :p ?b FILTER(?b -1 * 2 > -3) }") ==
        "Filter ?b - \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> * "
        "\"2\"^^<http://www.w3.org/2001/XMLSchema#integer> > "
        "\"-3\"^^<http://www.w3.org/2001/XMLSchema#integer>\n"
        "  Bgp ?a <http://ex.org/p> ?b\n");
}

TEST_CASE("Terms come as they were written") {
  CHECK(algebra("ASK { <x> :a\\-b 01, 1.50, 1e0, true, 'l\\'x'@en-GB, \"\"\"a\"b\n\"\"\"^^:t }") ==
        "Bgp <http://ex.org/x> <http://ex.org/a-b> "
        "\"01\"^^<http://www.w3.org/2001/XMLSchema#integer> . "
        "<http://ex.org/x> <http://ex.org/a-b> "
        "\"1.50\"^^<http://www.w3.org/2001/XMLSchema#decimal> . "
        "<http://ex.org/x> <http://ex.org/a-b> "
        "\"1e0\"^^<http://www.w3.org/2001/XMLSchema#double> . "
        "<http://ex.org/x> <http://ex.org/a-b> "
        "\"true\"^^<http://www.w3.org/2001/XMLSchema#boolean> . "
        "<http://ex.org/x> <http://ex.org/a-b> \"l'x\"@en-GB . "
        "<http://ex.org/x> <http://ex.org/a-b> \"a\\\"b\\n\"^^<http://ex.org/t>\n");
}

TEST_CASE("Scope errors are refused in the user's words") {
  CHECK(refusal("SELECT ?x { ?x :p ?y BIND(1 AS ?y) }") ==
        "?y has a value already, AS can't give it another");
  CHECK(refusal("SELECT (1 AS ?x) { ?x :p ?y }") ==
        "?x has a value already, AS can't give it another");
  CHECK(refusal("SELECT ?y (COUNT(?x) AS ?n) { ?x :p ?y }") ==
        "?y is neither in GROUP BY nor inside an aggregate");
  CHECK(refusal("SELECT * { ?x :p ?y } GROUP BY ?x") ==
        "SELECT * can't stand with GROUP BY or aggregates");
  CHECK(refusal("SELECT (1 AS ?a) (2 AS ?a) {}") == "?a is selected twice");
  CHECK(refusal("SELECT ?x { ?x :p ?y FILTER(COUNT(?x) > 1) }") ==
        "COUNT is an aggregate: it stands in SELECT, HAVING and ORDER BY only");
  CHECK(refusal("SELECT (COUNT(SUM(?x)) AS ?n) { ?x :p ?y }") ==
        "an aggregate can't stand inside another one");
  CHECK(refusal("ASK { _:a :p ?x OPTIONAL { _:a :q ?y } }") ==
        "_:a stands in another basic graph pattern already; use a variable");
  CHECK(refusal("ASK { VALUES (?a ?b) { (1) } }") ==
        "this row of VALUES has 1 value for 2 variables");
  CHECK(refusal("ASK { ?a :p ?b FILTER(SUBSTR(?b)) }") ==
        "SUBSTR takes 2 or 3 arguments, here are 1");
}

TEST_CASE("Lenient forms are understood, noted, and refused when strict") {
  const auto notes = [](const std::string& text) {
    std::string all;
    for (const Leniency& leniency : parse_query(text, {}).leniencies)
      all += leniency.message + "\n";
    return all;
  };
  CHECK(notes("SELECT ?y (COUNT(?x) AS ?n) { ?x <urn:p> ?y }") ==
        "aggregates beside plain variables need GROUP BY; understood as GROUP BY ?y\n");
  CHECK(notes("SELECT COUNT(DISTINCT ?x) AS ?n { ?x <urn:p> ?y }") ==
        "an aggregate stands in parentheses with AS: (COUNT(DISTINCT ?x) AS ?n)\n");
  CHECK(notes("SELECT (?y + 1 AS ?y) { ?x <urn:p> ?y }") ==
        "?y has a value already; the standard form is AS with a new name: (?y + 1 AS ?y2)\n");
  CHECK(notes("ASK { ?x rdfs:label ?y ; pf:word ?z }") ==
        "not declared, but known; the standard form begins with PREFIX pf: <urn:tripten:pf#> "
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n");
  CHECK(notes("# param: name|string|PTEN|Gene\nASK { ?x <urn:p> \"{{name}}\" , \"{{name}}\" }") ==
        "{{name}} is a placeholder; the standard form has PTEN here\n");
  CHECK(algebra("ASK { ?x :p ?y BIND(STR(?y) AS ?y) ?y :q ?z }", false) ==
        "Join\n"
        "  Extend ?y ?.l0\n"
        "    Project (?x ?.l0)\n"
        "      Extend ?.l0 STR(?y)\n"
        "        Bgp ?x <http://ex.org/p> ?y\n"
        "  Bgp ?y <http://ex.org/q> ?z\n");
  CHECK(notes("SELECT (STR(?y) AS ?y) { ?x <urn:p> ?y }") ==
        "?y has a value already; the standard form is AS with a new name: (STR(?y) AS ?y2)\n");
  CHECK(algebra("SELECT (STR(?y) AS ?y) { ?x :p ?y }", false) ==
        "Project (?y)\n"
        "  Extend ?y ?.l0\n"
        "    Project (?x ?.l0)\n"
        "      Extend ?.l0 STR(?y)\n"
        "        Bgp ?x <http://ex.org/p> ?y\n");
  CHECK(refusal("SELECT COUNT(?x) { ?x :p ?y }") == "SPARQL writes (COUNT(?x) AS ?name)");
  CHECK(refusal("ASK { ?x rdfs:label ?y }") == "prefix rdfs: is not declared");
}

TEST_CASE("Variables of EXISTS need not be grouped, and HAVING understands names of SELECT") {
  CHECK(refusal("SELECT ?k (EXISTS { ?k :p ?o } AS ?e) { ?k :q ?v } GROUP BY ?k") == "accepted");
  CHECK(algebra("SELECT ?k (COUNT(?v) AS ?n) { ?k :q ?v } GROUP BY ?k HAVING(?n > 1)", false) ==
        "Project (?k ?n)\n"
        "  Extend ?n ?.a0\n"
        "    Filter ?.a0 > \"1\"^^<http://www.w3.org/2001/XMLSchema#integer>\n"
        "      Group (?k) COUNT(?v) AS ?.a0\n"
        "        Bgp ?k <http://ex.org/q> ?v\n");
}

TEST_CASE("Dataset clauses, CONSTRUCT WHERE and DESCRIBE *") {
  const Query construct =
      parse_query("CONSTRUCT FROM <urn:a> FROM NAMED <urn:b> WHERE { ?s <urn:p> _:x }", {});
  CHECK(construct.dataset == DatasetClause{{Term::iri("urn:a")}, {Term::iri("urn:b")}, false});
  const auto& quads = std::get<ConstructForm>(construct.form).quads;
  REQUIRE(quads.size() == 1);
  CHECK(quads[0].object == PatternTerm(Term::blank("x")));
  CHECK(to_string(construct.pattern) == "Bgp ?s <urn:p> ?.b_x\n");
  const Query describe = parse_query("DESCRIBE * { ?b <urn:p> ?a }", {});
  CHECK(std::get<DescribeForm>(describe.form).resources ==
        std::vector<PatternTerm>{Variable{"b"}, Variable{"a"}});
}

TEST_CASE("Updates become their operations") {
  const Update update = parse_update(
      "PREFIX : <http://ex.org/> INSERT DATA { :a :p 1 . GRAPH :g { :a :p _:b } } ;\n"
      "WITH :g DELETE { ?s :p ?o } INSERT { GRAPH :h { ?s :q ?o } } USING :u WHERE { ?s :p ?o } ;\n"
      "DELETE WHERE { ?s :p ?o . GRAPH ?g { ?s :q ?o } } ; CLEAR SILENT NAMED ; DROP GRAPH :g ;\n"
      "LOAD <http://ex.org/f> INTO GRAPH :g ; COPY DEFAULT TO :g ; CREATE GRAPH :n",
      {});
  REQUIRE(update.operations.size() == 8);
  const auto& insert = std::get<InsertData>(update.operations[0].node).quads;
  REQUIRE(insert.size() == 2);
  CHECK(insert[1].graph == PatternTerm(Term::iri("http://ex.org/g")));
  const auto& modify = std::get<Modify>(update.operations[1].node);
  CHECK(modify.deletions[0].graph == PatternTerm(Term::iri("http://ex.org/g")));
  CHECK(modify.insertions[0].graph == PatternTerm(Term::iri("http://ex.org/h")));
  CHECK(modify.dataset == DatasetClause{{Term::iri("http://ex.org/u")}, {}, false});
  CHECK(update.operations[1].place == Position(2, 1));
  const auto& where = std::get<Modify>(update.operations[2].node);
  CHECK(where.deletions.size() == 2);
  CHECK(to_string(where.pattern) ==
        "Join\n  Bgp ?s <http://ex.org/p> ?o\n  Graph ?g\n    Bgp ?s <http://ex.org/q> ?o\n");
  CHECK(std::get<Clear>(update.operations[3].node).target == GraphTarget::Named);
  CHECK(std::get<Clear>(update.operations[3].node).silent);
  CHECK(std::get<Clear>(update.operations[4].node).drop);
  CHECK(std::get<Load>(update.operations[5].node).graph == Term::iri("http://ex.org/g"));
  CHECK(std::get<Transfer>(update.operations[6].node).kind == GraphCopy::Copy);
  CHECK(std::get<Create>(update.operations[7].node).graph == Term::iri("http://ex.org/n"));
}

TEST_CASE("WITH alone is the default graph of WHERE, and all named graphs stay visible") {
  const Update update =
      parse_update("WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o GRAPH ?h { ?s ?p ?o } }", {});
  const auto& modify = std::get<Modify>(update.operations[0].node);
  CHECK(modify.dataset == DatasetClause{{Term::iri("urn:g")}, {}, true});
}
