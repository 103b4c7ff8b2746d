// The embedding API as its header promises it.
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include <catch2/catch.hpp>

#include "tripten/tripten.h"

using namespace tripten;

namespace {

constexpr const char* kPeople =
    "@prefix : <http://ex.org/> .\n"
    ":ann :age 42 ; :name \"Ann\" .\n"
    ":bob :age 7 ; :name \"Bob\"@en .\n";

Database people() {
  Database db = Database::in_memory();
  db.load_text(kPeople, Format::Turtle);
  return db;
}

/// A folder that goes with the test.
struct Folder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() /
      ("tripten-api-" + std::to_string(std::hash<std::thread::id>{}(std::this_thread::get_id())) +
       "-" + std::to_string(std::chrono::steady_clock::now().time_since_epoch().count()));
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
};

std::string written(Result result, Format format) {
  std::ostringstream out;
  result.write(out, format);
  return out.str();
}

int count(const Database& db, std::string_view query) {
  int rows = 0;
  for ([[maybe_unused]] const Row& row : db.query(query))
    ++rows;
  return rows;
}

ErrorCode code_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.code;
  }
  FAIL("nothing was thrown");
  return ErrorCode::Internal;
}

TEST_CASE("A compaction goes on beside snapshots, can be stopped, and shows how far it is") {
  Database db = Database::in_memory({.block_rows = 4});
  db.update("INSERT DATA { <urn:a> <urn:p> 'kept' , 'gone' }");
  const Snapshot before = db.snapshot();
  db.update("DELETE DATA { <urn:a> <urn:p> 'gone' }");
  std::stop_source stop;
  stop.request_stop();
  CHECK_THROWS_AS(db.compact({.stop = stop.get_token()}), Error);
  double done = -1;
  const CompactReport report = db.compact({.progress = [&](double now) {
    CHECK(now >= done);
    done = now;
  }});
  CHECK(done == 1);
  CHECK(report.folded == 1);
  CHECK(report.removed_terms == 1);
  CHECK(db.info().delta_rows == 0);
  CHECK(db.check().empty());
  CHECK((*before.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").begin())["n"].value() == "2");
  CHECK((*before.query("ASK { <urn:a> <urn:p> 'gone' }").begin())[0].value() == "true");
  CHECK((*db.query("ASK { <urn:a> <urn:p> 'gone' }").begin())[0].value() == "false");
  CHECK((*db.query("ASK { <urn:a> <urn:p> 'kept' }").begin())[0].value() == "true");
  CHECK(db.compact().folded == 0);
}

}  // namespace

TEST_CASE("Rows are read by name and by column") {
  const Database db = people();
  std::set<std::string> seen;
  for (const Row& row : db.query("SELECT ?who ?age { ?who <http://ex.org/age> ?age }")) {
    CHECK(row["who"] == row[0]);
    CHECK(row.size() == 2);
    seen.insert(row["who"].value() + "=" + row["age"].value());
    CHECK(code_of([&] { row["nobody"]; }) == ErrorCode::NotFound);
    CHECK(code_of([&] { row[2]; }) == ErrorCode::NotFound);
  }
  CHECK(seen == std::set<std::string>{"http://ex.org/ann=42", "http://ex.org/bob=7"});
}

TEST_CASE("ASK answers with one row and column") {
  const Database db = people();
  Result result = db.query("ASK { ?s ?p 7 }");
  REQUIRE(result.is_boolean());
  REQUIRE(result.columns().size() == 1);
  CHECK((*result.begin())[0] == Term::boolean(true));
}

TEST_CASE("CONSTRUCT answers with subject, predicate and object") {
  const Database db = people();
  Result result = db.query(
      "PREFIX : <http://ex.org/> CONSTRUCT { ?s :aged ?a } { ?s :age ?a FILTER(?a > 10) }");
  CHECK(result.columns() == std::vector<std::string>{"subject", "predicate", "object"});
  int rows = 0;
  for (const Row& row : result) {
    ++rows;
    CHECK(row["subject"] == Term::iri("http://ex.org/ann"));
    CHECK(row["predicate"] == Term::iri("http://ex.org/aged"));
    CHECK(row["object"] == Term::integer(42));
  }
  CHECK(rows == 1);
}

TEST_CASE("Writing goes on where reading stopped") {
  const Database db = people();
  Result result = db.query("SELECT ?age { ?s <http://ex.org/age> ?age } ORDER BY ?age");
  auto row = result.begin();
  CHECK((*row)["age"] == Term::integer(7));
  std::ostringstream out;
  result.write(out, Format::Csv);
  CHECK(out.str() == "age\r\n42\r\n");
}

TEST_CASE("A format that does not fit the answer is refused") {
  const Database db = people();
  CHECK(code_of([&] { written(db.query("ASK {}"), Format::Turtle); }) == ErrorCode::Invalid);
  CHECK(code_of([&] { written(db.query("DESCRIBE <urn:x>"), Format::Csv); }) == ErrorCode::Invalid);
}

TEST_CASE("Bindings are values that variables have before the query runs") {
  const Database db = people();
  auto result =
      db.query("SELECT ?who ?n { ?who <http://ex.org/age> ?age ; <http://ex.org/name> ?n }",
               {.bindings = {{"age", Term::integer(7)}}});
  int rows = 0;
  for (const Row& row : result) {
    ++rows;
    CHECK(row["n"] == Term::tagged("Bob", "en"));
  }
  CHECK(rows == 1);
}

TEST_CASE("A snapshot never changes") {
  Database db = people();
  const Snapshot before = db.snapshot();
  db.update("DELETE WHERE { ?s ?p ?o }");
  int rows = 0;
  for ([[maybe_unused]] const Row& row : before.query("SELECT * { ?s ?p ?o }"))
    ++rows;
  CHECK(rows == 4);
  CHECK(count(db, "SELECT * { ?s ?p ?o }") == 0);
}

TEST_CASE("A transaction sees its own changes and others don't until it commits") {
  Database db = people();
  Transaction change = db.begin();
  change.update("INSERT DATA { <urn:x> <urn:p> 1 }");
  int own = 0;
  for ([[maybe_unused]] const Row& row : change.query("SELECT * { <urn:x> ?p ?o }"))
    ++own;
  CHECK(own == 1);
  CHECK(count(db, "SELECT * { <urn:x> ?p ?o }") == 0);
  change.commit();
  CHECK(count(db, "SELECT * { <urn:x> ?p ?o }") == 1);
}

TEST_CASE("A transaction that is destroyed before commit is undone") {
  Database db = people();
  { db.begin().update("DELETE WHERE { ?s ?p ?o }"); }
  CHECK(count(db, "SELECT * { ?s ?p ?o }") == 4);
}

TEST_CASE("An update that fails half way changes nothing") {
  Database db = people();
  CHECK(code_of([&] {
          db.update("DELETE WHERE { ?s ?p ?o } ; LOAD <file:///no/such/file.ttl>");
        }) == ErrorCode::NotFound);
  CHECK(count(db, "SELECT * { ?s ?p ?o }") == 4);
}

TEST_CASE("A failed update ends its transaction") {
  Database db = people();
  Transaction change = db.begin();
  change.update("INSERT DATA { <urn:x> <urn:p> 1 }");
  CHECK_THROWS_AS(change.update("LOAD <file:///no/such/file.ttl>"), Error);
  CHECK(code_of([&] { change.commit(); }) == ErrorCode::Invalid);
  CHECK(count(db, "SELECT * { <urn:x> ?p ?o }") == 0);
}

TEST_CASE("Counts of an update are those of changed quads") {
  Database db = people();
  const Changes changes = db.update(
      "PREFIX : <http://ex.org/> DELETE { ?s :age ?a } INSERT { ?s :years ?a . :ann :name \"Ann\" "
      "} "
      "WHERE { ?s :age ?a }");
  CHECK(changes.inserted == 2);
  CHECK(changes.deleted == 2);
}

TEST_CASE("A syntax error has a code and a position") {
  const Database db = people();
  try {
    db.query("SELECT ?s {\n  ?s ?p }");
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.code == ErrorCode::Syntax);
    REQUIRE(error.position);
    CHECK(*error.position == Position(2, 9));
  }
}

