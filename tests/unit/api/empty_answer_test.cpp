// Why a query has no solutions, in sentences.
#include <catch2/catch.hpp>

#include "tripten/tripten.h"

using namespace tripten;

namespace {

constexpr const char* kFigures = R"(
  @prefix ex: <http://ex.org/> . @prefix schema: <http://schema.org/> .
  @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
  @prefix ncbigene: <https://identifiers.org/ncbigene/> .
  @prefix pf: <urn:tripten:pf#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
  ex:f1 a schema:Figure ; schema:mentions ncbigene:5728 ; pf:year 2019 ; schema:name "PTEN map"@en ;
        pf:code "17" .
  ex:f2 a schema:Figure ; schema:mentions ncbigene:672 ; pf:year 2021 ; pf:issued "2021"^^xsd:gYear .
  ncbigene:5728 a pf:Gene ; rdfs:label "PTEN" .
  ncbigene:672 a pf:Gene ; rdfs:label "BRCA1" .
  GRAPH ex:curated { ex:f1 ex:checkedBy ex:ann }
)";

Database figures() {
  Database db = Database::in_memory();
  db.load_text(kFigures, Format::TriG);
  return db;
}

/// The causes, one after the other.
std::string causes(const std::string& sparql) {
  static const Database db = figures();
  const EmptyAnswer why = db.snapshot().why_empty("PREFIX ex: <http://ex.org/> " + sparql);
  std::string all;
  for (const std::string& cause : why.causes)
    all += (all.empty() ? "" : "; ") + cause;
  return all;
}

EmptyAnswer why(const std::string& sparql) {
  static const Database db = figures();
  return db.snapshot().why_empty("PREFIX ex: <http://ex.org/> " + sparql);
}

}  // namespace

TEST_CASE("An unknown predicate or class is told with the nearest one") {
  CHECK(causes("SELECT * { ?f schema:mention ?g }") ==
        "no quad has the predicate schema:mention (did you mean schema:mentions?)");
  CHECK(causes("SELECT * { ?f a schema:Figur ; pf:year ?y }") ==
        "nothing is of the class schema:Figur (did you mean schema:Figure?)");
  CHECK(causes("SELECT * { ?f <https://schema.org/mentions> ?g }") ==
        "no quad has the predicate <https://schema.org/mentions> (did you mean "
        "<http://schema.org/mentions>, with http: and not https:?)");
  CHECK(causes("SELECT * { ?f rdfs:name ?g }") ==
        "no quad has the predicate rdfs:name (did you mean schema:name?)");
  CHECK(causes("SELECT * { ?f ex:zzzzzzzz ?g }") == "no quad has the predicate ex:zzzzzzzz");
}

TEST_CASE("The largest part that has solutions and the triple that ends it are told") {
  const EmptyAnswer found =
      why("SELECT * { ?f a schema:Figure ; schema:mentions ?g . ?g rdfs:label \"PTEN\"@en }");
  CHECK_FALSE(found.has_solutions);
  CHECK(found.largest == "?f a schema:Figure . ?f schema:mentions ?g");
  CHECK(found.ends_it == "?g rdfs:label \"PTEN\"@en");
  CHECK(found.causes ==
        std::vector<std::string>{"the data has \"PTEN\", a plain string, not \"PTEN\"@en, a string "
                                 "with a language tag"});
  CHECK(found.sentences() ==
        std::vector<std::string>{
            "These have solutions: ?f a schema:Figure . ?f schema:mentions ?g",
            "None is left by: ?g rdfs:label \"PTEN\"@en",
            "Likely: the data has \"PTEN\", a plain string, not \"PTEN\"@en, a string with a "
            "language tag."});
}

TEST_CASE("Literals of another kind are told from those of the data") {
  CHECK(causes("SELECT * { ?f schema:name \"PTEN map\" }") ==
        "the data has \"PTEN map\"@en, a string with a language tag, not \"PTEN map\", a plain "
        "string");
  CHECK(causes("SELECT * { ?f pf:year \"2019\" }") ==
        "the data has 2019, a number, not \"2019\", a plain string");
  CHECK(causes("SELECT * { ?f pf:code 17 }") ==
        "the data has \"17\", a plain string, not 17, a number");
  CHECK(causes("SELECT * { ?f pf:issued 2021 }") ==
        "the data has \"2021\"^^xsd:gYear, a literal of xsd:gYear, not 2021, a number");
  CHECK(causes("SELECT * { ?g rdfs:label \"pten\" }") == "the data has \"PTEN\", not \"pten\"");
  CHECK(causes("SELECT * { ?f schema:mentions \"PTEN\" }") ==
        "schema:mentions leads to things, not to texts: ncbigene:5728 is labelled \"PTEN\"");
}

