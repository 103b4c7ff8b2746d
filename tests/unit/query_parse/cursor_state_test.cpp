// What the grammar takes at a cursor, in finished, unfinished and broken texts.
#include "query/parse/cursor_state.h"

#include <algorithm>

#include <catch2/catch.hpp>

using namespace tripten;

namespace {

/// The state at the `|` of a text, which is taken out.
CursorState at(std::string text) {
  const std::size_t cursor = text.find('|');
  text.erase(cursor, 1);
  return cursor_state(text, cursor);
}

std::string keywords(const CursorState& state, bool functions = false) {
  std::string all;
  for (const ExpectedKeyword& keyword : state.keywords)
    if (keyword.is_function == functions) all += (all.empty() ? "" : " ") + keyword.text;
  return all;
}

}  // namespace

TEST_CASE("An empty text may begin with any form of a query or update", "[cursor]") {
  const CursorState state = at("|");
  CHECK(keywords(state) ==
        "SELECT ASK CONSTRUCT DESCRIBE PREFIX INSERT DELETE ADD BASE CLEAR COPY CREATE DROP LOAD "
        "MOVE WITH");
  CHECK(state.place == CursorPlace::None);
}

TEST_CASE("Keywords follow from the rules that are open", "[cursor]") {
  CHECK(keywords(at("SELECT |")) == "DISTINCT REDUCED");
  CHECK(keywords(at("SELECT |"), true) == "COUNT AVG GROUP_CONCAT MAX MIN SAMPLE SUM");
  CHECK(keywords(at("SELECT * { ?s ?p ?o } |")) == "VALUES GROUP ORDER LIMIT OFFSET HAVING");
  CHECK(keywords(at("SELECT * { ?s ?p ?o } ORDER |")) == "BY");
  CHECK(keywords(at("SELECT * { ?s ?p ?o . |")) ==
        "FILTER OPTIONAL BIND VALUES MINUS false GRAPH LATERAL SERVICE true");
  CHECK(keywords(at("SELECT * { {} |")).find("UNION") != std::string::npos);
  CHECK(keywords(at("SELECT * { |")).substr(0, 6) == "SELECT");
  CHECK(keywords(at("INSERT DATA { } ; |")).find("DELETE") != std::string::npos);
}

TEST_CASE("The place of a name follows from the grammar", "[cursor]") {
  CHECK(at("SELECT * { |").place == CursorPlace::Subject);
  CHECK(at("SELECT * { ?s |").place == CursorPlace::Predicate);
  CHECK(at("SELECT * { ?s ?p |").place == CursorPlace::Object);
  CHECK(at("SELECT * { ?s ?p ?o ; |").place == CursorPlace::Predicate);
  CHECK(at("SELECT * { ?s ?p ?o , |").place == CursorPlace::Object);
  CHECK(at("SELECT * { ?s a/|").place == CursorPlace::Predicate);
  CHECK(at("SELECT * { ?s ?p [ |").place == CursorPlace::Predicate);
  CHECK(at("SELECT * { FILTER(|").place == CursorPlace::Expression);
  CHECK(at("SELECT * { ?s ?p \"1\"^^|").place == CursorPlace::Datatype);
  CHECK(at("SELECT * FROM |").place == CursorPlace::GraphName);
  CHECK(at("SELECT * { GRAPH |").place == CursorPlace::GraphName);
  CHECK(at("DESCRIBE |").place == CursorPlace::Resource);
  CHECK(at("SELECT (1 AS |").place == CursorPlace::NewVariable);
  CHECK(at("PREFIX |").place == CursorPlace::PrefixName);
  CHECK(at("PREFIX a: |").place == CursorPlace::Namespace);
  CHECK(at("INSERT { ?s |").place == CursorPlace::Predicate);
}

