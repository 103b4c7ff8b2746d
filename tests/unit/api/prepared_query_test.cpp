// Prepared queries: parsed once, run with other values on the data of the moment.
#include <atomic>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "tripten/tripten.h"

using namespace tripten;

namespace {

Database people() {
  Database db = Database::in_memory({.block_rows = 4});
  db.load_text(
      "@prefix : <http://ex.org/> .\n"
      ":ann :age 42 ; :name 'Ann' ; :knows :bob .\n"
      ":bob :age 7 ; :name 'Bob'@en .\n",
      Format::Turtle);
  return db;
}

Term ex(const std::string& name) {
  return Term::iri("http://ex.org/" + name);
}

/// The rows as TSV, without the line of names, sorted.
std::multiset<std::string> rows(Result result) {
  std::multiset<std::string> rows;
  for (const Row& row : result) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i)
      line += (i ? " " : "") + row[i].to_string();
    rows.insert(line);
  }
  return rows;
}

using Rows = std::multiset<std::string>;
constexpr const char* kInteger = "^^<http://www.w3.org/2001/XMLSchema#integer>";

std::string integer(int value) {
  return '"' + std::to_string(value) + '"' + kInteger;
}

constexpr const char* kAge = "SELECT ?age { ?who <http://ex.org/age> ?age }";

TEST_CASE("A prepared query runs with other values each time, and without any") {
  const Database db = people();
  const PreparedQuery ages = db.prepare(kAge);
  CHECK(ages.parameters() == std::vector<std::string>{"age", "who"});
  CHECK(rows(ages.query({.bindings = {{"who", ex("ann")}}})) == Rows{integer(42)});
  CHECK(rows(ages.query({.bindings = {{"who", ex("bob")}}})) == Rows{integer(7)});
  CHECK(rows(ages.query()) == Rows{integer(42), integer(7)});
  CHECK(rows(ages.query({.bindings = {{"who", ex("nobody")}}})).empty());
  CHECK(rows(ages.query({.bindings = {{"age", Term::integer(7)}}})) == Rows{integer(7)});
  CHECK(rows(ages.query({.bindings = {{"who", Term()}}})).size() == 2);  // unbound: no value
  CHECK(rows(ages.query({.parameters = {{"who", "<http://ex.org/bob>"}}})) == Rows{integer(7)});
  CHECK(rows(ages.query({.parameters = {{"age", "42"}}})) == Rows{integer(42)});
  const PreparedQuery copy = ages;
  CHECK(rows(copy.query({.bindings = {{"who", ex("ann")}}})) == Rows{integer(42)});
}

TEST_CASE("Values given to prepare() hold where a run has no other") {
  const Database db = people();
  const PreparedQuery ages = db.prepare(kAge, {.bindings = {{"who", ex("ann")}}});
  CHECK(rows(ages.query()) == Rows{integer(42)});
  CHECK(rows(ages.query({.bindings = {{"who", ex("bob")}}})) == Rows{integer(7)});
  CHECK(rows(ages.query()) == Rows{integer(42)});
  const PreparedQuery text = db.prepare(kAge, {.parameters = {{"who", "<http://ex.org/bob>"}}});
  CHECK(rows(text.query()) == Rows{integer(7)});
}

TEST_CASE("A value of a name that the query does not have is refused") {
  const Database db = people();
  const PreparedQuery ages = db.prepare(kAge);
  CHECK_THROWS_WITH(ages.query({.bindings = {{"whom", ex("ann")}}}),
                    "the query has no variable ?whom (did you mean who?)");
  CHECK_THROWS_WITH(ages.query({.parameters = {{"nobody", "5"}}}),
                    Catch::Contains("no variable ?nobody"));
  CHECK_THROWS_AS(db.prepare(kAge, {.bindings = {{"whom", ex("ann")}}}), Error);
}

TEST_CASE("A query that is wrong is refused when it is prepared") {
  const Database db = people();
  CHECK_THROWS_AS(db.prepare("SELECT ?x {"), Error);
  CHECK_THROWS_AS(db.prepare("ASK { ?s no:p ?o }"), Error);
  CHECK_THROWS_AS(db.prepare("INSERT DATA { <urn:a> <urn:b> 1 }"), Error);
  CHECK_THROWS_AS(db.prepare("ASK { ?s rdf:type ?o }", {.strict = true}), Error);
  CHECK_NOTHROW(db.prepare("ASK { ?s rdf:type ?o }"));
}

