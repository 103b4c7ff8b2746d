#include "query/parse/cursor_state.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/utf8.h"
#include "query/parse/grammar_walk.h"
#include "query/parse/syntax.h"
#include "query/parse/triple_outline.h"

namespace tripten {

using grammar::SparqlLexer;
using grammar::SparqlParser;

namespace {

constexpr std::size_t kMostBefore = 16 << 10;
constexpr std::size_t kMostBehind = 4 << 10;

/// One token with its place in bytes of the piece that was read.
struct Placed {
  const antlr4::Token* token;
  std::size_t begin, end;
};

/// The tokens of a piece of text, hidden ones included, without the end.
class Tokens {
 public:
  explicit Tokens(std::string_view text) : input_(text), lexer_(&input_), stream_(&lexer_) {
    lexer_.removeErrorListeners();
    try {
      stream_.fill();
    } catch (const BoundedInput::ReadTooOften&) {
      return;  // what was read till then
    }
    std::size_t offset = 0, code_points = 0;
    const auto offset_of = [&](std::size_t code_point) {
      while (code_points < code_point && offset < text.size()) {
        offset += decode_utf8(text.substr(offset)).bytes;
        ++code_points;
      }
      return offset;
    };
    for (const antlr4::Token* token : stream_.getTokens()) {
      if (token->getType() == antlr4::Token::EOF) continue;
      const std::size_t begin = offset_of(token->getStartIndex());
      all_.push_back({token, begin, offset_of(token->getStopIndex() + 1)});
    }
  }

  const std::vector<Placed>& all() const { return all_; }
  antlr4::CommonTokenStream& stream() { return stream_; }

 private:
  BoundedInput input_;
  SparqlLexer lexer_;
  antlr4::CommonTokenStream stream_;
  std::vector<Placed> all_{};
};

bool is_visible(const Placed& placed) {
  return placed.token->getChannel() == antlr4::Token::DEFAULT_CHANNEL;
}

/// Bytes that are no UTF-8 as question marks: all places stay.
std::string readable(std::string_view text) {
  std::string out(text);
  for (std::size_t bad = find_invalid_utf8(out); bad != std::string::npos;
       bad = find_invalid_utf8(out))
    for (std::size_t i = bad; i < out.size(); ++i) {
      const DecodedCodePoint decoded = decode_utf8(std::string_view(out).substr(i));
      if (!decoded.valid) out[i] = '?';
      i += decoded.bytes - 1u;
    }
  return out;
}

bool is_word_token(std::size_t type) {
  return (type >= SparqlLexer::A && type <= SparqlLexer::YEAR) || type == SparqlLexer::WORD ||
         type == SparqlLexer::PNAME_NS || type == SparqlLexer::PNAME_LN ||
         (type >= SparqlLexer::VAR1 && type <= SparqlLexer::DOUBLE_NEGATIVE);
}

/// Where a string begins that has no end before the end of the text, on its last line.
std::optional<std::size_t> open_string(std::string_view text, const std::vector<Placed>& tokens) {
  const std::size_t line = text.rfind('\n') + 1;  // npos + 1 is 0
  for (const Placed& placed : tokens)
    if (placed.begin >= line && placed.token->getType() == SparqlLexer::UNKNOWN &&
        (text[placed.begin] == '"' || text[placed.begin] == '\''))
      return placed.begin;
  return std::nullopt;
}

/// Where an IRI may begin that has no end yet: a `<` with no byte behind it that IRIs can't have.
std::optional<std::size_t> open_iri(std::string_view text) {
  for (std::size_t i = text.size(); i-- > 0;) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '<') return i;
    if (byte <= 0x20 || std::string_view(">\"{}|^`\\").find(text[i]) != std::string_view::npos)
      return std::nullopt;
  }
  return std::nullopt;
}

/// Begins of the words that is typed without a bracket or quote; the end of the text if none is.
std::size_t word_begin(std::string_view text, const std::vector<Placed>& tokens) {
  if (tokens.empty()) return text.size();
  const Placed& last = tokens.back();
  const std::string_view shown = text.substr(last.begin, last.end - last.begin);
  const bool begins_word = shown == "?" || shown == "$" || shown == "@";
  return begins_word || is_word_token(last.token->getType()) ? last.begin : text.size();
}