TEST_CASE("The word that is typed ends at the cursor", "[cursor]") {
  const auto word = [](const std::string& text) {
    const CursorState state = at(text);
    return std::to_string(state.from) + " " + state.word;
  };
  CHECK(word("SEL|") == "0 SEL");
  CHECK(word("SELECT|") == "0 SELECT");
  CHECK(word("SELECT |") == "7 ");
  CHECK(word("SELECT * { ?f schema:me| ?x }") == "14 schema:me");
  CHECK(word("SELECT * { ?f schema:|") == "14 schema:");
  CHECK(word("SELECT ?|") == "7 ?");
  CHECK(word("SELECT * { ?f ?p \"PT E|") == "17 \"PT E");
  CHECK(word("SELECT * { ?f ?p <http://ex.org/a#b|") == "17 <http://ex.org/a#b");
  CHECK(word("SELECT * { ?f ?p <|") == "17 <");
  CHECK(word("ASK { 'é' ?|") == "11 ?");
  CHECK(at("SELECT * { # a comm|").in_comment);
  CHECK(at("SELECT * { ?s ?p \"PTE|").in_string);
}

TEST_CASE("The triple around the cursor is known", "[cursor]") {
  const CursorState object = at("SELECT * { ?f a schema:Figure ; schema:mentions | }");
  CHECK(object.subject == "?f");
  CHECK(object.predicate == "schema:mentions");
  CHECK(object.triples == std::vector<OutlinedTriple>{{"?f", "a", "schema:Figure"}});
  const CursorState inner = at("SELECT * { ?f ?p [ a schema:Gene ; | ] . ?f a schema:Figure }");
  CHECK(inner.subject == "[1]");
  CHECK(inner.triples == std::vector<OutlinedTriple>{{"[1]", "a", "schema:Gene"},
                                                     {"?f", "?p", "[1]"},
                                                     {"?f", "a", "schema:Figure"}});
  const CursorState optional =
      at("SELECT * { ?f a ex:A FILTER(?f > 3) VALUES ?x { 1 2 3 } OPTIONAL { ?f |");
  CHECK(optional.subject == "?f");
  CHECK(optional.triples == std::vector<OutlinedTriple>{{"?f", "a", "ex:A"}});
  CHECK(at("ASK { ?s ex:p/ex:q ?o . ?s ex:l \"a\"@en , 3 }|").triples ==
        std::vector<OutlinedTriple>{
            {"?s", "", "?o"}, {"?s", "ex:l", "\"a\"@en"}, {"?s", "ex:l", "3"}});
}

TEST_CASE("Variables come from the whole text, the nearest first", "[cursor]") {
  CHECK(at("SELECT ?a { ?a ?b ?c . | ?d ?a ?e }").variables ==
        std::vector<std::string>{"?c", "?b", "?a", "?d", "?e"});
}

TEST_CASE("Texts that are wrong before the cursor are read on", "[cursor]") {
  CHECK(at("SELCT ?x WHERE { ?x |").place == CursorPlace::Predicate);
  CHECK(at("SELECT ?x WHERE { ?x ?y . ?x |").place == CursorPlace::Predicate);
  CHECK(at("SELECT ?x WHERE { { ?x ?y } ?x ?p |").place == CursorPlace::Object);
  CHECK(at("SELECT ?x { ?x FILTER ?y > 3 . ?x |").place == CursorPlace::Predicate);
  CHECK(at("?x ?y { ?x |").place == CursorPlace::Predicate);
}

TEST_CASE("Hostile texts are read in bounded time", "[cursor]") {
  const auto repeated = [](const std::string& part, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i)
      text += part;
    return text;
  };
  for (const std::string& text :
       {repeated("{", 1 << 20), repeated("(", 1 << 20), repeated("a.", 1 << 19),
        repeated("[ ?p ", 1 << 18), repeated("\xff\xfe", 1 << 19), repeated("\"", 1 << 20),
        repeated("SELECT * { ?s ?p ?o . ", 1 << 16), repeated("<", 1 << 20),
        repeated("?x ", 1 << 18), std::string(1 << 20, '\0'), repeated("}", 1 << 20),
        "ASK { FILTER(" + repeated("1 + ", 1 << 18)}) {
    CHECK(cursor_state(text, text.size()).from <= text.size());
    CHECK(cursor_state(text, text.size() / 2 + 1).from <= text.size());
    CHECK(cursor_state(text, ~std::size_t{0}).from <= text.size());
  }
}