TEST_CASE("A stop that was requested ends a query") {
  const Database db = people();
  std::stop_source stop;
  Result result =
      db.query("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", {.stop = stop.get_token()});
  stop.request_stop();
  CHECK(code_of([&] { written(std::move(result), Format::Tsv); }) == ErrorCode::Cancelled);
}

TEST_CASE("A timeout ends a query") {
  Database db = Database::in_memory();
  std::string triples;
  for (int i = 0; i < 500; ++i)
    triples += "<urn:s" + std::to_string(i) + "> <urn:p> " + std::to_string(i) + " .\n";
  db.load_text(triples, Format::Turtle);
  CHECK(code_of([&] {
          written(db.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l "
                           "FILTER(?c + ?f + ?i + ?l < 0) }",
                           {.timeout = std::chrono::milliseconds(50)}),
                  Format::Tsv);
        }) == ErrorCode::Limit);
}

TEST_CASE("A database on disk is there again when it is opened again") {
  const Folder folder;
  const auto path = folder.path / "people.db";
  {
    Database db(path);
    std::ofstream(folder.path / "people.ttl") << kPeople;
    CHECK(db.load(folder.path / "people.ttl").inserted == 4);
    CHECK(db.load(folder.path / "people.ttl").inserted == 0);
    db.update("INSERT DATA { <urn:x> <urn:p> \"01\"^^<http://www.w3.org/2001/XMLSchema#integer> }");
  }
  const Database db(path, {.read_only = true});
  CHECK(count(db, "SELECT * { ?s ?p ?o }") == 5);
  CHECK(count(db, "SELECT * { ?s ?p 1 }") == 0);
  CHECK(count(db, "SELECT * { ?s ?p ?o FILTER(?o = 1) }") == 1);
  CHECK(db.check().empty());
}

