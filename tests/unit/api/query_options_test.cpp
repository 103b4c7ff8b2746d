// What queries are told beside their text: prefixes, and whom to tell how far they are.
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tripten/tripten.h"

namespace tripten {
namespace {

bool holds(const Database& database, std::string_view ask, const QueryOptions& options) {
  Result result = database.query(ask, options);
  return (*result.begin())[0].value() == "true";
}

TEST_CASE("Prefixes given with a query are declared before its text, which may declare them anew") {
  Database database = Database::in_memory();
  const QueryOptions one{.prefixes = {{"x", "http://one/"}}};
  database.update("INSERT DATA { x:a x:p 1 }", one);
  CHECK(holds(database, "ASK { <http://one/a> <http://one/p> 1 }", {}));
  CHECK(holds(database, "ASK { x:a x:p 1 }", one));
  CHECK_FALSE(holds(database, "ASK { x:a x:p 1 }", {.prefixes = {{"x", "http://two/"}}}));
  CHECK_FALSE(holds(database, "PREFIX x: <http://two/> ASK { x:a x:p 1 }", one));
  CHECK_THROWS_AS(database.query("ASK { x:a x:p 1 }"), Error);
}

TEST_CASE("Prefixes given with a query need no note, and go before the known ones") {
  Database database = Database::in_memory();
  CHECK(database.query("ASK { ?s rdfs:label ?o }").notes().size() == 1);
  const QueryOptions given{.prefixes = {{"rdfs", "http://own/"}}};
  CHECK(database.query("ASK { ?s rdfs:label ?o }", given).notes().empty());
  database.update("INSERT DATA { <urn:s> <http://own/label> 1 }");
  CHECK(holds(database, "ASK { ?s rdfs:label ?o }", given));
  const QueryOptions strict{.prefixes = {{"rdfs", "http://own/"}}, .strict = true};
  CHECK(holds(database, "ASK { ?s rdfs:label ?o }", strict));
  CHECK_THROWS_AS(database.query("ASK { ?s rdf:type ?o }", strict), Error);
}

TEST_CASE("Parameters may be prefixed names of prefixes given") {
  Database database = Database::in_memory();
  database.update("INSERT DATA { <http://one/a> <urn:p> 1 }");
  CHECK(holds(database, "ASK { {{thing}} <urn:p> 1 }",
              {.parameters = {{"thing", "x:a"}}, .prefixes = {{"x", "http://one/"}}}));
  CHECK(holds(database, "ASK { ?thing <urn:p> 1 }",
              {.parameters = {{"thing", "x:a"}}, .prefixes = {{"x", "http://one/"}}}));
}

TEST_CASE("Values of a prepared query may be prefixed names of prefixes given") {
  Database database = Database::in_memory();
  database.update("INSERT DATA { <http://one/a> <urn:p> 1 . <http://two/a> <urn:p> 2 }");
  const std::string one(Term::integer(1).to_string()), two(Term::integer(2).to_string());
  const auto answer = [](Result result) { return (*result.begin())[0].to_string(); };
  const char* const text = "SELECT ?o { ?thing <urn:p> ?o }";
  const PreparedQuery prepared = database.prepare(text, {.prefixes = {{"x", "http://one/"}}});
  CHECK(answer(prepared.query({.parameters = {{"thing", "x:a"}}})) == one);
  // Those of a run go before, and the text's own before all.
  CHECK(answer(prepared.query(
            {.parameters = {{"thing", "x:a"}}, .prefixes = {{"x", "http://two/"}}})) == two);
  const PreparedQuery declares =
      database.prepare(std::string("PREFIX x: <http://two/> ") + text,
                       {.parameters = {{"thing", "x:a"}}, .prefixes = {{"x", "http://one/"}}});
  CHECK(answer(declares.query()) == two);
}

TEST_CASE("A sorted answer is written whole and in order, whatever its terms' places and memory") {
  Database database = Database::in_memory();
  constexpr int kRows = 40'000;
  std::string data, expected = "?s\n";
  for (int i = 0; i < kRows; ++i)
    data += "<urn:s" + std::to_string(i) + "> <urn:p> \"" + std::to_string(i * 17'389LL % kRows) +
            "\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n";
  database.load_text(data, Format::NTriples);
  std::vector<int> subjects(kRows);
  for (int i = 0; i < kRows; ++i)
    subjects[static_cast<std::size_t>(i * 17'389LL % kRows)] = i;
  for (const int subject : subjects)
    expected += "<urn:s" + std::to_string(subject) + ">\n";
  for (const std::size_t memory : {std::size_t{0}, std::size_t{4} << 20}) {
    std::ostringstream out;
    database.query("SELECT ?s { ?s <urn:p> ?n } ORDER BY ?n", {.memory_limit = memory})
        .write(out, Format::Tsv);
    CHECK(out.str() == expected);
  }
}

TEST_CASE("A query that takes long tells how far it is") {
  Database database = Database::in_memory();
  std::string data;
  for (int i = 0; i < 3000; ++i)
    data += "<urn:s" + std::to_string(i) + "> <urn:p> " + std::to_string(i) + " .\n";
  database.load_text(data, Format::Turtle);
  std::stop_source enough;
  QueryProgress last;
  int calls = 0;
  QueryOptions options{.timeout = std::chrono::seconds(60), .stop = enough.get_token()};
  options.progress = [&](const QueryProgress& progress) {
    CHECK(progress.rows_read >= last.rows_read);
    last = progress;
    if (++calls == 3) enough.request_stop();
  };
  Result result = database.query(
      "SELECT (COUNT(*) AS ?n) { ?a <urn:p> ?x . ?b <urn:p> ?y . ?c <urn:p> ?z "
      "FILTER(?x + ?y + ?z < 0) }",
      options);
  CHECK_THROWS_AS(result.begin(), Error);
  CHECK(calls == 3);
  CHECK(last.rows_read >= 3000);
  CHECK(last.memory > 0);
}

}  // namespace
}  // namespace tripten
