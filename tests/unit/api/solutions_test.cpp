// Answers as values: kept while they are written, and written again.
#include <sstream>

#include <catch2/catch.hpp>

#include "tripten/tripten.h"

using namespace tripten;

namespace {

constexpr const char* kPeople =
    "@prefix : <http://ex.org/> .\n"
    ":ann :age 42 ; :name \"Ann\" ; :knows [ :name \"X\" ] .\n"
    ":bob :age 7 ; :name \"Bob\"@en ; :weight 1.50 ; :height 01 .\n";

constexpr const char* kSelect =
    "PREFIX : <http://ex.org/> SELECT ?s ?o ?none { ?s :age|:name|:weight|:height|:knows ?o } "
    "ORDER BY ?s ?o";
constexpr const char* kConstruct =
    "PREFIX ex: <http://ex.org/> CONSTRUCT { ?s ex:isCalled ?o } { ?s ex:name ?o }";

Database people() {
  Database db = Database::in_memory();
  db.load_text(kPeople, Format::Turtle);
  return db;
}

std::string written(Result result, Format format, const WriteOptions& options = {}) {
  std::ostringstream out;
  result.write(out, format, options);
  return out.str();
}

std::string written(const KeptAnswer& answer, Format format) {
  std::ostringstream out;
  write_solutions(out, answer.table, format, {.prefixes = answer.prefixes});
  return out.str();
}

TEST_CASE("A kept answer is written again as the same bytes in every format") {
  const Database db = people();
  for (const Format format :
       {Format::Csv, Format::Tsv, Format::Json, Format::Xml, Format::JsonLines, Format::Markdown,
        Format::Table, Format::Box, Format::Line, Format::Html}) {
    INFO(name_of(format));
    KeptAnswer kept;
    const std::string first = written(db.query(kSelect), format, {.keep = &kept});
    CHECK(first == written(db.query(kSelect), format));
    REQUIRE(kept.is_complete);
    CHECK(kept.table.rows.size() == 8);
    CHECK(kept.table.variables == std::vector<std::string>{"s", "o", "none"});
    CHECK(written(kept, format) == first);
    const std::string answer = written(db.query("ASK { ?s ?p 7 }"), format, {.keep = &kept});
    CHECK(kept.table.boolean == true);
    CHECK(written(kept, format) == answer);
  }
}

TEST_CASE("A kept graph is written again in the formats of graphs, and as a table") {
  const Database db = people();
  for (const Format format : {Format::NTriples, Format::NQuads, Format::Turtle, Format::TriG}) {
    INFO(name_of(format));
    KeptAnswer kept;
    const std::string first = written(db.query(kConstruct), format, {.keep = &kept});
    CHECK(kept.is_graph);
    CHECK(kept.table.rows.size() == 3);
    CHECK(written(kept, format) == first);
  }
  KeptAnswer kept;
  written(db.query(kConstruct), Format::Turtle, {.keep = &kept});
  CHECK(written(kept, Format::Csv).starts_with("subject,predicate,object\r\n"));
  KeptAnswer solutions;
  written(db.query(kSelect), Format::Tsv, {.keep = &solutions});
  CHECK_THROWS_WITH(written(solutions, Format::Turtle),
                    "the answer is a table of solutions, which ttl can't hold");
}

TEST_CASE("In Turtle the triples of a subject come together, with the prefixes that they use") {
  Database db = Database::in_memory();
  const char* construct =
      "PREFIX ex: <http://ex.org/> PREFIX none: <http://none.org/> "
      "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
      "CONSTRUCT { ?s ex:p ?n ; a ex:C ; rdfs:label ?l . ex:c ex:q ?s } "
      "{ VALUES (?s ?n ?l) { (ex:a 1 'x') (ex:b 2 'y') (ex:a 3 'x') "
      "  (ex:b '2020'^^xsd:gYear <http://more.org/m>) } }";
  const std::string expected =
      "@prefix ex: <http://ex.org/> .\n@prefix m: <http://more.org/> .\n"
      "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
      "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n\n"
      "ex:a ex:p 1, 3 ;\n    a ex:C ;\n    rdfs:label \"x\" .\n"
      "ex:c ex:q ex:a, ex:b .\n"
      "ex:b ex:p 2, \"2020\"^^xsd:gYear ;\n    a ex:C ;\n    rdfs:label \"y\", m:m .\n";
  KeptAnswer kept;
  WriteOptions options{.prefixes = {{"m", "http://more.org/"}, {"o", "http://o.org/"}},
                       .keep = &kept};
  CHECK(written(db.query(construct), Format::Turtle, options) == expected);
  kept.prefixes.insert(options.prefixes.begin(), options.prefixes.end());
  CHECK(written(kept, Format::Turtle) == expected);
}

TEST_CASE("A graph of more triples than are held back is written whole") {
  Database db = Database::in_memory();
  const char* construct =
      "PREFIX ex: <http://ex.org/> CONSTRUCT { ?s ex:p ?n } { "
      "VALUES ?a { 0 1 2 3 4 5 6 7 8 9 } VALUES ?b { 0 1 2 3 4 5 6 7 8 9 } "
      "VALUES ?c { 0 1 2 3 4 5 6 7 8 9 } VALUES ?d { 0 1 2 3 4 5 6 7 8 9 } VALUES ?e { 0 1 2 } "
      "BIND(?a * 10000 + ?b * 1000 + ?c * 100 + ?d * 10 + ?e AS ?n) "
      "BIND(IRI(CONCAT('http://ex.org/s', STR(?e))) AS ?s) }";
  KeptAnswer kept;
  const std::string turtle = written(db.query(construct), Format::Turtle, {.keep = &kept});
  CHECK(kept.table.rows.size() == 30'000);
  Database again = Database::in_memory();
  CHECK(again.load_text(turtle, Format::Turtle).inserted == 30'000);
  CHECK(written(kept, Format::Turtle) == turtle);
}

TEST_CASE("An answer that is too large is written whole and not kept") {
  const Database db = people();
  KeptAnswer kept{.most_bytes = 200};
  const std::string first = written(db.query(kSelect), Format::Tsv, {.keep = &kept});
  CHECK(first == written(db.query(kSelect), Format::Tsv));
  CHECK_FALSE(kept.is_complete);
  CHECK(kept.table.rows.empty());
  written(db.query("SELECT (1 AS ?x) {}"), Format::Tsv, {.keep = &kept});
  CHECK(kept.is_complete);
  CHECK(kept.table.rows.size() == 1);
}

TEST_CASE("What was read before is neither written nor kept") {
  const Database db = people();
  Result result = db.query("SELECT ?x { VALUES ?x { 1 2 3 } }");
  result.begin();
  KeptAnswer kept;
  CHECK(written(std::move(result), Format::Csv, {.keep = &kept}) == "x\r\n2\r\n3\r\n");
  CHECK(kept.table.rows.size() == 2);
}

TEST_CASE("A table of another engine is written in any format") {
  std::istringstream in("?x\t?y\n<http://ex.org/a>\t\"1\"@en\n\t_:b1\n");
  const SolutionTable table = read_solutions(in, Format::Tsv);
  std::ostringstream out;
  write_solutions(out, table, Format::Json);
  std::istringstream again(out.str());
  CHECK(read_solutions(again, Format::Json) == table);
}

TEST_CASE("A term's short text is what a table shows") {
  CHECK(short_text(Term::iri("http://www.w3.org/2000/01/rdf-schema#label")) == "rdfs:label");
  CHECK(short_text(Term::iri("http://ex.org/a"), {{"ex", "http://ex.org/"}}) == "ex:a");
  CHECK(short_text(Term::iri("http://ex.org/a b")) == "<http://ex.org/a b>");
  CHECK(short_text(Term::tagged("a\n\x1B[m", "en")) == "a↵\uFFFD[m@en");
  CHECK(short_text(Term::blank("b1")) == "_:b1");
  CHECK(short_text(Term()) == "∅");
}

}  // namespace

TEST_CASE("What stands for an unbound term can be chosen, but not in documents of the W3C") {
  const SolutionTable table{.variables = {"a", "b"}, .rows = {{Term::literal("x"), Term()}}};
  const auto written = [&](Format format, const WriteOptions& options) {
    std::ostringstream out;
    write_solutions(out, table, format, options);
    return out.str();
  };
  CHECK(written(Format::Table, {}).find("∅") != std::string::npos);
  for (const Format format : {Format::Table, Format::Box, Format::Line})
    CHECK(written(format, {.unbound = "none"}).find("none") != std::string::npos);
  CHECK(written(Format::Csv, {.unbound = "none"}) == "a,b\r\nx,\r\n");
}