TEST_CASE("Two databases in one process stay apart") {
  Database one = people();
  const Database two = Database::in_memory();
  CHECK(count(one, "SELECT * { ?s ?p ?o }") == 4);
  CHECK(count(two, "SELECT * { ?s ?p ?o }") == 0);
}

TEST_CASE("A result keeps its database open") {
  auto result = std::make_unique<Result>(people().query("SELECT ?s { ?s ?p 42 }"));
  int rows = 0;
  for (const Row& row : *result) {
    CHECK(row["s"] == Term::iri("http://ex.org/ann"));
    ++rows;
  }
  CHECK(rows == 1);
}

TEST_CASE("A read-only database refuses to write") {
  const Folder folder;
  { Database db(folder.path / "x.db"); }
  Database db(folder.path / "x.db", {.read_only = true});
  CHECK(code_of([&] { db.update("INSERT DATA { <urn:a> <urn:b> 1 }"); }) == ErrorCode::Invalid);
}

TEST_CASE("Readers on many threads share one database while it is written") {
  Database db = people();
  std::atomic<bool> done = false;
  std::atomic<int> wrong = 0;
  std::vector<std::jthread> readers;
  for (int i = 0; i < 3; ++i)
    readers.emplace_back([&] {
      while (!done)  // every transaction below inserts two quads or deletes two
        if (count(db, "SELECT * { ?s <urn:pair> ?o }") % 2 != 0) ++wrong;
    });
  for (int i = 0; i < 50; ++i)
    db.update("INSERT DATA { <urn:" + std::to_string(i) + "> <urn:pair> 1, 2 }");
  done = true;
  readers.clear();
  CHECK(wrong == 0);
  CHECK(count(db, "SELECT * { ?s <urn:pair> ?o }") == 100);
}

TEST_CASE("Info counts quads, predicates and classes with labels") {
  Database db = people();
  db.load_text(
      "@prefix : <http://ex.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
      ":ann a :Person . :bob a :Person . :Person rdfs:label \"a person\" .",
      Format::Turtle);
  const Info info = db.info();
  CHECK(info.quads == 7);
  REQUIRE(info.classes.size() == 1);
  CHECK(info.classes[0].term == Term::iri("http://ex.org/Person"));
  CHECK(info.classes[0].label == "a person");
  CHECK(info.classes[0].count == 2);
  CHECK(info.predicates.size() == 4);
}

TEST_CASE("Keywords of a figure are resolved through genes that the database holds already") {
  const Folder folder;
  Database db = Database::in_memory();
  db.load_text(
      "@prefix pf: <urn:tripten:pf#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
      "<https://identifiers.org/ncbigene/5728> a pf:Gene ; rdfs:label \"PTEN\" .",
      Format::Turtle);
  std::ofstream(folder.path / "figure.md") << "---\nfigid: PMC1__f1\nfigtitle: A title\n"
                                              "pmcid: PMC1\norganisms:\n- Homo sapiens\n"
                                              "organisms_ner:\n- Homo sapiens\n"
                                              "schema-jsonld:\n  keywords:\n  - PTEN\n  - XYZ\n"
                                              "---\n";
  const LoadReport report = db.load({folder.path / "figure.md"}, LoadOptions{});
  CHECK(report.figures == 1);
  CHECK(report.keywords_resolved == 1);
  CHECK(report.keywords_unresolved == 1);
  CHECK(count(db, "SELECT * { ?figure schema:mentions ncbigene:5728 }") == 1);
}
