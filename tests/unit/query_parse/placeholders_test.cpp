// `{{name}}` placeholders: a value can never change what a query is.
#include "query/parse/placeholders.h"

#include <catch2/catch.hpp>

#include "query/algebra/print.h"
#include "query/parse/parse.h"

using namespace tripten;

namespace {

std::string filled(const std::string& text, const std::map<std::string, std::string>& values) {
  try {
    return to_string(parse_query(text, {.parameters = values}).pattern);
  } catch (const Error& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("A value goes in as what stands around its placeholder lets it") {
  CHECK(filled("ASK { ?s <urn:{{x}}> ?o }", {{"x", "a/b"}}) == "Bgp ?s <urn:a/b> ?o\n");
  CHECK(filled("ASK { ?s ncbigene:{{x}} ?o }", {{"x", "5728"}}) ==
        "Bgp ?s <https://identifiers.org/ncbigene/5728> ?o\n");
  CHECK(filled("ASK { ?s ?p \"a{{x}}c\" }", {{"x", "\"\\b\n"}}) ==
        "Bgp ?s ?p \"a\\\"\\\\b\\nc\"\n");
  CHECK(filled("ASK { ?s ?p {{x}} }", {{"x", "12"}}) ==
        "Bgp ?s ?p \"12\"^^<http://www.w3.org/2001/XMLSchema#integer>\n");
  CHECK(filled("ASK { ?s ?p {{ x }} }", {{"x", "<urn:a>"}}) == "Bgp ?s ?p <urn:a>\n");
  CHECK(filled("ASK { ?s ?p {{x}} }", {{"x", "rdfs:label"}}) ==
        "Bgp ?s ?p <http://www.w3.org/2000/01/rdf-schema#label>\n");
  CHECK(filled("ASK { ?s ?p {{x}} }", {{"x", "'a'@en"}}) == "Bgp ?s ?p \"a\"@en\n");
  CHECK(filled("ASK { ?s ?p {{x}} }", {{"x", "two words"}}) == "Bgp ?s ?p \"two words\"\n");
}

TEST_CASE("A value that would be more than one term is a string or refused") {
  CHECK(filled("ASK { ?s ?p {{x}} }", {{"x", "1 } UNION { ?s ?p ?o"}}) ==
        "Bgp ?s ?p \"1 } UNION { ?s ?p ?o\"\n");
  CHECK(filled("ASK { ?s ?p {{x}} }", {{"x", "\"a\" . ?s ?p \"b\""}}) ==
        "Bgp ?s ?p \"\\\"a\\\" . ?s ?p \\\"b\\\"\"\n");
  CHECK(filled("ASK { ?s <urn:{{x}}> ?o }", {{"x", "a> ?o . ?s <urn:b"}})
            .find("can't stand in an IRI") != std::string::npos);
  CHECK(filled("ASK { ?s rdfs:{{x}} ?o }", {{"x", "a ?o . ?s ?p"}}).find("can't stand in a name") !=
        std::string::npos);
  CHECK(filled("ASK { ?s ?p '''{{x}}''' }", {{"x", "''' . ?a ?b '''"}}) ==
        "Bgp ?s ?p \"''' . ?a ?b '''\"\n");
  CHECK(filled("ASK { ?s ?p ?o # {{x}}\n }", {{"x", "\n} DROP"}}) == "Bgp ?s ?p ?o\n");
  CHECK(filled("ASK { ?s ?p {{x}} }", {{"x", "{{y}}"}, {"y", "1"}}) == "Bgp ?s ?p \"{{y}}\"\n");
}

TEST_CASE("Neighbours of a placeholder do not make more of its value") {
  const auto refused = [](const std::string& text, const std::string& value) {
    return filled(text, {{"x", value}}).find("can't stand in") != std::string::npos;
  };
  // A `<` that begins no IRI is a comparison: the value is one term.
  CHECK(filled("ASK { ?a ?p ?b FILTER(?a<{{x}}||?b>?c) }", {{"x", "1)FILTER(1"}})
            .find("\"1)FILTER(1\"") != std::string::npos);
  CHECK(filled("PREFIX : <urn:> ASK { ?a :o\\'neil {{x}} }", {{"x", "1 } UNION { ?s ?p ?o"}}) ==
        "Bgp ?a <urn:o'neil> \"1 } UNION { ?s ?p ?o\"\n");
  CHECK(refused("PREFIX : <urn:> ASK { ?a ?p :{{x}} }", "-1"));
  CHECK(refused("ASK { ?a ?p ?b FILTER(?a{{x}} > 1) }", "-1"));
  CHECK(refused("ASK { ?a ?p 1{{x}} }", ".5"));
  CHECK(filled("ASK { VALUES ?v { {{x}}{{y}} } }", {{"x", "1"}, {"y", ".5"}}) ==
        "Values (?v) (\"1\"^^<http://www.w3.org/2001/XMLSchema#integer>) "
        "(\".5\"^^<http://www.w3.org/2001/XMLSchema#decimal>)\n");
}

TEST_CASE("A placeholder without value takes the default of its line, else it is an error") {
  const std::string text = "# param: gene|string|PTEN|a gene\nASK { ?s rdfs:label {{gene}} }";
  CHECK(filled(text, {}) == "Bgp ?s <http://www.w3.org/2000/01/rdf-schema#label> \"PTEN\"\n");
  CHECK(filled(text, {{"gene", "AKT1"}}) ==
        "Bgp ?s <http://www.w3.org/2000/01/rdf-schema#label> \"AKT1\"\n");
  CHECK(filled("# param: gene PTEN\nASK { ?s rdfs:label {{gene}} }", {}) == filled(text, {}));
  CHECK(filled("ASK { ?s ?p {{gene}} }", {}) ==
        "{{gene}} has no value; give one with --param gene=...");
}

TEST_CASE("An enumerated placeholder takes its members only") {
  const std::string text = "# param: k|enum:a=First,b=Second|a|kind\nASK { ?s ?p {{k}} }";
  CHECK(filled(text, {}) == "Bgp ?s ?p \"a\"\n");
  CHECK(filled(text, {{"k", "b"}}) == "Bgp ?s ?p \"b\"\n");
  CHECK(filled(text, {{"k", "c"}}) == "{{k}} can't be 'c'; it is one of a, b");
}

TEST_CASE("Nested groups are no placeholders") {
  CHECK(filled("ASK {{ SELECT ?s {{ ?s ?p ?o }} }}", {}) == "Project (?s)\n  Bgp ?s ?p ?o\n");
}

TEST_CASE("Places after a placeholder are those of the text") {
  try {
    parse_query("ASK { ?s <urn:{{x}}> ?o . ?? }", {.parameters = {{"x", "a-long-value"}}});
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(*error.position == Position(1, 27));
  }
}

TEST_CASE("A parameter for a variable is the term that the grammar makes of it") {
  for (const char* value : {"5",     "+5",          "-5",
                            "007",   "-5.0",        ".5",
                            "+.5",   "1e3",         "+1.5E-3",
                            "5.",    "5.e1",        " 7 ",
                            "\n8\t", "<urn:a>",     " <http://ex.org/\u00e9#x> ",
                            "<a b>", "<>",          "a b",
                            "",      "  ",          " a ",
                            "x'y",   "a\"b",        "\\",
                            "a\\tb", "a\nb\rc\td",  "\x01\x7f",
                            "'q'",   "\"q\"@en-gb", "\"q",
                            "'",     "xsd:int",     ":a",
                            "a:",    "true",        "?x",
                            "_:b",   "1 2",         "+",
                            "-",     "e1",          "\f\"v"}) {
    INFO(value);
    const Query query = parse_query("SELECT ?v { VALUES ?v { " + term_text(value) + " } }",
                                    {.base = "", .parameters = {}});
    const auto& rows = std::get<Values>(std::get<Project>(query.pattern.node).pattern->node).rows;
    CHECK(parse_parameter(value, {}) == rows.at(0).at(0));
  }
  CHECK_THROWS_AS(parse_parameter("<relative>", {}), Error);
}

TEST_CASE("A parameter for a variable is one term") {
  CHECK(parse_parameter("42", {}) == Term::integer(42));
  CHECK(parse_parameter("ex:a", {{"ex", "http://ex.org/"}}) == Term::iri("http://ex.org/a"));
  CHECK(parse_parameter("a b", {}) == Term::literal("a b"));
  CHECK(parse_parameter("PTEN", {}) == Term::literal("PTEN"));
  CHECK(parse_parameter("\"x\"^^xsd:token", {}).datatype() ==
        "http://www.w3.org/2001/XMLSchema#token");
  CHECK_THROWS_AS(parse_parameter("nope:a", {}), Error);
  CHECK(has_parameter("ASK { ?s ?p {{x}} } # {{y}}", "x"));
  CHECK_FALSE(has_parameter("ASK { ?s ?p {{x}} } # {{y}}", "y"));
}