/// The place of a name or variable, by the rules that are open around it.
CursorPlace place_of(const std::vector<std::size_t>& rules) {
  for (const std::size_t rule : rules)
    switch (rule) {
      case SparqlParser::RuleRdfLiteral:
        return CursorPlace::Datatype;
      case SparqlParser::RulePrefixDecl:
      case SparqlParser::RuleBaseDecl:
        return CursorPlace::Namespace;
      case SparqlParser::RuleSourceSelector:
      case SparqlParser::RuleGraphRef:
      case SparqlParser::RuleGraphOrDefault:
      case SparqlParser::RuleGraphGraphPattern:
      case SparqlParser::RuleQuadsNotTriples:
      case SparqlParser::RuleUsingClause:
      case SparqlParser::RuleModify:
        return CursorPlace::GraphName;
      case SparqlParser::RuleServiceGraphPattern:
        return CursorPlace::Service;
      case SparqlParser::RuleVerb:
      case SparqlParser::RuleVerbSimple:
      case SparqlParser::RulePathPrimary:
      case SparqlParser::RulePathOneInPropertySet:
        return CursorPlace::Predicate;
      case SparqlParser::RuleGraphNode:
      case SparqlParser::RuleGraphNodePath:
        return CursorPlace::Object;
      case SparqlParser::RuleTriplesSameSubject:
      case SparqlParser::RuleTriplesSameSubjectPath:
        return CursorPlace::Subject;
      case SparqlParser::RuleDataBlockValue:
      case SparqlParser::RuleDescribeQuery:
        return CursorPlace::Resource;
      case SparqlParser::RuleSelectItem:
      case SparqlParser::RuleInlineDataOneVar:
      case SparqlParser::RuleInlineDataFull:
        return CursorPlace::Projection;
      case SparqlParser::RuleExpression:
      case SparqlParser::RuleConstraint:
      case SparqlParser::RuleGroupCondition:
      case SparqlParser::RuleOrderCondition:
        return CursorPlace::Expression;
      default:
        break;
    }
  return CursorPlace::None;
}

std::string keyword_text(const antlr4::dfa::Vocabulary& vocabulary, std::size_t type) {
  switch (type) {
    case SparqlLexer::A:
      return "a";
    case SparqlLexer::TRUE:
      return "true";
    case SparqlLexer::FALSE:
      return "false";
    case SparqlLexer::ISIRI:
      return "isIRI";
    case SparqlLexer::ISURI:
      return "isURI";
    case SparqlLexer::ISBLANK:
      return "isBLANK";
    case SparqlLexer::ISLITERAL:
      return "isLITERAL";
    case SparqlLexer::ISNUMERIC:
      return "isNUMERIC";
    case SparqlLexer::SAMETERM:
      return "sameTerm";
    default:
      return std::string(vocabulary.getSymbolicName(type));
  }
}

/// How late a keyword is proposed: what most queries have first, the others by the alphabet.
std::size_t rank(std::size_t type) {
  constexpr std::array<std::size_t, 30> kFirst{
      SparqlLexer::SELECT,    SparqlLexer::WHERE,     SparqlLexer::DISTINCT, SparqlLexer::FILTER,
      SparqlLexer::OPTIONAL,  SparqlLexer::UNION,     SparqlLexer::BIND,     SparqlLexer::VALUES,
      SparqlLexer::MINUS,     SparqlLexer::GROUP,     SparqlLexer::ORDER,    SparqlLexer::LIMIT,
      SparqlLexer::OFFSET,    SparqlLexer::HAVING,    SparqlLexer::BY,       SparqlLexer::AS,
      SparqlLexer::ASK,       SparqlLexer::CONSTRUCT, SparqlLexer::DESCRIBE, SparqlLexer::PREFIX,
      SparqlLexer::INSERT,    SparqlLexer::DELETE,    SparqlLexer::COUNT,    SparqlLexer::CONTAINS,
      SparqlLexer::STRSTARTS, SparqlLexer::REGEX,     SparqlLexer::LCASE,    SparqlLexer::LANG,
      SparqlLexer::STR,       SparqlLexer::BOUND};
  const auto* found = std::find(kFirst.begin(), kFirst.end(), type);
  return found == kFirst.end() ? kFirst.size() + type
                               : static_cast<std::size_t>(found - kFirst.begin());
}

