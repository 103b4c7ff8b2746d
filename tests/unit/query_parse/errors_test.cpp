// What is no SPARQL: the place, what was found and expected, and what was probably meant.
#include <catch2/catch.hpp>

#include "query/parse/parse.h"

using namespace tripten;

namespace {

struct Refused {
  Position place{0, 0};
  std::string message = "accepted";
  ErrorCode code = ErrorCode::Internal;
};

Refused refused(const std::string& text, const ParseOptions& options = {}) {
  try {
    parse_query(text, options);
  } catch (const Error& error) {
    return {error.position.value_or(Position(0, 0)), error.what(), error.code};
  }
  return {};
}

std::string repeated(const std::string& part, int times) {
  std::string text;
  for (int i = 0; i < times; ++i)
    text += part;
  return text;
}

}  // namespace

TEST_CASE("A misspelt keyword is named with the one that was meant") {
  const Refused first = refused("SELCT ?s { ?s ?p ?o }");
  CHECK(first.code == ErrorCode::Syntax);
  CHECK(first.place == Position(1, 1));
  CHECK(first.message ==
        "expected ASK, CONSTRUCT, DESCRIBE or SELECT, found 'SELCT' (did you mean SELECT?)");
  const Refused second = refused("SELECT ?s\n{ ?s ?p ?o\n  FLTER(?o > 1) }");
  CHECK(second.place == Position(3, 3));
  CHECK(second.message == "expected '}', found 'FLTER' (did you mean FILTER?)");
}

TEST_CASE("What is missing is said in words of SPARQL") {
  CHECK(refused("SELECT ?s { ?s ?p }").message ==
        "expected a variable, an IRI, a literal, '(' or '[', found '}'");
  CHECK(refused("SELECT ?s { ?s ?p ?o").message == "expected '}', found the end");
  CHECK(refused("SELECT ?s WHERE ?s ?p ?o }").message ==
        "expected '{', found '?s' (the pattern stands in braces: WHERE { ... })");
  CHECK(refused("ASK {} ASK {}").message.find("the end, found 'ASK'") != std::string::npos);
}

TEST_CASE("A string without an end is said to have none") {
  const Refused found = refused("ASK { ?s ?p \"abc }");
  CHECK(found.place == Position(1, 13));
  CHECK(found.message.find("the string has no end") != std::string::npos);
}

TEST_CASE("An undeclared prefix is named with the nearest one") {
  const Refused found = refused("ASK {\n  ?s shema:mentions ?o }");
  CHECK(found.code == ErrorCode::Invalid);
  CHECK(found.place == Position(2, 6));
  CHECK(found.message == "prefix shema: is not declared (did you mean schema:?)");
}

TEST_CASE("Columns count code points") {
  CHECK(refused("ASK { ?s ?p 'ärger' , ?? }").place == Position(1, 23));
}

TEST_CASE("An update is told from a query, and the other way round") {
  CHECK(refused("PREFIX : <urn:x> DELETE WHERE { ?s ?p ?o }").message ==
        "DELETE begins an update, here a query is expected (see `tripten update`)");
  CHECK_THROWS_WITH(parse_update("SELECT * { ?s ?p ?o }", {}),
                    "SELECT begins a query, here an update is expected (see `tripten query`)");
}

TEST_CASE("A relative IRI needs a base") {
  CHECK(refused("ASK { <x> ?p ?o }").code == ErrorCode::Invalid);
  CHECK(refused("ASK { <x> ?p ?o }", {.base = "http://ex.org/"}).message == "accepted");
  CHECK(refused("BASE <http://ex.org/> ASK { <x> ?p ?o }").message == "accepted");
}

