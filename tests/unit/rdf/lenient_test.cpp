#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/unit/rdf/collected.h"

using namespace tripten;
using Lines = std::vector<std::string>;

namespace {

struct Lenient {
  Lines lines{};
  Lines skipped{};
};

Lenient read_leniently(const std::string& text, Format format) {
  Lenient result;
  ReadOptions options = reading(format);
  options.lenient = true;
  options.on_skip = [&](const Error& error) { result.skipped.push_back(error.what()); };
  result.lines = read_lines(text, options);
  return result;
}

}  // namespace

TEST_CASE("Leniently, a bad line of N-Triples is left out and reported") {
  const Lenient result = read_leniently(
      "<x:a> <x:b> \"1\" .\n<x:a> oops \"2\" .\n<x:a> <x:b> \"\xFF\" .\n<x:a> <x:b> \"unclosed .\n"
      "<x:a> <x:b c> \"3\" .\n<x:a> <b> <x:c> .\n<x:a> <x:b> \"4\" .\n<x:a> <x:b>",
      Format::NTriples);
  CHECK(result.lines == Lines{"<x:a> <x:b> \"1\" .", "<x:a> <x:b> \"4\" ."});
  REQUIRE(result.skipped.size() == 6);
  CHECK_THAT(result.skipped[0], Catch::StartsWith("people, line 2, column 7: "));
  CHECK_THAT(result.skipped[1], Catch::StartsWith("people, line 3, column 14: "));
  CHECK_THAT(result.skipped[2], Catch::StartsWith("people, line 4, column 24: "));
  CHECK_THAT(result.skipped[3], Catch::StartsWith("people, line 5, column 11: "));
  CHECK_THAT(result.skipped[4], Catch::StartsWith("people, line 6, column 7: "));
  CHECK_THAT(result.skipped[5], Catch::StartsWith("people, line 8, column 12: "));
}

TEST_CASE("Leniently, a bad statement of Turtle is left out whole") {
  const Lenient result = read_leniently(
      "@prefix : <x:> .\n"
      ":a :b :c ; :d foo:e .\n"  // undeclared prefix behind a good triple
      ":a :b 1 .\n"
      ":a :b <x y> ; :c 2 .\n"  // a fault of the scan
      ":a :b 3 .\n"
      ":a :b [ :c 4 .\n"  // a bracket that stays open
      ":a :b 5 .\n"
      "@prefix : <y:> .\n"
      ":a :b 6 . :a :b :c :d . :a :b 7 .\n",
      Format::Turtle);
  const std::string integer = "^^<http://www.w3.org/2001/XMLSchema#integer> .";
  CHECK(result.lines == Lines{"<x:a> <x:b> \"1\"" + integer, "<x:a> <x:b> \"3\"" + integer,
                              "<x:a> <x:b> \"5\"" + integer, "<y:a> <y:b> \"6\"" + integer,
                              "<y:a> <y:b> \"7\"" + integer});
  CHECK(result.skipped.size() == 4);
}

TEST_CASE("Leniently, blank nodes stay apart behind a bad statement") {
  const Lenient result = read_leniently(
      "<x:s> <x:p> [] .\n<x:s> <x:p> [] , foo .\n<x:s> <x:p> [] , _:b1 .\n", Format::Turtle);
  REQUIRE(result.lines.size() == 3);
  CHECK(result.lines[0] != result.lines[1]);
  CHECK(result.lines[2] == "<x:s> <x:p> _:b1 .");
}

TEST_CASE("Leniently, a graph of TriG goes on behind a bad statement") {
  const Lenient result = read_leniently(
      "@prefix : <x:> .\n"
      ":g {\n  :a :b foo .\n  :a :b :c .\n  :a :b <x y> .\n  :a :b :d .\n}\n"
      "foo:h {\n  :a :b :e .\n  :a :b :f .\n}\n"
      ":i {\n  :a :b <\n}\n"
      ":a :b :j .\n",
      Format::TriG);
  CHECK(result.lines ==
        Lines{"<x:a> <x:b> <x:c> <x:g> .", "<x:a> <x:b> <x:d> <x:g> .", "<x:a> <x:b> <x:j> ."});
  CHECK(result.skipped.size() == 5);
}

TEST_CASE("Leniently, what says nothing is reported behind a bad statement as anywhere") {
  CHECK(
      read_leniently("<x:a> <x y> 1 .\n[] .\n<x:a> <x:b> <x:c> .", Format::Turtle).skipped.size() ==
      2);
}

TEST_CASE("Leniently, directives count once") {
  const Lenient result = read_leniently(
      "BASE <http://a/b/>\n<x> <x> <x> .\n@base <c/> .\n<y> <y> <y> .", Format::Turtle);
  CHECK(result.skipped.empty());
  CHECK(result.lines == Lines{"<http://a/b/x> <http://a/b/x> <http://a/b/x> .",
                              "<http://a/b/c/y> <http://a/b/c/y> <http://a/b/c/y> ."});
}
