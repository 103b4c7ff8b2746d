// What is proposed at a cursor, from the grammar and from small data.
#include <chrono>

#include <catch2/catch.hpp>

#include "tripten/tripten.h"

using namespace tripten;

namespace {

constexpr const char* kFigures = R"(
  @prefix ex: <http://ex.org/> . @prefix schema: <http://schema.org/> .
  @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
  @prefix ncbigene: <https://identifiers.org/ncbigene/> .
  @prefix pf: <urn:tripten:pf#> .
  ex:f1 a schema:Figure ; schema:mentions ncbigene:5728 , ncbigene:672 ; pf:year 2019 .
  ex:f2 a schema:Figure ; schema:mentions ncbigene:5728 ; pf:year 2021 .
  ex:f3 a schema:Figure ; schema:mentions ncbigene:5728 ; pf:year 2021 ; schema:name "A PTEN map"@en .
  ncbigene:5728 a pf:Gene ; rdfs:label "PTEN" .
  ncbigene:672 a pf:Gene ; rdfs:label "BRCA1" .
  pf:Gene rdfs:label "gene" .
)";

/// Everything that was typed for people: text, count and label of each proposal at the `|`.
std::string proposed(const Snapshot& data, std::string text, CompletionOptions options = {}) {
  const std::size_t cursor = text.find('|');
  text.erase(cursor, 1);
  options.time = std::chrono::seconds(10);
  const Completion completion = data.complete(text, cursor, options);
  CHECK(completion.from + completion.length == cursor);
  std::string all;
  for (const Proposal& proposal : completion.proposals) {
    if (!all.empty()) all += ", ";
    all += proposal.text;
    if (proposal.count > 0)
      all += (proposal.estimated ? " ~" : " ") + std::to_string(proposal.count);
    if (!proposal.label.empty()) all += " '" + proposal.label + "'";
  }
  return all;
}

/// The same data, loaded into the base or inserted row by row.
Database figures(bool inserted) {
  Database db = Database::in_memory();
  if (inserted) db.update("INSERT DATA { <urn:a> <urn:b> <urn:c> }");
  db.load_text(kFigures, Format::Turtle);
  if (inserted) db.update("DELETE DATA { <urn:a> <urn:b> <urn:c> }");
  return db;
}

}  // namespace

TEST_CASE("Predicates of a class's instances are proposed with their counts") {
  const bool inserted = GENERATE(false, true);
  const Database db = figures(inserted);
  const Snapshot data = db.snapshot();
  CHECK(proposed(data, "SELECT * { ?f a schema:Figure ; |") ==
        "schema:mentions 4, a 3 'rdf:type', pf:year 3, schema:name 1");
  CHECK(proposed(data, "SELECT * { ?f a schema:Figure ; schema:m|") == "schema:mentions 4");
  CHECK(proposed(data, "SELECT * { ?g a pf:Gene . ?f a schema:Figure . ?g |") ==
        "a 2 'rdf:type', rdfs:label 2, ?f");
  CHECK(proposed(data, "SELECT * { ?f schema:mentions ?g . ?g |") ==
        "a 2 'rdf:type', rdfs:label 2, ?f");
}

TEST_CASE("Without a class all predicates are proposed, the commonest first") {
  const Database db = figures(false);
  const Snapshot data = db.snapshot();
  CHECK(proposed(data, "SELECT * { ?g ?h 1 . ?f |") ==
        "a 5 'rdf:type', schema:mentions 4, rdfs:label 3, pf:year 3, schema:name 1, ?h, ?g");
  CHECK(proposed(data, "SELECT * { ?f ment|") == "schema:mentions 4");
  CHECK(proposed(data, "SELECT * { ?f <http://schema.org/|") ==
        "<http://schema.org/mentions> 4, <http://schema.org/name> 1");
}

TEST_CASE("The predicates of a subject that is named are its own") {
  const Database db = figures(false);
  const Snapshot data = db.snapshot();
  CHECK(proposed(data, "SELECT * { <http://ex.org/f1> |") ==
        "schema:mentions 2, a 1 'rdf:type', pf:year 1");
}

TEST_CASE("Classes are proposed behind a") {
  const Database db = figures(false);
  const Snapshot data = db.snapshot();
  CHECK(proposed(data, "SELECT * { ?f a |") == "schema:Figure 3, pf:Gene 2 'gene'");
}