TEST_CASE("Hostile texts end in one error or are parsed, and never in a crash") {
  CHECK(refused("ASK { FILTER(" + repeated("(", 100000) + "1" + repeated(")", 100000) + ") }")
            .message == "the brackets are nested too deeply");
  CHECK(refused("ASK " + repeated("{", 100000)).message == "the brackets are nested too deeply");
  CHECK(refused("ASK { ?s ?p " + repeated("[ ?p ", 5000)).message ==
        "the brackets are nested too deeply");
  CHECK(refused("ASK { FILTER(1" + repeated(" + 1", 5000) + ") }").message ==
        "more than 1500 operands, OPTIONALs and the like in a row are too many");
  CHECK(refused("ASK { FILTER(?x = 1" + repeated(" || ?x = 2", 10000) + ") }").message ==
        "accepted");
  CHECK(refused("ASK { " + repeated("?s ?p ?o . ", 10000) + "}").message == "accepted");
  CHECK(refused("ASK { {}" + repeated(" UNION {}", 5000) + "}").message == "accepted");
  CHECK(refused("ASK { ?s <urn:p>" + repeated("/<urn:p>", 1000) + " ?o }").message == "accepted");
  CHECK(refused("ASK { ?s <urn:p>" + repeated("/<urn:p>", 11000) + " ?o }").message ==
        "more than 10000 blank nodes and steps of paths are too many");
  CHECK(refused("ASK { ?s <urn:p>" + repeated("|<urn:p>", 100000) + " ?o }").message ==
        "more than 100000 triple patterns are too many");
  CHECK(refused("ASK { " + repeated("?s ?p ?o . ", 100001) + "}").message ==
        "more than 100000 triple patterns are too many");
  CHECK(refused("ASK { ?s " + repeated("a.", 100000) + " }").message ==
        "no word of SPARQL begins here, as far as the text was read");
  CHECK(refused("SELECT " + repeated("!", 50000)).code == ErrorCode::Syntax);
  CHECK(refused(std::string("ASK { ?s ?p \"a\0b\" }", 19)).message == "accepted");
  CHECK(refused("ASK { ?s ?p \"\xff\" }").message == "the text is not UTF-8 here");
}

TEST_CASE("What is wrong with a string is said") {
  CHECK(refused("ASK { ?s ?p \"a\\qb\" }")
            .message.find("(\\q is no escape; a backslash in a string is written \\\\)") !=
        std::string::npos);
  CHECK(refused("ASK { ?s ?p \"a\nb\" }").message.find("(the string has no end)") !=
        std::string::npos);
}

TEST_CASE("Places behind many placeholders and escapes are found in linear time") {
  std::string text = "ASK { ?s ?p ";
  for (int i = 0; i < 100'000; ++i)
    text += "\"{{a}}\" , \"\\u0041\" , ";
  const Refused found = refused(text + "}", {.parameters = {{"a", "bcd"}}});
  CHECK(found.place == Position(1, 13 + 100'000 * 21));
}

TEST_CASE("A text of more words than the memory limit has room for ends in Limit") {
  const Refused found = refused("ASK { FILTER(1 IN (1" + repeated(", 1", 10000) + ")) }",
                                {.memory_bytes = 10'000'000});
  CHECK(found.code == ErrorCode::Limit);
  CHECK(found.message == "the text has more words than the memory limit can hold");
  CHECK(found.place.first == 1);
}

TEST_CASE("A text has at most 10,000 variables") {
  std::string select = "SELECT";
  for (int i = 0; i <= 10'000; ++i)
    select += " ?v" + std::to_string(i);
  const Refused found = refused(select + " {}");
  CHECK(found.message == "more than 10000 variables are too many");
  CHECK(found.place == Position(1, 68898));
}

TEST_CASE("Depth that comes from many chains together is bounded") {
  const std::string optionals = repeated(" OPTIONAL {}", 1000);
  CHECK(refused("ASK {" + optionals + "{" + optionals + "} }").message ==
        "more than 1500 operands, OPTIONALs and the like in a row are too many");
  std::string select = "SELECT";
  for (int i = 0; i < 2000; ++i)
    select += " (1 AS ?v" + std::to_string(i) + ")";
  CHECK(refused(select + " {}").message ==
        "more than 1500 operands, OPTIONALs and the like in a row are too many");
  CHECK(refused("ASK { " + repeated("?s <urn:p>* ?o . ", 5000) + "}").message == "accepted");
  CHECK(refused("ASK { " + repeated("FILTER(?x) ", 5000) + "}").message == "accepted");
}

TEST_CASE("Long words cost linear time and are one mistake") {
  CHECK(refused(repeated("x", 1000000)).code == ErrorCode::Syntax);
  CHECK(refused(repeated("SELECT", 100000)).code == ErrorCode::Syntax);
}

TEST_CASE("Codepoint escapes are resolved anywhere, and places stay those of the text (§19.2)") {
  CHECK(refused("ASK { ?s <urn:\\u0061> \"\\U0001F600\" }").message == "accepted");
  CHECK(refused("\\u0041SK {}").message == "accepted");
  const Refused found = refused("ASK { ?s <urn:\\u0061> ?o . ?? }");
  CHECK(found.place == Position(1, 28));
  CHECK(refused("ASK { ?s ?p \"\\uD800\" }").message == "\\uD800 names no character of Unicode");
  CHECK(refused("ASK { ?s ?p \"\\u12").message.find("names no character") != std::string::npos);
}
