#include "query/parse/triple_outline.h"

#include "grammar/SparqlLexer.h"

namespace tripten {

using grammar::SparqlLexer;

namespace {

/// Deeper brackets and further triples are not looked at.
constexpr std::size_t kMostLevels = 1000;
constexpr std::size_t kMostTriples = 2000;

bool is_term(std::size_t type) {
  return type == SparqlLexer::A || type == SparqlLexer::TRUE || type == SparqlLexer::FALSE ||
         type == SparqlLexer::ANON || type == SparqlLexer::NIL ||
         (type >= SparqlLexer::IRIREF && type <= SparqlLexer::VAR2) ||
         (type >= SparqlLexer::INTEGER && type <= SparqlLexer::STRING_LITERAL2);
}

bool is_keyword(std::size_t type) {
  return type > SparqlLexer::A && type <= SparqlLexer::YEAR;
}

}  // namespace

std::string TripleOutline::open(std::size_t position) const {
  const Level& level = levels_.back();
  return level.triples && level.terms.size() > position ? level.terms[position] : std::string();
}

void TripleOutline::add_term(std::string text) {
  Level& level = levels_.back();
  if (!level.triples || level.terms.size() >= 3) return;
  if (level.terms.size() == 1 && level.path) text.clear();
  level.terms.push_back(std::move(text));
  if (level.terms.size() == 3 && triples_.size() < kMostTriples)
    triples_.push_back({level.terms[0], level.terms[1], level.terms[2]});
}

void TripleOutline::open_bracket(char bracket) {
  if (levels_.size() > kMostLevels) return;
  Level inner{.bracket = bracket};
  if (bracket == '{') {
    levels_.back().terms.clear();
    inner.triples = !values_;
    values_ = false;
  } else if (bracket == '[') {
    inner.triples = levels_.back().triples;
    inner.node = "[" + std::to_string(++nodes_) + "]";
    inner.terms.push_back(inner.node);
  }
  levels_.push_back(std::move(inner));
}

void TripleOutline::close_bracket(char bracket) {
  if (levels_.size() == 1 || levels_.back().bracket != bracket) {
    // A brace closes whatever is open inside.
    if (bracket != '{') return;
    while (levels_.size() > 1 && levels_.back().bracket != '{')
      levels_.pop_back();
    if (levels_.size() == 1) return;
  }
  const std::string node = levels_.back().node;
  levels_.pop_back();
  Level& outer = levels_.back();
  if (bracket == '{') outer.terms.clear();
  if (bracket == '[') add_term(node);
  // A path or a collection; behind a keyword an expression.
  if (bracket == '(' && !outer.terms.empty()) add_term({});
}

void TripleOutline::sign(const std::string& text) {
  Level& level = levels_.back();
  if (text == "{" || text == "[" || text == "(") {
    open_bracket(text[0]);
  } else if (text == "}" || text == "]" || text == ")") {
    close_bracket(text == "}" ? '{' : text == "]" ? '[' : '(');
  } else if (text == "." || text == ";" || text == ",") {
    const std::size_t kept = text == "." ? 0 : text == ";" ? 1 : 2;
    if (level.terms.size() > kept) level.terms.resize(kept);
    if (kept < 2) level.path = false;
  } else if (text == "/" || text == "|") {
    level.path = true;
    if (level.terms.size() > 1) level.terms.resize(1);
  } else if (text == "^" || text == "!") {
    level.path = true;
  } else if ((text == "*" || text == "+" || text == "?") && level.terms.size() == 2) {
    level.terms[1].clear();
  } else if (text == "^^") {
    completes_ = true;
  }
}

void TripleOutline::take(const antlr4::Token& token) {
  const std::size_t type = token.getType();
  Level& level = levels_.back();
  if (completes_ || type == SparqlLexer::LANGTAG) {
    const bool of_last = level.triples && level.terms.size() == 3 && !triples_.empty();
    if (of_last) triples_.back().object += (completes_ ? "^^" : "") + token.getText();
    completes_ = false;
  } else if (is_term(type)) {
    add_term(token.getText());
  } else if (is_keyword(type)) {
    level.terms.clear();
    level.path = false;
    if (type == SparqlLexer::VALUES) values_ = true;
  } else {
    sign(token.getText());
  }
}

}  // namespace tripten
