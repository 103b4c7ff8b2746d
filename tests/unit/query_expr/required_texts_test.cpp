// What patterns require, and that no text is left out which a pattern matches.
#include "query/expr/required_texts.h"

#include <random>

#include <catch2/catch.hpp>
#include <re2/re2.h>

namespace tripten {
namespace {

std::string required(std::string_view pattern, bool ignores_case = false) {
  std::string all;
  const RequiredTexts required(pattern, ignores_case);
  for (const std::string& text : required.texts())
    all += (all.empty() ? "" : "|") + text;
  return all;
}

}  // namespace

TEST_CASE("A pattern requires the characters that stand in every match") {
  CHECK(required("apoptosis (of|and|in) [a-z]+ .*inhibits") == "apoptosis |inhibits");
  CHECK(required("Apoptosis (of|and|in) [a-z]+ .*inhibits", true) == "apopto|inhibit");
  CHECK(required("abcd?efg") == "abc|efg");
  CHECK(required("abcd*") == "abc");
  CHECK(required("abcd+efg") == "abc|efg");
  CHECK(required("abcd{0,2}efg") == "abc|efg");
  CHECK(required("abc|def").empty());
  CHECK(required("(?i)abc").empty());
  CHECK(required("[[:alpha:]]abc").empty());
  CHECK(required("ab\\.cd") == "ab.cd");
  CHECK(required("\\babc\\d") == "abc");
  CHECK(required("\\Qabc").empty());
  CHECK(required("abcdé*xyz") == "abcd|xyz");
  CHECK(required("a(b(c)|d)xyz") == "xyz");
  CHECK(required("ab").empty());
  CHECK(required("abc)").empty());
  CHECK(required("abc{").empty());
}

TEST_CASE("Texts that RE2 finds a match in may match") {
  constexpr std::string_view kPieces[] = {
      "a", "b", "c", "ab",  "bc",  "k", "S",    "(a|b)", "[ab]", ".",    "*",   "?", "+",  "{1,2}",
      "|", "^", "$", "\\.", "\\b", "é", "(c)?", "{",     "]",    "[^a]", "(ab", ")", "abc"};
  constexpr std::string_view kTexts[] = {"a", "b",      "c",   "A",      "B", "C", "k",
                                         "K", "\u212A", "s",   "\u017F", ".", "é", "É",
                                         "{", "]",      "abc", "ABC",    " "};
  std::mt19937 random(5);
  int matches = 0, left_out = 0;
  for (int round = 0; round < 30000; ++round) {
    std::string pattern, text;
    for (std::size_t i = random() % 7; i != ~std::size_t{0}; --i)
      pattern += kPieces[random() % std::size(kPieces)];
    for (std::size_t i = random() % 12; i != ~std::size_t{0}; --i)
      text += kTexts[random() % std::size(kTexts)];
    const bool ignores_case = random() % 2 == 0;
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_case_sensitive(!ignores_case);
    const re2::RE2 regex(pattern, options);
    if (!regex.ok()) continue;
    const RequiredTexts required(pattern, ignores_case);
    if (re2::RE2::PartialMatch(text, regex)) {
      ++matches;
      CAPTURE(pattern, text, ignores_case);
      REQUIRE(required.may_match(text));
    } else if (!required.may_match(text)) {
      ++left_out;
    }
  }
  CHECK(matches > 1000);
  CHECK(left_out > 1000);
}

}  // namespace tripten
