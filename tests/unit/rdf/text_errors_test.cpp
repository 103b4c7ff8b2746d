#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/unit/rdf/collected.h"

using namespace tripten;
using namespace std::string_literals;

namespace {

struct Case {
  Format format;
  std::string text;
  ErrorCode code;
  std::string message;  // behind "people, "
};

constexpr auto kSyntax = ErrorCode::Syntax;
constexpr auto kInvalid = ErrorCode::Invalid;
constexpr auto kTurtle = Format::Turtle;
constexpr auto kTriG = Format::TriG;
constexpr auto kLines = Format::NTriples;
constexpr auto kQuads = Format::NQuads;

void check_errors(const std::vector<Case>& cases) {
  for (const auto& [format, text, code, message] : cases) {
    CAPTURE(text);
    const Error error = read_error(text, format);
    CHECK(error.what() == "people, " + message);
    CHECK(error.code == code);
    CHECK(error.position);
  }
}

}  // namespace

TEST_CASE("An error names the source, the place, what was expected and what was found") {
  check_errors({
      {kTurtle, "@prefix ex: <http://ex.org/> .\nex:a ex:b ex:c .\n@prefix p: <x:> ;", kSyntax,
       "line 3, column 17: expected '.', found ';'"},
      {kTurtle, "<x:a> <x:b> <x:c>", kSyntax,
       "line 1, column 18: expected ';' or '.', found the end of the file"},
      {kTurtle, "<x:a> <x:b> <x:c>\n<x:d> <x:e> <x:f> .", kSyntax,
       "line 2, column 1: expected ';' or '.', found '<x:d>'"},
      {kTurtle, "<x:a> <x:b> .", kSyntax, "line 1, column 13: expected an object, found '.'"},
      {kTurtle, "<x:a> <x:b> 1, .", kSyntax, "line 1, column 16: expected an object, found '.'"},
      {kTurtle, "<x:a> .", kSyntax, "line 1, column 7: expected a predicate, found '.'"},
      {kTurtle, "<x:a> foo <x:c> .", kSyntax,
       "line 1, column 7: expected a predicate, found 'foo'"},
      {kTurtle, "<x:a> \"x\" 1 .", kSyntax,
       "line 1, column 7: expected a predicate, found '\"x\"'"},
      {kTurtle, "<x:a> <x:b> TRUE .", kSyntax,
       "line 1, column 13: expected an object, found 'TRUE'"},
      {kTurtle, "<x:a> <x:b> 1 .\n\"x\" <x:b> 1 .", kSyntax,
       "line 2, column 1: expected a subject, found '\"x\"'"},
      {kTurtle, "foo <x:b> 1 .", kInvalid, "line 1, column 1: expected a term, found 'foo'"},
      {kTurtle, "<x:a> <x:b> 1 . .", kSyntax, "line 1, column 17: expected a statement, found '.'"},
      {kQuads, "<x:a> <x:b> \"1\" .\n.\n<x:a> <x:b> \"2\" .", kSyntax,
       "line 2, column 1: expected a statement, found '.'"},
      {kTurtle, "[] .", kSyntax, "line 1, column 4: expected a predicate, found '.'"},
      {kTurtle, "<x:a> <x:b> [ <x:c> ] .", kSyntax,
       "line 1, column 21: expected an object, found ']'"},
      {kTurtle, "<x:a> <x:b> [ <x:c> 1 .", kSyntax, "line 1, column 23: expected ']', found '.'"},
      {kTurtle, "<x:a> <x:b> (1 2", kSyntax,
       "line 1, column 17: expected ')', found the end of the file"},
      {kTurtle, "<x:a> <x:b> (1 ] .", kSyntax, "line 1, column 16: expected ')', found ']'"},
      {kTurtle, "<x:a> <x:b> 1 )", kSyntax,
       "line 1, column 15: a bracket closes that was never opened: ')'"},
      {kTurtle, "@foo <x:b> 1 .", kSyntax,
       "line 1, column 1: expected @prefix or @base, found '@foo'"},
      {kTurtle, "<x:a> <x:b> _: .", kSyntax,
       "line 1, column 15: expected the label of a blank node, found a blank"},
      {kTurtle, "<x:a> <x:b> § .", kSyntax, "line 1, column 13: a name can't hold '§'"},
      {kTurtle, "select * { ?s ?p ?o }", kSyntax, "line 1, column 8: expected a term, found '*'"},
  });
}

