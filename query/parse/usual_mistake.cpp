#include "query/parse/usual_mistake.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include "base/letter_case.h"
#include "base/utf8.h"
#include "grammar/SparqlLexer.h"
#include "query/parse/syntax.h"

namespace tripten {

namespace {

using grammar::SparqlLexer;

bool is_operator(const std::string& text) {
  constexpr std::array<std::string_view, 9> kOperators{
      "=", "!=", "<", ">", "<=", ">=", "&&", "||", "+"};
  return std::find(kOperators.begin(), kOperators.end(), text) != kOperators.end();
}

/// Words of other languages.
std::string foreign_word(const std::string& word, std::size_t before) {
  if (word == "AND") return "and is written &&";
  if (word == "OR") return "or is written ||";
  if (word == "LIKE" || word == "ILIKE")
    return "SPARQL has no LIKE: CONTAINS(?x, \"...\"), STRSTARTS or REGEX";
  if (word == "JOIN") return "triples of one group are joined by themselves";
  if (word == "NULL") return "what is unbound is found by !BOUND(?x)";
  if (word == "UPDATE") return "triples are changed by DELETE { } INSERT { } WHERE { }";
  if (word == "TOP") return "the first solutions are asked for by LIMIT, at the end";
  if (word == "BETWEEN") return "?x >= 1 && ?x <= 2";
  if (word == "IS") return "equality is =, and !BOUND(?x) finds what is unbound";
  if (before == SparqlLexer::PREFIX) return "a prefix ends with a colon: PREFIX schema: <...>";
  return {};
}

/// By the keyword that stands before.
std::string behind_keyword(std::size_t before, const std::string& text) {
  switch (before) {
    case SparqlLexer::FILTER:
    case SparqlLexer::HAVING:
      return "the condition stands in brackets: FILTER(?x > 1)";
    case SparqlLexer::BIND:
      return "BIND(expression AS ?variable)";
    case SparqlLexer::OPTIONAL:
    case SparqlLexer::MINUS:
    case SparqlLexer::UNION:
    case SparqlLexer::EXISTS:
      return "the pattern stands in braces: OPTIONAL { ... }";
    case SparqlLexer::WHERE:
      return "the pattern stands in braces: WHERE { ... }";
    case SparqlLexer::NOT:
      return text == "(" ? "negation is written !(...); NOT belongs to NOT EXISTS and NOT IN"
                         : std::string();
    default:
      return {};
  }
}

/// Modifiers in the wrong order (SPARQL 1.1 §18.2.4, grammar [18]).
std::string late_modifier(std::size_t type, const antlr4::misc::IntervalSet& expected) {
  if (!expected.contains(antlr4::Token::EOF)) return {};
  switch (type) {
    case SparqlLexer::ORDER:
      return "ORDER BY comes before LIMIT and OFFSET";
    case SparqlLexer::GROUP:
      return "GROUP BY comes before HAVING, ORDER BY and LIMIT";
    case SparqlLexer::HAVING:
      return "HAVING comes behind GROUP BY and before ORDER BY";
    case SparqlLexer::WHERE:
      return "a query has one WHERE: put both patterns into its braces";
    default:
      return {};
  }
}

/// What a comma, a brace and other signs in a wrong place mean.
std::string wrong_sign(const WrongToken& wrong, const std::string& text) {
  const bool may_end = wrong.expected.contains(antlr4::Token::EOF);
  if (text == "," && wrong.expected.contains(static_cast<std::size_t>(SparqlLexer::WHERE)))
    return "variables are divided by blanks, without commas";
  if (text == "," && wrong.expected.contains(static_cast<std::size_t>(SparqlLexer::UNDEF)))
    return "values are divided by blanks, without commas";
  if (text == "=" && wrong.before && wrong.before->getText() == "=") return "equality is one =";
  if (text == ";" && may_end) return "one query at a time: a script runs several";
  if (text == "}" && may_end) return "there is one } too many";
  if (text == "@") return "a language follows the @, as in \"...\"@en";
  if (wrong.offset > 0 && wrong.text.substr(wrong.offset - 1).starts_with("//"))
    return "IRIs stand in angle brackets: <http://...>";
  const std::string_view behind = wrong.text.substr(std::min(wrong.offset + 1, wrong.text.size()));
  const bool touches = !behind.empty() && std::isalpha(static_cast<unsigned char>(behind[0])) != 0;
  if (text == "<" && touches &&
      wrong.expected.contains(static_cast<std::size_t>(SparqlLexer::IRIREF)))
    return "the IRI has no > at its end";
  if (is_operator(text)) return "conditions stand in FILTER(...)";
  return {};
}

bool begins_with_quote(std::string_view text) {
  return text.starts_with("\u201C") || text.starts_with("\u201D") || text.starts_with("\u201E") ||
         text.starts_with("\u2018") || text.starts_with("\u2019") || text.starts_with("`");
}

/// A triple behind another one, with nothing between.
bool lacks_full_stop(const WrongToken& wrong) {
  const std::size_t type = wrong.token->getType();
  const bool begins_triple = type >= SparqlLexer::IRIREF && type <= SparqlLexer::VAR2;
  const std::string before = wrong.before ? wrong.before->getText() : "";
  return begins_triple && before != "." && before != "}" && before != "{" && before != ";";
}

std::string found_mistake(const WrongToken& wrong) {
  const std::size_t type = wrong.token->getType();
  const std::size_t before = wrong.before ? wrong.before->getType() : 0;
  const std::string text = wrong.token->getText();
  if (begins_with_quote(wrong.text.substr(wrong.offset)))
    return "strings stand in straight quotes: \"...\"";
  if (type == SparqlLexer::WORD)
    if (std::string hint = foreign_word(to_ascii_upper(text), before); !hint.empty()) return hint;
  if (std::string hint = behind_keyword(before, text); !hint.empty()) return hint;
  if (std::string hint = late_modifier(type, wrong.expected); !hint.empty()) return hint;
  if (type == SparqlLexer::UNION) return "UNION stands between braces: { ... } UNION { ... }";
  if (text == "http:" || text == "https:") return "IRIs stand in angle brackets: <http://...>";
  if (std::string hint = wrong_sign(wrong, text); !hint.empty()) return hint;
  if (wrong.wanted == "'}'" && lacks_full_stop(wrong))
    return "a full stop or a semicolon divides triples";
  if (type != SparqlLexer::WORD) return {};
  const bool takes_variable = wrong.expected.contains(static_cast<std::size_t>(SparqlLexer::VAR1));
  const bool takes_name = wrong.expected.contains(static_cast<std::size_t>(SparqlLexer::IRIREF));
  const std::string word = excerpt(text, 40);
  if (takes_variable && !takes_name) return fmt::format("did you mean ?{}?", word);
  const std::string_view behind = wrong.text.substr(wrong.offset + text.size());
  if (takes_name && behind.size() > 1 && behind[0] == '.' &&
      std::isalpha(static_cast<unsigned char>(behind[1])) != 0)
    return fmt::format("a prefix ends with a colon: {}:...", word);
  return {};
}

}  // namespace

std::string open_bracket(const std::vector<antlr4::Token*>& tokens, const SourceText& source) {
  std::vector<const antlr4::Token*> open;
  for (const antlr4::Token* token : tokens) {
    if (token->getChannel() != antlr4::Token::DEFAULT_CHANNEL) continue;
    const std::string text = token->getText();
    if (text == "{" || text == "(" || text == "[") open.push_back(token);
    if ((text == "}" || text == ")" || text == "]") && !open.empty()) open.pop_back();
  }
  if (open.empty() || tokens.empty() || open.back()->getLine() == tokens.back()->getLine())
    return {};
  const Position place = place_of(open.back(), source);
  return fmt::format(" (the {} of line {}, column {} has no end)", open.back()->getText(),
                     place.first, place.second);
}

std::string usual_mistake(const WrongToken& wrong) {
  if (wrong.token->getType() == antlr4::Token::EOF) return {};
  const std::string hint = found_mistake(wrong);
  return hint.empty() ? hint : " (" + hint + ")";
}

}  // namespace tripten