/// Fills what the grammar takes behind the tokens.
void add_expected(const GrammarWalk& walk, const antlr4::dfa::Vocabulary& vocabulary,
                  CursorState& state) {
  std::map<std::size_t, ExpectedKeyword> keywords;  // by rank
  std::map<std::string, bool> signs;
  CursorPlace name_place = CursorPlace::None, variable_place = CursorPlace::None;
  const auto prefer = [](CursorPlace& place, CursorPlace other) {
    if (place == CursorPlace::None || place == CursorPlace::Expression) place = other;
  };
  for (const GrammarWalk::Expected& expected : walk.expected()) {
    const std::size_t type = expected.type;
    if (type >= SparqlLexer::A && type <= SparqlLexer::YEAR) {
      const bool is_function = expected.rules[0] == SparqlParser::RuleBuiltInCall ||
                               expected.rules[0] == SparqlParser::RuleAggregate ||
                               expected.rules[0] == SparqlParser::RuleRegexExpression;
      keywords[rank(type)] = {keyword_text(vocabulary, type), is_function};
    } else if (type == SparqlLexer::VAR1) {
      prefer(variable_place, place_of(expected.rules));
      state.variable = true;
    } else if (type == SparqlLexer::IRIREF) {
      prefer(name_place, place_of(expected.rules));
      state.name = true;
    } else if (type == SparqlLexer::PNAME_NS && expected.rules[0] == SparqlParser::RulePrefixDecl) {
      prefer(name_place, CursorPlace::PrefixName);
      state.name = true;
    } else if (type == SparqlLexer::STRING_LITERAL2) {
      // GROUP_CONCAT's separator is a string that no data knows.
      if (expected.rules.size() > 1 && expected.rules[1] == SparqlParser::RuleRdfLiteral)
        state.literal = true;
    } else if (type < SparqlLexer::A) {
      const std::string sign = vocabulary.getLiteralName(type);
      if (sign.size() > 2) signs[sign.substr(1, sign.size() - 2)] = true;
    }
  }
  for (auto& [order, keyword] : keywords)
    state.keywords.push_back(std::move(keyword));
  for (const auto& [sign, there] : signs)
    state.signs.push_back(sign);
  state.place = state.name ? name_place : variable_place;
}

void add_variable(const antlr4::Token& token, std::vector<std::string>& variables) {
  const std::size_t type = token.getType();
  if (type != SparqlLexer::VAR1 && type != SparqlLexer::VAR2) return;
  const std::string text = token.getText();
  if (std::find(variables.begin(), variables.end(), text) == variables.end())
    variables.push_back(text);
}

void add_prefixes(const std::vector<const antlr4::Token*>& tokens, CursorState& state) {
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (tokens[i]->getType() != SparqlLexer::PREFIX ||
        tokens[i + 1]->getType() != SparqlLexer::PNAME_NS ||
        tokens[i + 2]->getType() != SparqlLexer::IRIREF)
      continue;
    std::string prefix = tokens[i + 1]->getText(), iri = tokens[i + 2]->getText();
    prefix.pop_back();
    state.prefixes[prefix] = iri.substr(1, iri.size() - 2);
  }
}

/// Triples, variables and prefixes of what is before the cursor and, apart, of what is behind it.
void add_outline(const std::vector<const antlr4::Token*>& before,
                 const std::vector<const antlr4::Token*>& behind, CursorState& state) {
  TripleOutline outline;
  for (const antlr4::Token* token : before)
    outline.take(*token);
  state.subject = outline.subject();
  state.predicate = outline.predicate();
  for (const antlr4::Token* token : behind)
    outline.take(*token);
  state.triples = outline.triples();
  for (auto token = before.rbegin(); token != before.rend(); ++token)
    add_variable(**token, state.variables);
  for (const antlr4::Token* token : behind)
    add_variable(*token, state.variables);
  add_prefixes(before, state);
}

