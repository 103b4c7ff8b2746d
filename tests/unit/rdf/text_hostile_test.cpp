// Texts that are made to break a reader: each must end in an error or in statements, soon.
#include <map>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/unit/rdf/collected.h"

using namespace tripten;

namespace {

std::string repeated(const std::string& text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i)
    out += text;
  return out;
}

/// The statements with generated labels numbered in the order in which they appear.
std::vector<std::string> renumbered(std::vector<std::string> lines) {
  std::map<std::string, std::size_t> numbers;
  for (std::string& line : lines)
    for (std::size_t at = 0; (at = line.find("_:genid", at)) != std::string::npos; ++at) {
      const std::size_t end = line.find(' ', at);
      const std::size_t number =
          numbers.try_emplace(line.substr(at, end - at), numbers.size()).first->second;
      line.replace(at, end - at, "_:genid" + std::to_string(number));
    }
  return lines;
}

}  // namespace

TEST_CASE("Brackets nested too deeply are refused before they fill the stack") {
  for (const std::string open : {"(", "[ <x:p> ", "( [ <x:p> "}) {
    CAPTURE(open);
    const Error error = read_error("<x:s> <x:p> " + repeated(open, 500'000), Format::Turtle);
    CHECK(error.code == ErrorCode::Limit);
    CHECK_THAT(error.what(), Catch::Contains("nested more than 1000 deep"));
  }
  CHECK(read_error(repeated("(", 500'000), Format::TriG).code == ErrorCode::Limit);
}

TEST_CASE("Brackets nested as deeply as allowed are read") {
  const std::string text = "<x:s> <x:p> " + repeated("(", 1000) + repeated(")", 1000) + " .";
  CHECK(read_lines(text, Format::Turtle).size() == 2 * 999 + 1);
  const std::string nodes =
      "<x:s> <x:p> " + repeated("[ <x:p> ", 1000) + "1" + repeated("]", 1000) + " .";
  CHECK(read_lines(nodes, Format::Turtle).size() == 1001);
}

TEST_CASE("A list of a hundred thousand members takes no depth") {
  const std::string text = "<x:s> <x:p> (" + repeated(" 1", 100'000) + ") .";
  CHECK(read_lines(text, Format::Turtle).size() == 200'001);
}

TEST_CASE("Tokens of megabytes are read in linear time") {
  const std::string megabytes(20'000'000, 'x');
  const auto lines = read_lines("<x:s> <x:p> \"" + megabytes + "\" .", Format::NTriples);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].size() == megabytes.size() + 16);
  CHECK(read_lines("# " + megabytes + "\n<x:s> <x:p> <x:" + megabytes + "> .", Format::Turtle)
            .size() == 1);
  CHECK(read_error("<x:s> <x:p> \"" + megabytes, Format::Turtle).code == ErrorCode::Syntax);
  CHECK(read_error("<x:s> <x:p> " + megabytes, Format::Turtle).code == ErrorCode::Syntax);
}

TEST_CASE("Random changes of a text never do more than make it wrong") {
  const std::string text =
      "@prefix ex: <http://ex.org/> .\n@base <http://ex.org/b> .\n"
      "ex:a a ex:B ; ex:p [ ex:q (1 2.5 \"x\"@en) , '''long ' \" text''' ] .\n"
      "_:b1 ex:p \"\\u00e9\\n\"^^ex:t , true , -1.5e-3 , <#frag> . # comment\n";
  const std::string graphs = text + "ex:g { ex:a ex:b ex:c . ex:d ex:e ex:f }\n{ ex:a ex:b 1 }\n";
  const std::string alphabet = "<>\"'\\.;,()[]{}@^_:#%abB1 \n\xC3\xA9\xFF";
  const unsigned seed = 20'240'117;
  CAPTURE(seed);
  std::mt19937 random(seed);
  std::size_t read = 0, refused = 0;
  for (int round = 0; round < 4000; ++round) {
    std::string broken = round % 2 == 0 ? text : graphs;
    for (unsigned changes = random() % 4 + 1; changes > 0; --changes) {
      const std::size_t at = random() % broken.size();
      const char c = alphabet[random() % alphabet.size()];
      if (random() % 3 == 0)
        broken.erase(at, 1);
      else if (random() % 2 == 0)
        broken.insert(at, 1, c);
      else
        broken[at] = c;
    }
    CAPTURE(broken);
    // Whole, cut into single statements, and leniently: the same answer wherever there is one.
    const Format format = round % 2 == 0 ? Format::Turtle : Format::TriG;
    std::vector<std::vector<std::string>> answers;
    for (const std::size_t piece_bytes : {std::size_t{1}, std::size_t{1} << 16}) {
      Collected sink;
      try {
        read_rdf_text(*text_input(broken, "broken"), reading(format), sink, piece_bytes);
        answers.push_back(sink.lines);
        ++read;
      } catch (const Error& error) {
        CHECK(error.position);
        ++refused;
      }
    }
    CHECK(answers.size() != 1);
    if (answers.size() == 2) CHECK(answers[0] == answers[1]);
    ReadOptions lenient = reading(format);
    lenient.lenient = true;
    std::size_t skipped = 0;
    lenient.on_skip = [&](const Error&) { ++skipped; };
    const auto lines = read_lines(broken, lenient);
    CHECK((skipped == 0) == (answers.size() == 2));
    if (answers.size() == 2) CHECK(renumbered(lines) == renumbered(answers[0]));
  }
  CHECK(read > 500);
  CHECK(refused > 500);
}
