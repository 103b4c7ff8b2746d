// Texts of one shape are parsed once, and mean what they would mean without that.
#include "query/parse/parsed_queries.h"

#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "query/algebra/print.h"
#include "query/parse/query_shape.h"

using namespace tripten;

namespace {

std::string key_of(std::string_view text) {
  const auto shape = shape_of(text);
  return shape ? shape->key : "none";
}

bool is_same(const Query& a, const Query& b) {
  if (a.leniencies.size() != b.leniencies.size()) return false;
  for (std::size_t i = 0; i < a.leniencies.size(); ++i)
    if (a.leniencies[i].message != b.leniencies[i].message ||
        a.leniencies[i].place != b.leniencies[i].place)
      return false;
  return a.form == b.form && a.dataset == b.dataset && a.pattern == b.pattern && a.base == b.base &&
         a.prefixes == b.prefixes;
}

/// Parses all texts, twice over, and compares each with what the grammar says.
std::vector<bool> cached(const std::vector<std::string>& texts, const ParseOptions& options = {}) {
  ParsedQueries queries;
  std::vector<bool> found;
  for (int round = 0; round < 2; ++round)
    for (const std::string& text : texts) {
      const ParsedQuery parsed = queries.parse(text, options);
      INFO(text);
      CHECK(is_same(*parsed.query, parse_query(text, options)));
      found.push_back(parsed.is_cached);
    }
  return found;
}

using Found = std::vector<bool>;

TEST_CASE("A text that was parsed before is not parsed again") {
  CHECK(cached({"SELECT * { ?s <urn:p> ?o }"}) == Found{false, true});
  CHECK(cached({"ASK { ?s a <urn:C> } # why", "ASK  {?s a\n<urn:C> }"}) ==
        Found{false, false, true, true});
}

TEST_CASE("Texts that differ in constants alone share what the grammar made of the second") {
  const std::string prefix = "PREFIX ex: <http://ex.org/> ";
  CHECK(cached({prefix + "SELECT ?o { ex:a ex:p ?o FILTER(?o > 5 && ?o != 1.5) }",
                prefix + "SELECT ?o { ex:b ex:q ?o FILTER(?o > 70 && ?o != 2.25) }",
                prefix + "SELECT ?o { ex:c-d ex:p_1 ?o FILTER(?o > 0 && ?o != 0.0) }"}) ==
        Found{false, false, true, true, true, true});
  CHECK(
      cached({"SELECT ?s { ?s <urn:p> 'x'@en , \"y\" }", "SELECT ?s { ?s <urn:p> 'z'@en , 'a b' }",
              "SELECT ?s { ?s <urn:q> \"?s {\"@en , '#' }"}) ==
      Found{false, false, true, true, true, true});
  CHECK(cached({"CONSTRUCT { ?s <urn:p> <urn:a> } { GRAPH <urn:g> { ?s <urn:q>/<urn:r>* 1 } }",
                "CONSTRUCT { ?s <urn:p> <urn:b> } { GRAPH <urn:h> { ?s <urn:z>/<urn:q>* 2 } }",
                "CONSTRUCT { ?s <urn:c> <urn:d> } { GRAPH <urn:e> { ?s <urn:f>/<urn:g>* 3 } }"}) ==
        Found{false, false, true, true, true, true});
  CHECK(cached({"DESCRIBE <urn:a> FROM <urn:g>", "DESCRIBE <urn:b> FROM <urn:h>",
                "DESCRIBE <urn:c> FROM <urn:i>"})[2]);
  CHECK(cached(
      {"SELECT * { VALUES ?x { <urn:a> 1 \"a\" } FILTER EXISTS { ?x !(<urn:p>|^<urn:q>) 5 } }",
       "SELECT * { VALUES ?x { <urn:b> 2 'b' } FILTER EXISTS { ?x !(<urn:q>|^<urn:p>) 6 } }",
       "SELECT * { VALUES ?x { <urn:c> 3 'c' } FILTER EXISTS { ?x !(<urn:e>|^<urn:d>) 7 } }"})[2]);
}

TEST_CASE("What the form of a query hangs on stays in its shape") {
  CHECK(key_of("SELECT * {} LIMIT 5") != key_of("SELECT * {} LIMIT 6"));
  CHECK(key_of("SELECT * {} OFFSET 5") != key_of("SELECT * {} OFFSET 6"));
  CHECK(key_of("PREFIX a: <urn:a> ASK {}") != key_of("PREFIX a: <urn:b> ASK {}"));
  CHECK(key_of("BASE <urn:a> ASK {}") != key_of("BASE <urn:b> ASK {}"));
  CHECK(key_of("ASK { ?s ?p 'x'^^<urn:a> }") != key_of("ASK { ?s ?p 'x'^^<urn:b> }"));
  CHECK(key_of("ASK { ?s ?p 'x'^^ex:a }") != key_of("ASK { ?s ?p 'x'^^ex:b }"));
  CHECK(key_of("ASK { ?s ?p 'x'@en }") != key_of("ASK { ?s ?p 'x'@de }"));
  CHECK(key_of("ASK { ?s ?p 'x' }") != key_of("ASK { ?s ?p <urn:x> }"));
  CHECK(key_of("ASK { ?s ?p 1 }") != key_of("ASK { ?s ?p 1.5 }"));
  CHECK(key_of("ASK { ?s ?p 1 }") != key_of("ASK { ?s ?p -1 }"));
  CHECK(key_of("ASK { ?s ?p 1 }") != key_of("ASK { ?s ?p 1e1 }"));
  CHECK(key_of("ASK { ?s ?p 1. }") == key_of("ASK { ?s ?p 2. }"));
  CHECK(key_of("ASK { ?s ?p a:b }") != key_of("ASK { ?s ?p c:b }"));
  CHECK(key_of("ASK { ?s ?p a:b. }") == key_of("ASK { ?s ?p a:c. }"));
  CHECK(key_of("ASK { ?s ?p a:b.c }") != key_of("ASK { ?s ?p a:b.d }"));
  CHECK(key_of("ASK { ?s ?p a:b... }") == key_of("ASK { ?s ?p a:c... }"));
  CHECK(key_of("ASK { ?s ?p a:b...c }") != key_of("ASK { ?s ?p a:b...d }"));
  CHECK(key_of("ASK { ?s ?p ?o FILTER ex:f(?o) }") != key_of("ASK { ?s ?p ?o FILTER ex:g(?o) }"));
  CHECK(key_of("ASK { ?s <urn:p> 1 , 1 }") != key_of("ASK { ?s <urn:p> 1 , 2 }"));
  CHECK(key_of("ASK { ?s <urn:p> 1 , 1 }") == key_of("ASK { ?s <urn:q> 2 , 2 }"));
  CHECK(key_of("ASK { _:a ?p ?o }") != key_of("ASK { _:b ?p ?o }"));
  CHECK(key_of("ASK { ?s1 ?p ?o }") != key_of("ASK { ?s2 ?p ?o }"));
  CHECK(key_of("ASK { ?s ?p 'unfinished }") == "none");
  CHECK(key_of("ASK { ?s ?p 'tripten-mark-0' }") == "none");
  CHECK(key_of("ASK { ?s ?p '\1s\1' }") == "none");
}

TEST_CASE("Texts whose algebra names their places are kept one by one") {
  const std::string cast = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> ";
  const auto of_cast = [&](std::string_view constant) {
    return cast + "SELECT (xsd:integer(?x) AS ?y) { ?s <urn:" + std::string(constant) + "> ?x }";
  };
  CHECK(cached({of_cast("p"), of_cast("long"), of_cast("x")}) ==
        Found{false, false, false, true, true, true});
  // A lenient form: its note names its column.
  CHECK(cached({"SELECT COUNT(*) { ?s <urn:p> 1 }", "SELECT COUNT(*) { ?s <urn:pp> 1 }",
                "SELECT COUNT(*)   { ?s <urn:p> 1 }"}) ==
        Found{false, false, false, true, true, true});
  CHECK(cached({"ASK { ?s rdf:type <urn:a> }", "ASK { ?s   rdf:type <urn:b> }"}) ==
        Found{false, false, true, true});
}

TEST_CASE("What a constant is part of may be no constant") {
  CHECK(cached({"SELECT (GROUP_CONCAT(?x; SEPARATOR = 'a') AS ?y) { ?s <urn:p> ?x }",
                "SELECT (GROUP_CONCAT(?x; separator='b') AS ?y) { ?s <urn:p> ?x }"})
            .size() == 4);
  cached({"ASK { ?a <urn:p> ?b FILTER(?a<?b && ?a>?b) }",
          "ASK { ?a <urn:q> ?b FILTER(?a<?b && ?a>?b) }", "ASK { ?a <urn:r> ?b FILTER(?a < ?b) }"});
  cached({"SELECT (?x-5 AS ?y) (?x -5 AS ?z) (?x - 5 AS ?w) { ?s <urn:p> ?x }",
          "SELECT (?x-5 AS ?y) (?x -5 AS ?z) (?x - 6 AS ?w) { ?s <urn:q> ?x }",
          "SELECT (?x-5 AS ?y) (?x -5 AS ?z) (?x - 7 AS ?w) { ?s <urn:r> ?x }"});
  cached({"ASK { ?s ?p \"\"\"a\"b\n\"\"\" , '\\'' , \"\\\\\" , '' }",
          "ASK { ?s ?p \"\"\"a\"b\n\"\"\" , '\\'' , \"\\\\\" , 'x' }",
          "ASK { ?s ?p \"\"\"a\"c\n\"\"\" , '\\'' , \"\\\\\" , 'y' }"});
  cached({"PREFIX : <urn:a> PREFIX : <urn:b> ASK { :x :p :y }",
          "PREFIX : <urn:a> PREFIX : <urn:b> ASK { :y :q :x }",
          "PREFIX : <urn:a> PREFIX : <urn:b> ASK { :z :q :%41 , :\\~a , :a.b , :a:b , :1 }"});
  cached({"SELECT (SUM(?x + 1) AS ?a) (SUM(?x + 1) AS ?b) { ?s <urn:p> ?x }",
          "SELECT (SUM(?x + 1) AS ?a) (SUM(?x + 2) AS ?b) { ?s <urn:p> ?x }",
          "SELECT (SUM(?x + 3) AS ?a) (SUM(?x + 3) AS ?b) { ?s <urn:p> ?x }",
          "SELECT (SUM(?x + 4) AS ?a) (SUM(?x + 5) AS ?b) { ?s <urn:p> ?x }"});
}

TEST_CASE("The base, strictness and placeholders are part of what was parsed") {
  ParsedQueries queries;
  const std::string relative = "ASK { <a> <urn:p> <b> }";
  for (const char* base : {"http://a.org/", "http://b.org/", "http://a.org/"}) {
    const ParseOptions options{.base = base};
    CHECK(is_same(*queries.parse(relative, options).query, parse_query(relative, options)));
  }
  const std::string known = "ASK { ?s rdf:type ?o }";
  CHECK(queries.parse(known, {}).query->leniencies.size() == 1);
  CHECK_THROWS_AS(queries.parse(known, {.strict = true}), Error);
  const std::string filled = "ASK { ?s <urn:p> {{x}} }";
  for (int round = 0; round < 2; ++round)
    for (const char* value : {"<urn:a>", "5", "a string", "<urn:b>", "<urn:c>"}) {
      const ParseOptions options{.parameters = {{"x", value}}};
      CHECK(is_same(*queries.parse(filled, options).query, parse_query(filled, options)));
    }
  CHECK(queries.parse(filled, {.parameters = {{"x", "<urn:d>"}}}).is_cached);
  // The same text behind a placeholder: notes name the places of the text that was written.
  const std::string lenient = "SELECT {{x}} COUNT(*) { ?s <urn:p> ?o }";
  CHECK_THROWS_AS(queries.parse(lenient, {.parameters = {{"x", "<urn:d>"}}}), Error);
}

TEST_CASE("Errors stay what they are, however often and after whatever") {
  ParsedQueries queries;
  queries.parse("ASK { ?s <urn:p> 1 }", {});
  for (int round = 0; round < 2; ++round) {
    CHECK_THROWS_WITH(queries.parse("ASK { ?s <urn:p 1 }", {}), Catch::Contains("found '<'"));
    CHECK_THROWS_AS(queries.parse("SELECT ?x { ?x ?y", {}), Error);
    CHECK_THROWS_AS(queries.parse("ASK { ?s no:p 1 }", {.strict = true}), Error);
  }
}

TEST_CASE("The queries kept stay within their bytes") {
  ParsedQueries queries(50'000);
  for (int i = 0; i < 500; ++i) {
    const std::string text = "SELECT ?v" + std::to_string(i) + " { ?s <urn:p> 1 }";
    CHECK(is_same(*queries.parse(text, {}).query, parse_query(text, {})));
    CHECK(queries.bytes() <= 50'000);
  }
  CHECK(queries.bytes() > 25'000);
  CHECK(queries.parse("SELECT ?v499 { ?s <urn:p> 1 }", {}).is_cached);
  CHECK_FALSE(queries.parse("SELECT ?v0 { ?s <urn:p> 1 }", {}).is_cached);
}

TEST_CASE("Threads may parse at the same time") {
  ParsedQueries queries(20'000);
  std::vector<std::jthread> threads;
  std::vector<int> wrong(4);
  for (std::size_t thread = 0; thread < wrong.size(); ++thread)
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 200; ++i) {
        const std::string text = "SELECT ?v" + std::to_string(i % 30) +
                                 " { <urn:" + std::to_string(thread) + "> <urn:p> " +
                                 std::to_string(i) + " }";
        wrong[thread] += !is_same(*queries.parse(text, {}).query, parse_query(text, {}));
      }
    });
  threads.clear();
  CHECK(wrong == std::vector<int>(4, 0));
}

}  // namespace