TEST_CASE("Placeholders take their texts when a prepared query runs") {
  const Database db = people();
  const PreparedQuery query =
      db.prepare("SELECT ?o { {{who}} <http://ex.org/{{what}}> ?o } LIMIT {{most}}");
  CHECK(query.parameters() == std::vector<std::string>{"who", "what", "most"});
  for (int round = 0; round < 3; ++round) {
    CHECK(rows(query.query(
              {.parameters = {{"who", "<http://ex.org/ann>"}, {"what", "age"}, {"most", "5"}}})) ==
          Rows{integer(42)});
    CHECK(rows(query.query(
              {.parameters = {{"who", "<http://ex.org/bob>"}, {"what", "name"}, {"most", "1"}}})) ==
          Rows{"\"Bob\"@en"});
    CHECK(
        rows(query.query(
                 {.bindings = {{"o", Term::integer(7)}},
                  .parameters = {{"who", "<http://ex.org/ann>"}, {"what", "age"}, {"most", "1"}}}))
            .empty());
  }
  CHECK_THROWS_WITH(query.query({.parameters = {{"who", "<http://ex.org/ann>"}, {"most", "5"}}}),
                    Catch::Contains("{{what}} has no value"));
  CHECK_THROWS_WITH(
      query.query({.bindings = {{"p", ex("age")}},
                   .parameters = {{"who", "<http://ex.org/ann>"}, {"what", "age"}, {"most", "5"}}}),
      Catch::Contains("no variable ?p"));
  const PreparedQuery some = db.prepare("SELECT ?o { {{who}} <http://ex.org/age> ?o }",
                                        {.parameters = {{"who", "<http://ex.org/ann>"}}});
  CHECK(rows(some.query()) == Rows{integer(42)});
  CHECK(rows(some.query({.parameters = {{"who", "<http://ex.org/bob>"}}})) == Rows{integer(7)});
  CHECK(rows(some.query()) == Rows{integer(42)});
}

TEST_CASE("A value of any kind stands for its variable") {
  Database db = Database::in_memory();
  db.load_text("<urn:a> <urn:p> 1, 01, 'x', 'x'@en, true, 1.5, 1e0, '2020-01-01'^^<urn:d>, _:b .",
               Format::Turtle);
  const PreparedQuery query = db.prepare("SELECT ?o (STR(?o) AS ?s) { ?a <urn:p> ?o }");
  for (const Row& row : db.query("SELECT ?o { ?a <urn:p> ?o }")) {
    const Term value = row[std::size_t{0}];
    INFO(value.to_string());
    CHECK(rows(query.query({.bindings = {{"o", value}}})).size() == 1);
  }
  CHECK(rows(query.query({.bindings = {{"o", Term::literal("y")}}})).empty());
}

TEST_CASE("A prepared query follows the data") {
  Database db = people();
  const PreparedQuery ages = db.prepare(kAge);
  const PreparedQuery named =
      db.prepare("SELECT ?who { ?who <http://ex.org/name> 'Cy' ; <http://ex.org/new> ?x }");
  const QueryOptions cy{.bindings = {{"who", ex("cy")}}};
  CHECK(rows(ages.query(cy)).empty());
  CHECK(rows(named.query()).empty());
  const Snapshot before = db.snapshot();
  db.update(
      "INSERT DATA { <http://ex.org/cy> <http://ex.org/age> 5 ; <http://ex.org/name> 'Cy' ; "
      "<http://ex.org/new> 'new' }");
  CHECK(rows(ages.query(cy)) == Rows{integer(5)});
  CHECK(rows(named.query()) == Rows{"<http://ex.org/cy>"});
  CHECK(rows(ages.query(before, cy)).empty());
  CHECK(rows(ages.query(before)).size() == 2);
  db.compact();
  CHECK(rows(ages.query(cy)) == Rows{integer(5)});
  CHECK(rows(named.query()) == Rows{"<http://ex.org/cy>"});
  db.load_text("<http://ex.org/cy> <http://ex.org/age> 6 .", Format::Turtle);
  CHECK(rows(ages.query(cy)) == Rows{integer(5), integer(6)});
  db.update("DELETE WHERE { <http://ex.org/cy> ?p ?o }");
  CHECK(rows(ages.query(cy)).empty());
  CHECK(rows(named.query()).empty());
}

TEST_CASE("A prepared query sees the changes of a transaction") {
  Database db = people();
  const PreparedQuery ages = db.prepare(kAge);
  {
    Transaction change = db.begin();
    change.update("INSERT DATA { <http://ex.org/cy> <http://ex.org/age> 5 }");
    CHECK(rows(ages.query(change, {.bindings = {{"who", ex("cy")}}})) == Rows{integer(5)});
    CHECK(rows(ages.query(change)).size() == 3);
    CHECK(rows(ages.query()).size() == 2);
    change.commit();
    CHECK_THROWS_WITH(ages.query(change), Catch::Contains("ended"));
  }
  CHECK(rows(ages.query()).size() == 3);
  Database other = people();
  CHECK_THROWS_WITH(ages.query(other.snapshot()), Catch::Contains("another database"));
  CHECK_THROWS_WITH(ages.query(other.begin()), Catch::Contains("another database"));
}