TEST_CASE("An error in a string, a language tag or a datatype is placed inside it") {
  check_errors({
      {kTurtle, "<x:a> <x:b> \"xyz\n\" .", kSyntax,
       "line 1, column 17: a string has no end: found a line break"},
      {kTurtle, "<x:a> <x:b> \"\"\"xyz\n", kSyntax,
       "line 2, column 1: a string in three quotes has no end: found the end of the file"},
      {kTurtle, "<x:a> <x:b> \"é\\yz\" .", kSyntax,
       "line 1, column 15: a string can't hold the escape '\\yz'"},
      {kTurtle, "<x:a> <x:b> \"\\u12z\" .", kSyntax,
       "line 1, column 18: expected a hexadecimal digit, found 'z'"},
      {kTurtle, "<x:a> <x:b> \"\\uD800\" .", kSyntax,
       "line 1, column 14: an escape stands for no character: '\\uD800'"},
      {kTurtle, "<x:a> <x:b> \"\\U00110000\" .", kSyntax,
       "line 1, column 14: an escape stands for no character: '\\U00110000'"},
      {kTurtle, "<x:a> <x:b> \"x\"@ .", kSyntax,
       "line 1, column 17: expected a language tag, found a blank"},
      {kTurtle, "<x:a> <x:b> \"x\"@en- .", kSyntax,
       "line 1, column 20: expected the next part of a language tag, found a blank"},
      {kTurtle, "<x:a> <x:b> \"x\"^^\"y\" .", kSyntax,
       "line 1, column 18: expected a datatype, found '\"y\"'"},
  });
}

TEST_CASE("An undeclared prefix is named, and a declared one like it proposed") {
  check_errors({
      {kTurtle, "<x:a> <x:b> 1 .\n<x:a> foaf:name 1 .", kInvalid,
       "line 2, column 7: prefix foaf: is not declared"},
      {kTurtle, "@prefix foaf: <x:> . # faof:\n<x:a> faof:name 1 .", kInvalid,
       "line 1, column 24: prefix faof: is not declared (did you mean foaf:?)"},
      {kTurtle, "<x:a> <x:b> \"1\"^^xsd:int .", kInvalid,
       "line 1, column 18: prefix xsd: is not declared"},
      {kTurtle, ":a <x:b> 1 .", kInvalid, "line 1, column 1: prefix : is not declared"},
  });
}

TEST_CASE("An IRI that holds what no IRI can hold is Invalid") {
  check_errors({
      {kTurtle, "<x:a> <x:b> <x:c d> .", kInvalid, "line 1, column 17: an IRI can't hold a blank"},
      {kTurtle, "<x:a> <x:b> <x:c\n> .", kInvalid,
       "line 2, column 1: an IRI can't hold a line break"},
      {kTurtle, "<x:a> <x:b> <x:{c}> .", kInvalid, "line 1, column 16: an IRI can't hold '{'"},
      {kTurtle, "<x:a> <x:b> <x:\\u0020> .", kInvalid,
       "line 1, column 16: an IRI can't hold '\\u0020', not even escaped"},
      {kLines, "<x:a> <x:b> <x:\x01> .", kInvalid,
       "line 1, column 16: an IRI can't hold the control character U+0001"},
      {kTurtle, "<x:a> <x:b> <x:c", kSyntax,
       "line 1, column 17: expected '>', found the end of the file"},
  });
}

TEST_CASE("A byte that is no UTF-8 is Invalid, wherever it stands") {
  check_errors({
      {kTurtle, "<x:a> <x:b> \"é\xE9\" .", kInvalid,
       "line 1, column 15: the text is not UTF-8: found the byte E9"},
      {kLines, "<x:a> <x:b> \"1\" .\n# \xC0\xAF\n", kInvalid,
       "line 2, column 3: the text is not UTF-8: found the byte C0"},
      {kTurtle, "<x:\xED\xA0\x80> <x:b> 1 .", kInvalid,
       "line 1, column 4: the text is not UTF-8: found the byte ED"},
      {kTurtle, "\xFF\xFE<", kInvalid,
       "line 1, column 1: the text is not UTF-8: found the byte FF"},
      {kTurtle, "<x:a> <x:b> \"\xE2\x82", kInvalid,
       "line 1, column 14: the text is not UTF-8: found the byte E2"},
  });
}

