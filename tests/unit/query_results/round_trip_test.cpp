// What query/output writes is read as it was.
#include <fstream>
#include <random>

#include "rdf/vocabulary.h"
#include "unit/query_output/written_answer.h"
#include "unit/query_results/reading.h"

namespace tripten {
namespace {

using Rows = std::vector<std::vector<Term>>;

/// Texts that each format has to escape, or must not.
std::vector<std::string> hostile_texts() {
  std::vector<std::string> texts{"",
                                 " ",
                                 "  two  ",
                                 "a,b",
                                 "\"",
                                 "\"\"",
                                 "'",
                                 "\\",
                                 "\\n",
                                 "a\tb",
                                 "a\nb",
                                 "a\r\nb",
                                 "a\rb",
                                 "\r",
                                 "\n",
                                 "<b>&amp;</b>",
                                 "]]>",
                                 "é",
                                 "\u00AD",
                                 "\u2028",
                                 "食べ物",
                                 "😀",
                                 "\uFEFF",
                                 "{{x}}",
                                 "_:b",
                                 "?x",
                                 "true",
                                 "1",
                                 "-",
                                 "\x7F",
                                 "\"\"\"",
                                 "'''",
                                 "<http://ex.org/>",
                                 "\\u0041",
                                 "a\\",
                                 std::string(100'000, 'x')};
  for (char c = 0x20; c < 0x7F; ++c)
    texts.emplace_back(1, c);
  return texts;
}

Rows hostile_rows() {
  Rows rows;
  for (const std::string& text : hostile_texts())
    rows.push_back({Term::literal(text), Term(), Term::tagged(text, "en-GB")});
  for (const std::string& text : hostile_texts())
    rows.push_back({Term(), Term::typed(text, "http://ex.org/t?a&b='1'"), Term()});
  rows.push_back({Term(), Term(), Term()});
  rows.push_back({Term::iri("http://ex.org/?a&b='c'#食"), Term::blank("r1"), Term::iri("urn:x")});
  for (const std::string_view number : {"1", "01", "-0", "+7", "1.50", ".5", "1.0e6", "1E6", "x"})
    for (const std::string_view type : {kXsdInteger, kXsdDecimal, kXsdDouble, kXsdFloat})
      rows.push_back({Term::typed(number, type), Term::boolean(true), Term::boolean(false)});
  return rows;
}

TEST_CASE("JSON, XML and TSV give back every term") {
  const Answer answer{.variables = {"x", "y_1", "é"}, .rows = hostile_rows()};
  for (const Format format : {Format::Json, Format::Xml, Format::Tsv}) {
    INFO(name_of(format));
    const SolutionTable table = read_text(answer.written(format), format);
    CHECK(table.variables == answer.variables);
    CHECK_FALSE(table.boolean);
    REQUIRE(table.rows.size() == answer.rows.size());
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      CAPTURE(row);
      REQUIRE(table.rows[row] == answer.rows[row]);
    }
  }
}

TEST_CASE("JSON and TSV give back control characters, XML has a replacement") {
  const Term control = Term::literal(std::string("\x01\x1F\0\x0B", 4));
  const Answer answer{.variables = {"x"}, .rows = {{control}}};
  CHECK(read_text(answer.written(Format::Json), Format::Json).rows == Rows{{control}});
  CHECK(read_text(answer.written(Format::Tsv), Format::Tsv).rows == Rows{{control}});
  CHECK(read_text(answer.written(Format::Xml), Format::Xml).rows ==
        Rows{{Term::literal("\uFFFD\uFFFD\uFFFD\uFFFD")}});
}

/// What CSV leaves of a term.
Term plain(const Term& term) {
  if (!term || term.is_blank()) return term;
  return term.value().empty() ? Term() : Term::literal(term.value());
}

TEST_CASE("CSV gives back the text of every term") {
  Answer answer{.variables = {"x", "y", "z"}, .rows = hostile_rows()};
  std::erase_if(answer.rows, [](const std::vector<Term>& row) {
    return std::any_of(row.begin(), row.end(), [](const Term& term) {
      return term.is_literal() && term.value().starts_with("_:");
    });
  });
  Rows expected = answer.rows;
  for (std::vector<Term>& row : expected)
    for (Term& term : row)
      term = plain(term);
  CHECK(read_text(answer.written(Format::Csv), Format::Csv).rows == expected);
}

TEST_CASE("The answer of an ASK is read in every format") {
  for (const Format format : {Format::Json, Format::Xml, Format::Tsv, Format::Csv})
    for (const bool answer : {true, false}) {
      INFO(name_of(format));
      const SolutionTable table = read_text(written_boolean(format, answer), format);
      CHECK(table.boolean == answer);
      CHECK(table.variables.empty());
      CHECK(table.rows.empty());
    }
}

TEST_CASE("A variable called true is no answer of an ASK") {
  for (const Format format : {Format::Json, Format::Xml, Format::Tsv, Format::Csv}) {
    INFO(name_of(format));
    const Answer answer{.variables = {"true"}, .rows = {}};
    const SolutionTable table = read_text(answer.written(format), format);
    CHECK(table.variables == answer.variables);
    CHECK_FALSE(table.boolean);
  }
}

TEST_CASE("Answers without rows or variables are read as they were") {
  const Rows none, three(3);
  for (const Format format : {Format::Json, Format::Xml, Format::Tsv, Format::Csv}) {
    INFO(name_of(format));
    const Answer without_rows{.variables = {"x", "y"}, .rows = {}};
    const SolutionTable first = read_text(without_rows.written(format), format);
    CHECK(first.variables == without_rows.variables);
    CHECK(first.rows == none);
    const Answer without_variables{.variables = {}, .rows = three};
    const SolutionTable second = read_text(without_variables.written(format), format);
    CHECK(second.variables.empty());
    CHECK(second.rows == three);
    CHECK_FALSE(second.boolean);
  }
}

TEST_CASE("An answer cut anywhere is an error, or a shorter one where the format can't tell") {
  const Answer answer{.variables = {"x", "y"},
                      .rows = {{Term::iri("http://ex.org/é"), Term::literal("a\"b")},
                               {Term::blank("r"), Term::tagged("c", "en")}}};
  for (const Format format : {Format::Json, Format::Xml}) {
    const std::string whole = answer.written(format);
    const std::size_t end = whole.find_last_not_of('\n') + 1;
    for (std::size_t size = 0; size < end; ++size) {
      CAPTURE(name_of(format), size);
      std::istringstream in(whole.substr(0, size));
      CHECK_THROWS_AS(read_solutions(in, format), Error);
    }
  }
  for (const Format format : {Format::Tsv, Format::Csv}) {
    const std::string whole = answer.written(format);
    for (std::size_t size = 1; size < whole.size(); ++size) {
      CAPTURE(name_of(format), size);
      try {
        const SolutionTable table = read_text(whole.substr(0, size), format);
        CHECK(table.rows.size() <= answer.rows.size());
      } catch (const Error& error) {
        CHECK(error.position);
      }
    }
  }
}

TEST_CASE("Bytes turned at random are an error or an answer") {
  const Answer answer{.variables = {"x", "y"}, .rows = hostile_rows()};
  std::mt19937 random(7);
  Answer few = answer;
  few.variables.push_back("z");
  few.rows.resize(12);
  for (const Format format : {Format::Json, Format::Xml, Format::Tsv, Format::Csv}) {
    const std::string whole = few.written(format);
    for (int round = 0; round < 2'000; ++round) {
      std::string text = whole;
      for (int i = 0; i < 3; ++i)
        text[random() % text.size()] = static_cast<char>(random());
      try {
        read_text(text, format);
      } catch (const Error& error) {
        CHECK(error.code != ErrorCode::Internal);
      }
    }
  }
}

}  // namespace
}  // namespace tripten