TEST_CASE("A prepared query keeps its database open") {
  const PreparedQuery ages = people().prepare(kAge);
  CHECK(rows(ages.query()).size() == 2);
}

TEST_CASE("Limits, stops, profiles and notes are those of a run") {
  const Database db = people();
  const PreparedQuery all = db.prepare("SELECT COUNT(*) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }");
  std::stop_source stop;
  stop.request_stop();
  CHECK_THROWS_AS(rows(all.query({.stop = stop.get_token()})), Error);
  Result result = all.query({.profile = true});
  CHECK(result.notes().size() == 1);
  for ([[maybe_unused]] const Row& row : result) {
  }
  CHECK_THAT(result.explain(), Catch::Contains("1 rows in"));
  CHECK_THAT(result.explain(), Catch::Contains(" ms (cached), planned in "));
  CHECK_THAT(result.explain(PlanFormat::Json), Catch::Contains("\"parse_cached\": true"));
  Result first = db.query("SELECT * { ?a <urn:first> ?b }", {.profile = true});
  CHECK_THAT(first.explain(PlanFormat::Json), Catch::Contains("\"parse_cached\": false"));
  Result second = db.query("SELECT * { ?a <urn:first> ?b }", {.profile = true});
  CHECK_THAT(second.explain(PlanFormat::Json), Catch::Contains("\"parse_cached\": true"));
  CHECK_THAT(db.query("ASK {}").explain(), !Catch::Contains("parsed in"));
  CHECK(rows(all.query({.batch_rows = 2})) == rows(all.query({.optimise = false})));
}

TEST_CASE("ASK, CONSTRUCT and DESCRIBE can be prepared") {
  const Database db = people();
  const PreparedQuery ask = db.prepare("ASK { ?who <http://ex.org/age> ?age }");
  CHECK(rows(ask.query({.bindings = {{"age", Term::integer(7)}}})) ==
        rows(db.query("ASK { ?who <http://ex.org/age> 7 }")));
  const PreparedQuery graph =
      db.prepare("CONSTRUCT { ?who <urn:is> ?age } { ?who <http://ex.org/age> ?age }");
  CHECK(rows(graph.query({.bindings = {{"who", ex("bob")}}})) ==
        Rows{"<http://ex.org/bob> <urn:is> " + integer(7)});
  const PreparedQuery description = db.prepare("DESCRIBE ?who { ?who <http://ex.org/age> ?age }");
  CHECK(rows(description.query({.bindings = {{"who", ex("bob")}}})).size() == 2);
}

TEST_CASE("Threads share a prepared query while others write") {
  Database db = people();
  const PreparedQuery ages = db.prepare(kAge);
  std::atomic<int> wrong = 0;
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 3; ++thread)
    threads.emplace_back([&] {
      for (int i = 0; i < 100; ++i) {
        if (rows(ages.query({.bindings = {{"who", ex("ann")}}})) != Rows{integer(42)}) ++wrong;
        if (rows(ages.query({.parameters = {{"age", "7"}}})) != Rows{integer(7)}) ++wrong;
        if (rows(db.query("SELECT ?o { <http://ex.org/n" + std::to_string(i % 7) +
                          "> <urn:no> ?o }")) != Rows{})
          ++wrong;
      }
    });
  for (int i = 0; i < 20; ++i)
    db.update("INSERT DATA { <http://ex.org/n" + std::to_string(i) + "> <http://ex.org/age> " +
              std::to_string(1000 + i) + " }");
  threads.clear();
  CHECK(wrong == 0);
  CHECK(rows(ages.query()).size() == 22);
}

TEST_CASE("Texts that differ in constants answer each for itself, before and after changes") {
  Database db = people();
  const auto age_of = [&](const std::string& name) {
    return rows(db.query("SELECT ?a { <http://ex.org/" + name + "> <http://ex.org/age> ?a }"));
  };
  for (int round = 0; round < 3; ++round) {
    CHECK(age_of("ann") == Rows{integer(42)});
    CHECK(age_of("bob") == Rows{integer(7)});
    CHECK(age_of("new" + std::to_string(round)).empty());
    db.update("INSERT DATA { <http://ex.org/new" + std::to_string(round) +
              "> <http://ex.org/age> 1 }");
    CHECK(age_of("new" + std::to_string(round)) == Rows{integer(1)});
  }
}

}  // namespace