TEST_CASE("N-Triples and N-Quads are held to their lines") {
  check_errors({
      {kLines, "<x:a> <x:b> \"1\" . <x:a> <x:b> \"2\" .", kSyntax,
       "line 1, column 19: expected a line break behind '.', found '<x:a>'"},
      {kLines, "<x:a>\n<x:b> \"1\" .", kSyntax,
       "line 1, column 6: expected '.', found a line break"},
      {kLines, "<x:a> <x:b> \"1\"", kSyntax,
       "line 1, column 16: expected '.', found the end of the file"},
      {kLines, "<x:a> <x:b> <x:c> <x:d> .", kSyntax,
       "line 1, column 19: expected '.', found '<x:d>'"},
      {kLines, "<x:a> a <x:c> .", kSyntax,
       "line 1, column 7: expected an IRI in <>, a blank node _: or a string in \"\", found 'a'"},
      {kLines, "@prefix x: <y:> .", kSyntax,
       "line 1, column 1: expected an IRI in <>, a blank node _: or a string in \"\", found "
       "'@prefix'"},
      {kLines, "<x:a> <x:b> 1 .", kSyntax,
       "line 1, column 13: expected an IRI in <>, a blank node _: or a string in \"\", found '1'"},
      {kQuads, "<x:a> <x:b> <x:c> \"g\" .", kSyntax,
       "line 1, column 19: expected '<', found '\"g\"'"},
      {kQuads, "<x:a> <x:b> <x:c> <x:g> <x:h> .", kSyntax,
       "line 1, column 25: expected '.', found '<x:h>'"},
  });
}

TEST_CASE("TriG's graphs have names, braces and no statements but triples") {
  check_errors({
      {kTurtle, "<x:g> { <x:a> <x:b> 1 }", kSyntax,
       "line 1, column 7: Turtle has no graphs (TriG has): found '{'"},
      {kTriG, "<x:g> { <x:a> <x:b> 1 } .", kSyntax,
       "line 1, column 25: expected a statement, found '.'"},
      {kTriG, "<x:g> { <x:a> <x:b> 1", kSyntax,
       "line 1, column 22: expected '}', found the end of the file"},
      {kTriG, "<x:g> { <x:h> { <x:a> <x:b> 1 } }", kSyntax,
       "line 1, column 15: a graph can't stand inside brackets: found '{'"},
      {kTriG, "<x:g> { <x:a> <x:b> 1 . @prefix x: <y:> . }", kSyntax,
       "line 1, column 25: expected a term or a bracket, found '@prefix'"},
      {kTriG, "<x:g> { <x:a> <x:b> 1 . PREFIX x: <y:> }", kSyntax,
       "line 1, column 25: expected a term or a bracket, found 'PREFIX'"},
      {kTriG, "GRAPH { <x:a> <x:b> 1 }", kSyntax,
       "line 1, column 7: expected the name of a graph, found '{'"},
      {kTriG, "<x:g> { [] }", kSyntax, "line 1, column 12: expected a predicate, found '}'"},
  });
}

TEST_CASE("The first error of a statement is told, not the one the scan stops at") {
  check_errors({
      {kTurtle, "<x:a> foaf:name 1 ; <x:b> <x y> .", kInvalid,
       "line 1, column 7: prefix foaf: is not declared"},
      {kTurtle, "<x:a> <x:b> foo ; <x:c> \"\xFF\" .", kSyntax,
       "line 1, column 13: expected an object, found 'foo'"},
  });
}

TEST_CASE("The position of an error is told by its numbers, too") {
  const Error error = read_error("<x:a> <x:b> 1 .\n<x:ä> <x:b> \"ü\" 2 .", Format::Turtle);
  CHECK(error.position == Position(2, 17));
}

TEST_CASE("An error far down a long text is placed as exactly as one at its beginning") {
  // 60 MB that are made while they are read: what is held at a time is a small part of it.
  class Endless : public Input {
   public:
    Endless() : Input("endless.nt") {}
    std::size_t read(char* to, std::size_t size) override {
      if (text_.size() - at_ == 0) {
        at_ = 0;
        text_.clear();
        for (int i = 0; i < 1000 && line_ < 1'000'000; ++i)
          text_ += ++line_ == 999'999 ? "<http://ex.org/s> <http://ex.org/p> oops .\n"
                                      : "<http://ex.org/s> <http://ex.org/p> <http://ex.org/o> .\n";
      }
      const std::size_t bytes = std::min(size, text_.size() - at_);
      text_.copy(to, bytes, at_);
      at_ += bytes;
      return bytes;
    }

   private:
    std::string text_{};
    std::size_t at_ = 0;
    int line_ = 0;
  };
  class Counter : public StatementSink {
   public:
    void begin_source() override {}
    void add(const Statement&) override {}
  };
  for (const Format format : {Format::NTriples, Format::Turtle}) {
    Endless input;
    Counter sink;
    try {
      read_rdf(input, reading(format), sink);
      FAIL("the last line but one is wrong");
    } catch (const Error& error) {
      CHECK(error.position == Position(999'999, 37));
      CHECK_THAT(error.what(), Catch::StartsWith("endless.nt, line 999999, column 37: expected "));
    }
  }
}