TEST_CASE("Swapped subject and object, other graphs and unknown IRIs are found") {
  CHECK(causes("SELECT * { ncbigene:5728 schema:mentions ?f }") ==
        "subject and object may be swapped: the data has ?f schema:mentions ncbigene:5728");
  CHECK(causes("SELECT * { ?f a schema:Figure ; ex:checkedBy ?who }") ==
        "the default graph has no such triples, the graph ex:curated has: GRAPH ex:curated { ?f "
        "ex:checkedBy ?who }");
  CHECK(causes("SELECT * { ?f schema:mentions <http://identifiers.org/ncbigene/5728> }") ==
        "the data does not have <http://identifiers.org/ncbigene/5728> (did you mean "
        "<https://identifiers.org/ncbigene/5728>, with https: and not http:?)");
  CHECK(causes("SELECT * { VALUES ?g { ncbigene:1 } ?f schema:mentions ?g }") ==
        "the data does not have ncbigene:1");
}

TEST_CASE("A filter that no solution passes is told with a value") {
  const EmptyAnswer found = why("SELECT * { ?f pf:year ?y FILTER(?y > \"2000\") }");
  CHECK(found.largest == "?f pf:year ?y");
  CHECK(found.ends_it == "FILTER(?y > \"2000\")");
  CHECK(found.causes ==
        std::vector<std::string>{"?y is a number, 2019 for example, and is compared with a plain "
                                 "string, \"2000\""});
  CHECK(causes("SELECT * { ?f schema:name ?n FILTER(?n = \"PTEN map\") }") ==
        "?n has a language tag, \"PTEN map\"@en for example: compare STR(?n)");
  CHECK(causes("SELECT * { ?f pf:year ?y FILTER(?year > 2000) }") ==
        "nothing in the group binds ?year");
  CHECK(causes("SELECT * { ?f pf:year ?y FILTER(?y > 3000) }") ==
        "no solution passes it: ?y is 2019 for example");
  CHECK(why("SELECT * { ?f pf:year ?y FILTER(?y > 3000) }").ends_it == "FILTER(?y > 3000)");
  CHECK(causes("SELECT * { ?f pf:year ?y FILTER(CONTAINS(?y, \"20\")) }") ==
        "CONTAINS takes texts, and ?y is a number, 2019 for example: write STR(?y)");
  CHECK(causes("SELECT * { ?f schema:mentions ?g FILTER(STRSTARTS(?g, \"http\")) }") ==
        "STRSTARTS takes texts, and ?g is an IRI, ncbigene:5728 for example: write STR(?g)");
  CHECK(causes("SELECT * { ?g rdfs:label ?l FILTER(CONTAINS(?l, \"pten\")) }") ==
        "capitals differ: CONTAINS(LCASE(?l), \"pten\") has solutions");
  CHECK(causes("SELECT * { ?g rdfs:label ?l FILTER(?l = \"Pten\") }") ==
        "capitals differ: LCASE(?l) = \"pten\" has solutions");
  CHECK(causes("SELECT * { ?g rdfs:label ?l FILTER(REGEX(?l, \"^pten\")) }") ==
        "capitals differ: REGEX(?l, \"^pten\", \"i\") has solutions");
  CHECK(causes("SELECT * { ?f pf:year ?y MINUS { ?f a schema:Figure } }") ==
        "MINUS takes away every solution");
}

TEST_CASE("Parts that have solutions alone and not together are told") {
  const EmptyAnswer found = why("SELECT * { ?f pf:code ?c ; pf:issued ?d ; a schema:Figure }");
  CHECK(found.largest == "?f pf:code ?c . ?f a schema:Figure");
  CHECK(found.ends_it == "?f pf:issued ?d");
  CHECK(found.causes == std::vector<std::string>{"?f pf:issued ?d has solutions by itself, but "
                                                 "none of them goes with the rest"});
}

TEST_CASE("OPTIONAL takes nothing away, UNION and sub-SELECT are explained inside") {
  CHECK(causes("SELECT * { ?f schema:mention ?g OPTIONAL { ?f ex:no ?x } }") ==
        "no quad has the predicate schema:mention (did you mean schema:mentions?)");
  CHECK(causes("SELECT * { { ?f schema:mention ?g } UNION { ?f pf:yeer ?g } }") ==
        "{ ... } UNION { ... } has no solutions by itself; no quad has the predicate "
        "schema:mention (did you mean schema:mentions?); no quad has the predicate pf:yeer (did "
        "you mean pf:year?)");
  CHECK(causes("SELECT * { ?f a schema:Figure { SELECT ?f { ?f pf:yeer ?g } } }") ==
        "{ SELECT ... } has no solutions by itself; no quad has the predicate pf:yeer (did you "
        "mean pf:year?)");
}