bool is_variable(const antlr4::Token& token) {
  return token.getType() == SparqlLexer::VAR1 || token.getType() == SparqlLexer::VAR2;
}

/// The variable of `?year = `, and of `VALUES ?year { 2020 `.
std::string compared_variable(const std::vector<const antlr4::Token*>& tokens) {
  constexpr std::array<std::string_view, 6> kComparisons{"=", "!=", "<", ">", "<=", ">="};
  const std::size_t size = tokens.size();
  if (size >= 2 && is_variable(*tokens[size - 2]) &&
      std::find(kComparisons.begin(), kComparisons.end(), tokens[size - 1]->getText()) !=
          kComparisons.end())
    return tokens[size - 2]->getText();
  std::size_t brace = size;
  while (brace > 0 && tokens[brace - 1]->getText() != "{" && tokens[brace - 1]->getText() != "}")
    --brace;
  const bool is_values = brace >= 3 && tokens[brace - 1]->getText() == "{" &&
                         is_variable(*tokens[brace - 2]) &&
                         tokens[brace - 3]->getType() == SparqlLexer::VALUES;
  return is_values ? tokens[brace - 2]->getText() : std::string();
}

/// The cursor on the first byte of a code point.
std::size_t on_code_point(std::string_view text, std::size_t cursor) {
  cursor = std::min(cursor, text.size());
  while (cursor > 0 && cursor < text.size() &&
         (static_cast<unsigned char>(text[cursor]) & 0xC0) == 0x80)
    --cursor;
  return cursor;
}

/// What is behind the cursor, without the rest of the word that it stands in.
std::string_view behind_word(std::string_view text) {
  std::size_t begin = 0;
  while (begin < text.size() &&
         std::string_view(" \t\r\n{}()[]<>\"';,.").find(text[begin]) == std::string_view::npos)
    ++begin;
  return text.substr(begin);
}

std::vector<const antlr4::Token*> visible(const std::vector<Placed>& tokens, std::size_t end) {
  std::vector<const antlr4::Token*> out;
  for (const Placed& placed : tokens)
    if (is_visible(placed) && placed.end <= end) out.push_back(placed.token);
  return out;
}

}  // namespace

CursorState cursor_state(std::string_view text, std::size_t cursor) {
  cursor = on_code_point(text, cursor);
  std::size_t start = cursor > kMostBefore ? cursor - kMostBefore : 0;
  if (start > 0) start = std::min(text.find_first_of(" \n", start), cursor);
  const std::string before = readable(text.substr(start, cursor - start));
  const std::string behind = readable(behind_word(text.substr(cursor, kMostBehind)));
  Tokens tokens(before), tokens_behind(behind);
  SparqlParser parser(&tokens.stream());

  CursorState state;
  GrammarWalk walk(parser.getATN(), {SparqlParser::RuleQueryUnit, SparqlParser::RuleUpdateUnit});
  const std::optional<std::size_t> string = open_string(before, tokens.all());
  std::size_t begin = before.size();
  if (string) {
    begin = *string;
    state.in_string = true;
  } else {
    begin = word_begin(before, tokens.all());
    const std::optional<std::size_t> iri = open_iri(before);
    if (iri && *iri + 1 < before.size()) begin = *iri;
    if (iri && *iri + 1 == before.size()) begin = *iri;
    if (!iri && !tokens.all().empty() && !is_visible(tokens.all().back()) &&
        before[tokens.all().back().begin] == '#')
      state.in_comment = true;
  }
  const std::vector<const antlr4::Token*> taken = visible(tokens.all(), begin);
  for (const antlr4::Token* token : taken)
    walk.take(*token);
  state.from = start + begin;
  state.word = before.substr(begin);
  add_expected(walk, parser.getVocabulary(), state);
  const bool behind_as = !taken.empty() && taken.back()->getType() == SparqlLexer::AS;
  state.compared = compared_variable(taken);
  if (behind_as) state.place = CursorPlace::NewVariable;
  if (state.place == CursorPlace::Namespace && !taken.empty() &&
      taken.back()->getType() == SparqlLexer::PNAME_NS)
    state.declared = taken.back()->getText();
  add_outline(taken, visible(tokens_behind.all(), behind.size()), state);
  return state;
}

}  // namespace tripten
