// What a transaction shows of the data with its changes, besides queries.
#include <sstream>

#include <catch2/catch.hpp>

#include "tripten/tripten.h"

using namespace tripten;

namespace {

constexpr const char* kInsert = R"(
  PREFIX : <http://ex.org/>
  INSERT DATA { :ann a :Person ; rdfs:label "Ann" ; :knows :bob . :bob a :Person })";

std::vector<std::string> texts(const Completion& completion) {
  std::vector<std::string> all;
  for (const Proposal& proposal : completion.proposals)
    all.push_back(proposal.text);
  return all;
}

}  // namespace

TEST_CASE("A transaction's view has its changes, and the database has not") {
  Database db = Database::in_memory();
  Transaction transaction = db.begin();
  transaction.update(kInsert);
  const Snapshot view = transaction.view();
  CHECK(view.info().quads == 4);
  REQUIRE(view.info().classes.size() == 1);
  CHECK(view.info().classes[0].count == 2);
  CHECK(db.info().quads == 0);
  REQUIRE(view.named("Ann").found.size() == 1);
  CHECK(view.search("an").found.size() == 1);
  CHECK(db.snapshot().search("an").found.empty());
  CHECK(view.unknown_names("SELECT ?s { ?s <http://ex.org/knows> ?o }").empty());
  CHECK(db.snapshot().unknown_names("SELECT ?s { ?s <http://ex.org/knows> ?o }").size() == 1);
  CHECK(view.why_empty("SELECT ?s { ?s <http://ex.org/knows> ?o }").has_solutions);
  std::ostringstream dumped;
  view.dump(dumped);
  CHECK(dumped.str().find("<http://ex.org/ann> <http://ex.org/knows> <http://ex.org/bob> .") !=
        std::string::npos);
}

TEST_CASE("Completion in a transaction follows each of its updates") {
  Database db = Database::in_memory();
  const std::string text = "PREFIX : <http://ex.org/> SELECT * { ?s :";
  const auto proposed = [&](const Snapshot& data) {
    return texts(data.complete(text, text.size(), {.time = std::chrono::seconds(10)}));
  };
  for (int round = 0; round < 2; ++round) {  // another transaction after one that was undone
    Transaction transaction = db.begin();
    const std::string name = round == 0 ? "likes" : "hates";
    transaction.update("INSERT DATA { <urn:a> <http://ex.org/" + name + "> <urn:b> }");
    CHECK(proposed(transaction.view()) == std::vector<std::string>{":" + name});
    transaction.update("DELETE WHERE { ?s ?p ?o } ; INSERT DATA { <urn:a> <http://ex.org/x> 1 }");
    CHECK(proposed(transaction.view()) == std::vector<std::string>{":x"});
    CHECK(proposed(db.snapshot()).empty());
  }
}

TEST_CASE("What reads a transaction keeps nobody waiting after its commit") {
  Database db = Database::in_memory();
  Transaction first = db.begin();
  first.update("INSERT DATA { <urn:a> <urn:p> 1 , 2 }");
  const Snapshot view = first.view();
  Result result = first.query("SELECT ?o { ?s ?p ?o } ORDER BY ?o");
  first.commit();
  CHECK_THROWS_AS(first.view(), Error);
  CHECK(db.update("INSERT DATA { <urn:a> <urn:p> 3 }").inserted == 1);
  std::size_t rows = 0;
  for (const Row& row : result)
    rows += row.size();
  CHECK(rows == 2);
  CHECK(view.info().quads == 2);
  CHECK(db.info().quads == 3);
}

TEST_CASE("A dump ends when it is asked to") {
  Database db = Database::in_memory();
  db.update("INSERT DATA { <urn:a> <urn:p> 1 }");
  std::stop_source stop;
  stop.request_stop();
  for (const Format format : {Format::NQuads, Format::TriG}) {
    std::ostringstream out;
    try {
      db.snapshot().dump(out, format, {}, stop.get_token());
      FAIL("the dump went on");
    } catch (const Error& error) {
      CHECK(error.code == ErrorCode::Cancelled);
    }
  }
}

TEST_CASE("Places in a text that is part of a file count from its first line") {
  Database db = Database::in_memory();
  const auto place = [&](const char* text, bool strict = false) {
    try {
      db.query(text, {.first_line = 10, .strict = strict});
      return Position{};
    } catch (const Error& error) {
      return error.position.value_or(Position{});
    }
  };
  for (int again = 0; again < 2; ++again) {
    CHECK(place("SELECT ?s {\n ?s ?p }") == Position{11, 8});
    CHECK(place("SELECT ?s {\n ?s ?p \\u0061:b }", true) == Position{11, 8});
    CHECK(place("ASK { {{x}} }") == Position{10, 7});
    CHECK(place("ASK {\n\xff }") == Position{11, 1});
    const Result lenient =
        db.query("SELECT\nCOUNT(*) AS ?n { ?s ?p ?o }", {.first_line = again == 0 ? 10 : 20});
    CHECK(lenient.notes().size() == 1);
    for (const std::string& note : lenient.notes())
      CHECK(note.starts_with(again == 0 ? "line 11" : "line 21"));
  }
}