TEST_CASE("What is above the pattern may leave nothing") {
  const EmptyAnswer limited = why("SELECT * { ?f a schema:Figure } LIMIT 0");
  CHECK(limited.has_solutions);
  CHECK(limited.causes == std::vector<std::string>{"LIMIT or OFFSET passes over all solutions"});
  CHECK(causes("SELECT ?f (COUNT(*) AS ?n) { ?f a schema:Figure } GROUP BY ?f HAVING(?n > 5)") ==
        "HAVING keeps none of the groups");
  const EmptyAnswer full = why("SELECT * { ?f a schema:Figure }");
  CHECK(full.has_solutions);
  CHECK(full.causes.empty());
  CHECK(causes("SELECT ?n { ?f pf:yeer ?n } GROUP BY ?n") ==
        "no quad has the predicate pf:yeer (did you mean pf:year?)");
}

TEST_CASE("SERVICE is not judged") {
  const EmptyAnswer found =
      why("SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } ?f schema:mention ?g }");
  CHECK(found.not_judged ==
        std::vector<std::string>{"SERVICE <http://localhost:1/> was not asked"});
  CHECK(found.causes.size() == 1);
  CHECK(causes("SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } ?f a schema:Figure }") ==
        "the rest has solutions, so that SERVICE <http://localhost:1/> gives none, or none that go "
        "with it");
}

TEST_CASE("Unknown names are told wherever they stand") {
  const Database db = figures();
  CHECK(db.snapshot().unknown_names(
            "SELECT * { ?f a schema:Figures OPTIONAL { ?f schema:mentoins/rdfs:label ?l } "
            "FILTER NOT EXISTS { ?f pf:yaer ?y } }") ==
        std::vector<std::string>{
            "nothing is of the class schema:Figures (did you mean schema:Figure?)",
            "no quad has the predicate schema:mentoins (did you mean schema:mentions?)",
            "no quad has the predicate pf:yaer (did you mean pf:year?)"});
  CHECK(db.snapshot().unknown_names("SELECT * { ?f a schema:Figure ; pf:year ?y }").empty());
}

TEST_CASE("A word that lacks its prefix is told with the name of the data") {
  const Database db = figures();
  const auto message = [&](const char* text) -> std::string {
    try {
      db.query(text);
    } catch (const Error& error) {
      return error.what();
    }
    return "accepted";
  };
  CHECK(message("SELECT * { ?f mentions ?g }") ==
        "expected a variable, an IRI, '(', '^', '!' or a, found 'mentions' (did you mean "
        "schema:mentions?)");
  CHECK(message("SELECT *\n{ ?f a\n  figur }") ==
        "expected a variable, an IRI, a literal, '(' or '[', found 'figur' (did you mean "
        "schema:Figure?)");
  CHECK(message("SELECT * { ?f unheardof ?g }") ==
        "expected a variable, an IRI, '(', '^', '!' or a, found 'unheardof'");
  CHECK(message("SELECT * { ?f shema:mentions ?g }") ==
        "prefix shema: is not declared (did you mean schema:?)");
}

TEST_CASE("An empty database explains itself") {
  const Database db = Database::in_memory();
  CHECK(db.snapshot().why_empty("SELECT * { ?s a ?c }").causes ==
        std::vector<std::string>{"the database is empty"});
}

TEST_CASE("Where the time is up, what could not be asked is told") {
  const Database db = figures();
  QueryOptions options;
  options.timeout = std::chrono::milliseconds(1);
  const EmptyAnswer found = db.snapshot().why_empty(
      "SELECT * { ?f a schema:Figure ; schema:mentions ?g . ?g rdfs:label \"none\" }", options);
  CHECK_FALSE(found.has_solutions);
  CHECK(found.not_judged == std::vector<std::string>{"some parts took too long to be asked"});
}

TEST_CASE("What is no query is an error, and a stop ends the search") {
  const Database db = figures();
  CHECK_THROWS_AS(db.snapshot().why_empty("SELECT"), Error);
  std::stop_source stop;
  stop.request_stop();
  QueryOptions options;
  options.stop = stop.get_token();
  try {
    db.snapshot().why_empty("SELECT * { ?f schema:mention ?g }", options);
    FAIL("not stopped");
  } catch (const Error& error) {
    CHECK(error.code == ErrorCode::Cancelled);
  }
}
