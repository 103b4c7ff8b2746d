// Plain data against what the grammar makes of the same text behind a comment, which is not plain.
#include "query/parse/plain_data.h"

#include <random>

#include <catch2/catch.hpp>

#include "query/parse/parse.h"

using namespace tripten;

namespace {

template <typename Data>
void require_same(const std::string& text) {
  INFO(text);
  const auto plain = read_plain_data(SourceText(text));
  REQUIRE(plain);
  const Update parsed = parse_update("#\n" + text, {.strict = true});
  REQUIRE(plain->operations.size() == 1);
  REQUIRE(parsed.operations.size() == 1);
  CHECK(std::get<Data>(plain->operations[0].node).quads ==
        std::get<Data>(parsed.operations[0].node).quads);
  CHECK(plain->operations[0].place.first + 1 == parsed.operations[0].place.first);
  CHECK(plain->operations[0].place.second == parsed.operations[0].place.second);
}

}  // namespace

TEST_CASE("Data written out is read as the grammar reads it") {
  require_same<InsertData>("INSERT DATA {}");
  require_same<InsertData>("insert\tData{<a:b> <a:c> <a:d>}");
  require_same<DeleteData>("\n  DELETE DATA { <a:b> <a:c> 007 . }\n");
  require_same<InsertData>("INSERT DATA { <a:b><a:c>\"x\\t\\\\\\\"\\n'\" . <a:b> <a:c> \"\" }");
  require_same<InsertData>("INSERT DATA { <a:é> <a:c> \"ü\"@DE .<a:b> <a:c> \"1\"^^<a:type> . }");
}

TEST_CASE("What is more than plain data is left to the grammar") {
  for (const char* const text : {"",
                                 "INSERT",
                                 "INSERT DATA",
                                 "INSERT DATA {",
                                 "INSERT DATA { <a:b> <a:c> }",
                                 "INSERT DATA { <a:b> <a:c> <a:d> } ;",
                                 "INSERT DATA { <a:b> <a:c> <a:d> . . }",
                                 "INSERT DATA { <a:b> <a:c> <a:d> <a:e> }",
                                 "INSERT DATA { <b> <a:c> <a:d> }",
                                 "INSERT DATA { <a:b> a <a:d> }",
                                 "INSERT DATA { <a:b> <a:c> <a:d> ; <a:e> <a:f> }",
                                 "INSERT DATA { <a:b> <a:c> 1, 2 }",
                                 "INSERT DATA { <a:b> <a:c> 1.5 . }",
                                 "INSERT DATA { <a:b> <a:c> 1. }",
                                 "INSERT DATA { <a:b> <a:c> -1 . }",
                                 "INSERT DATA { <a:b> <a:c> \"\"\"x\"\"\" . }",
                                 "INSERT DATA { <a:b> <a:c> 'x' . }",
                                 "INSERT DATA { <a:b> <a:c> \"x\ny\" . }",
                                 "INSERT DATA { <a:b> <a:c> \"\\x\" . }",
                                 "INSERT DATA { <a:b> <a:c> \"x\"@en-GB . }",
                                 "INSERT DATA { <a:b> <a:c> \"x\"@ . }",
                                 "INSERT DATA { <a:b> <a:c> \"x\"^^<int> . }",
                                 "INSERT DATA { \"x\" <a:c> <a:d> }",
                                 "INSERT DATA { _:b <a:c> <a:d> }",
                                 "INSERT DATA { GRAPH <a:g> { <a:b> <a:c> <a:d> } }",
                                 "INSERT DATA { <a:b> <a:c> <a:d> # more\n }",
                                 "INSERT DATA { <a:b> <a:c> <a:d e> }",
                                 "INSERT DATA { ?x <a:c> <a:d> }",
                                 "INSERTDATA { <a:b> <a:c> <a:d> }",
                                 "PREFIX x: <a:> INSERT DATA { <a:b> <a:c> <a:d> }",
                                 "INSERT DATA { <a:b> <a:c> \"x"})
    CHECK_FALSE(read_plain_data(SourceText(text)));
}

TEST_CASE("Whatever is read as plain data the grammar accepts and reads the same") {
  const std::string pieces[]{"<a:b>", "<a:c>", "\"x\"", "\"\\\"", " ",  ".", "}",
                             "{",     "1",     "@en",   "^^",     "\n", "#", "INSERT",
                             "DATA",  "-",     "\"",    "<",      "é",  ","};
  std::mt19937 random(51);
  int plain = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text = "INSERT DATA { <a:b> <a:c> ";
    for (auto count = random() % 5; count > 0; --count)
      text += pieces[random() % std::size(pieces)];
    if (random() % 2) text += " . <a:b> <a:c> <a:d>";
    text += " }";
    if (!read_plain_data(SourceText(text))) continue;
    ++plain;
    require_same<InsertData>(text);
  }
  CHECK(plain > 100);
}