TEST_CASE("The commonest values of a predicate are proposed by label") {
  const bool inserted = GENERATE(false, true);
  const Database db = figures(inserted);
  const Snapshot data = db.snapshot();
  CHECK(proposed(data, "SELECT * { ?f schema:mentions PT|") == "ncbigene:5728 3 'PTEN'");
  CHECK(proposed(data, "SELECT * { ?f schema:mentions brc|") == "ncbigene:672 1 'BRCA1'");
  CHECK(proposed(data, "SELECT * { ?f schema:mentions \"PTE|") == "ncbigene:5728 3 'PTEN'");
  CHECK(proposed(data, "SELECT * { ?f schema:mentions ncbigene:5|") == "ncbigene:5728 3 'PTEN'");
  CHECK(proposed(data, "SELECT * { ?f pf:year 20|") == "2021 2, 2019 1");
  CHECK(proposed(data, "SELECT * { ?f schema:name \"A|") == "\"A PTEN map\"@en 1");
  CHECK(proposed(data, "DESCRIBE PTE|") == "ncbigene:5728 'PTEN'");
}

TEST_CASE("Values are proposed where a variable is compared or given a value") {
  const Database db = figures(false);
  const Snapshot data = db.snapshot();
  CHECK(proposed(data, "SELECT * { ?f pf:year ?y FILTER(?y = |") == "2021 2, 2019 1, ?y, ?f");
  CHECK(proposed(data, "SELECT * { ?f schema:mentions ?g FILTER(?g = PTE|") ==
        "ncbigene:5728 3 'PTEN'");
  CHECK(proposed(data, "SELECT * { ?g rdfs:label ?l FILTER(?l != \"B|") == "\"BRCA1\" 1");
  CHECK(proposed(data, "SELECT * { VALUES ?g { ncbigene:672 | } ?f schema:mentions ?g }") ==
        "ncbigene:5728 3 'PTEN', ncbigene:672 1 'BRCA1'");
  CHECK(proposed(data, "SELECT * { ?f a ?c FILTER(?c = |") ==
        "schema:Figure 3, pf:Gene 2 'gene', ?c, ?f");
}

TEST_CASE("Variables, keywords and functions are proposed where they fit") {
  const Database db = figures(false);
  const Snapshot data = db.snapshot();
  CHECK(proposed(data, "SEL|") == "SELECT");
  CHECK(proposed(data, "SELECT ?f { ?f ?p ?o . FIL|") == "FILTER");
  CHECK(proposed(data, "SELECT ?| { ?f schema:mentions ?gene }") == "?f, ?gene");
  CHECK(proposed(data, "SELECT * { ?f ?p ?o FILTER(STRS|") == "STRSTARTS(");
  CHECK(proposed(data, "SELECT * WHERE |") == "{");
  CHECK(proposed(data, "SELECT (1 AS |") == "");
  CHECK(proposed(data, "SELECT * { # |") == "");
}

TEST_CASE("Prefixes are proposed as far as the data or a declaration needs them") {
  const Database db = figures(false);
  const Snapshot data = db.snapshot();
  CHECK(proposed(data, "SELECT * { ?f sch|") ==
        "schema:mentions 4, schema:name 1, schema: 'http://schema.org/'");
  CHECK(proposed(data, "PREFIX sch|") == "schema: <http://schema.org/>");
  CHECK(proposed(data, "PREFIX schema: |").substr(0, 20) == "<http://schema.org/>");
  CHECK(proposed(data, "PREFIX s: <http://schema.org/> SELECT * { ?f s:m|") == "s:mentions 4");
  CHECK(proposed(data, "SELECT * { ?f a <http://schema.org/Figure> ; |", {.strict = true}) ==
        "<http://schema.org/mentions> 4, a 3 'rdf:type', <urn:tripten:pf#year> 3, "
        "<http://schema.org/name> 1");
}

TEST_CASE("Text of the data that a terminal would obey is escaped in proposals") {
  Database db = Database::in_memory();
  db.load_text("<urn:s> <urn:p> \"a\\u001B[31m\", \"b\\u202Ec\" .", Format::Turtle);
  CHECK(proposed(db.snapshot(), "SELECT * { ?s <urn:p> |") ==
        "\"a\\u001B[31m\" 1, \"b\\u202Ec\" 1");
}

TEST_CASE("An empty database and hostile cursors give proposals or none") {
  const Database db = Database::in_memory();
  const Snapshot data = db.snapshot();
  CHECK(proposed(data, "SELECT * { ?f |") == "a");
  CHECK(data.complete("SELECT", 4000).from == 0);
  CHECK(data.complete("", 1).proposals.size() > 10);
  CHECK(data.complete("\xff\xff", 1).proposals.empty());
  const std::string large(1 << 20, '{');
  CHECK(data.complete(large, large.size()).from == large.size());
  CHECK(data.complete("SELECT * { ?s ", 14, {.most = 0}).proposals.empty());
}
