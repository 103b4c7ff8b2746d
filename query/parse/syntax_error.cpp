#include "query/parse/syntax_error.h"

#include <algorithm>
#include <cctype>
#include <set>

#include <fmt/format.h>

#include "base/nearest.h"
#include "base/utf8.h"
#include "grammar/SparqlLexer.h"
#include "query/parse/syntax.h"
#include "query/parse/usual_mistake.h"

namespace tripten {

namespace {

using grammar::SparqlLexer;

bool is_keyword(std::size_t type) {
  return type >= SparqlLexer::A && type <= SparqlLexer::YEAR;
}

/// The keyword as it is written; only ENCODE_FOR_URI and GROUP_CONCAT hold an underscore.
std::string keyword_name(const antlr4::dfa::Vocabulary& vocabulary, std::size_t type) {
  return type == SparqlLexer::A ? "a" : std::string(vocabulary.getSymbolicName(type));
}

/// The word at an offset of the text, from its first letter on, even where the lexer took the
/// beginning of it for a keyword; or the token's own text.
struct FoundWord {
  std::string text;
  int letters_before = 0;  ///< How many code points of it precede the offset.
};

bool is_word_byte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

FoundWord word_at(std::string_view text, std::size_t offset) {
  std::size_t start = offset;
  while (start > 0 && is_word_byte(text[start - 1]))
    --start;
  if (start > 0 && (text[start - 1] == '?' || text[start - 1] == '$' || text[start - 1] == ':' ||
                    text[start - 1] == '@'))
    start = offset;
  std::size_t end = offset;
  while (end < text.size() && is_word_byte(text[end]))
    ++end;
  return {std::string(text.substr(start, end - start)),
          static_cast<int>(count_code_points(text.substr(start, offset - start)))};
}

/// Why what begins with a quote at an offset of the text is no string.
std::string string_fault(std::string_view text, std::size_t offset) {
  if (offset >= text.size() || (text[offset] != '"' && text[offset] != '\'')) return {};
  for (std::size_t at = offset + 1; at < text.size() && text[at] != '\n'; ++at) {
    if (text[at] == text[offset]) return {};
    if (text[at] != '\\' || ++at >= text.size()) continue;
    if (std::string_view("tbnrf\\\"'").find(text[at]) == std::string_view::npos)
      return fmt::format(" (\\{0} is no escape; a backslash in a string is written \\\\)",
                         text[at]);
  }
  return " (the string has no end)";
}

/// What a set of token types is called, the most useful few.
std::string describe_expected(const antlr4::misc::IntervalSet& expected,
                              const antlr4::dfa::Vocabulary& vocabulary) {
  bool variable = false, iri = false, literal = false, integer = false, end = false;
  std::vector<std::string> signs, keywords;
  for (const ssize_t signed_type : expected.toList()) {
    if (signed_type == -1) {
      end = true;
      continue;
    }
    const auto type = static_cast<std::size_t>(signed_type);
    if (type == SparqlLexer::VAR1 || type == SparqlLexer::VAR2) {
      variable = true;
    } else if (type >= SparqlLexer::IRIREF && type <= SparqlLexer::PNAME_LN) {
      iri = true;
    } else if (type >= SparqlLexer::INTEGER && type <= SparqlLexer::STRING_LITERAL2) {
      (type == SparqlLexer::INTEGER ? integer : literal) = true;
    } else if (type == SparqlLexer::TRUE || type == SparqlLexer::FALSE) {
      literal = true;
    } else if (is_keyword(type)) {
      keywords.push_back(keyword_name(vocabulary, type));
    } else if (type < SparqlLexer::A) {
      signs.push_back(vocabulary.getLiteralName(type));
    }
  }
  std::vector<std::string> words;
  if (integer && !literal) words.push_back("a whole number");
  if (variable && iri && literal)
    words.push_back("a variable, an IRI, a literal");
  else {
    if (variable) words.push_back("a variable");
    if (iri) words.push_back("an IRI");
    if (literal) words.push_back("a literal");
  }
  constexpr std::size_t kMostSigns = 4;
  constexpr std::size_t kMostKeywords = 6;
  if (signs.size() <= kMostSigns || words.empty())
    for (std::size_t i = 0; i < signs.size() && i < kMostSigns; ++i)
      words.push_back(signs[i]);
  if (keywords.size() <= kMostKeywords)
    words.insert(words.end(), keywords.begin(), keywords.end());
  else if (words.empty())
    words.push_back("a keyword");
  if (end) words.push_back("the end");
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
  return text;
}

std::string suggestion(const std::string& word, const antlr4::misc::IntervalSet& expected,
                       const antlr4::dfa::Vocabulary& vocabulary) {
  if (word.size() < 2 || !std::isalpha(static_cast<unsigned char>(word[0]))) return {};
  std::string upper = word;
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  std::vector<std::string> wanted, all;
  for (std::size_t type = SparqlLexer::ABS; type <= SparqlLexer::YEAR; ++type) {
    all.push_back(keyword_name(vocabulary, type));
    if (expected.contains(type)) wanted.push_back(all.back());
    if (all.back() == upper) return {};  // the right word in the wrong place
  }
  const std::string near = did_you_mean(upper, wanted);
  // Where a name may stand, a word is likelier one without its prefix.
  const bool takes_name = expected.contains(static_cast<std::size_t>(SparqlLexer::IRIREF));
  return near.empty() && !takes_name ? did_you_mean(upper, all) : near;
}

/// The token before one, comments and blanks passed over; null where there is none.
const antlr4::Token* visible_before(antlr4::CommonTokenStream& tokens, const antlr4::Token* token) {
  for (std::size_t i = token->getTokenIndex(); i-- > 0;)
    if (tokens.get(i)->getChannel() == antlr4::Token::DEFAULT_CHANNEL) return tokens.get(i);
  return nullptr;
}

}  // namespace

void SyntaxErrorListener::syntaxError(antlr4::Recognizer*, antlr4::Token* offending, std::size_t,
                                      std::size_t, const std::string&, std::exception_ptr) {
  if (first_) return;
  const antlr4::dfa::Vocabulary& vocabulary = parser_.getVocabulary();
  const antlr4::misc::IntervalSet expected = parser_.getExpectedTokens();
  Position place = place_of(offending, source_);
  const std::string wanted = describe_expected(expected, vocabulary);
  std::string found = "the end";
  std::string hint;
  auto* tokens = static_cast<antlr4::CommonTokenStream*>(parser_.getTokenStream());
  if (offending->getType() == antlr4::Token::EOF) hint = open_bracket(tokens->getTokens(), source_);
  if (offending->getType() != antlr4::Token::EOF) {
    // Start indices count code points.
    const std::string& text = source_.text();
    const std::size_t offset = code_point_offset(text, offending->getStartIndex());
    const bool is_word =
        offset < text.size() && is_word_byte(text[offset]) &&
        (is_keyword(offending->getType()) || offending->getType() == SparqlLexer::WORD ||
         offending->getType() == SparqlLexer::UNKNOWN);
    const std::string usual = usual_mistake({.token = offending,
                                             .before = visible_before(*tokens, offending),
                                             .text = text,
                                             .offset = offset,
                                             .expected = expected,
                                             .wanted = wanted});
    if (is_word) {
      const FoundWord word = word_at(text, offset);
      place.second -= word.letters_before;
      found = "'" + excerpt(word.text, 40) + "'";
      hint = usual.empty() ? suggestion(word.text, expected, vocabulary) : usual;
    } else {
      found = "'" + excerpt(offending->getText(), 40) + "'";
      hint = string_fault(text, offset);
      if (hint.empty()) hint = usual;
    }
  }
  first_.emplace(ErrorCode::Syntax,
                 wanted.empty() ? fmt::format("{} does not fit here{}", found, hint)
                                : fmt::format("expected {}, found {}{}", wanted, found, hint),
                 place);
}

void SyntaxErrorListener::throw_if_found() const {
  if (first_) throw Error(*first_);
}

}  // namespace tripten
