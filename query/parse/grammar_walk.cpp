#include "query/parse/grammar_walk.h"

#include <algorithm>
#include <set>

#include "grammar/SparqlLexer.h"
#include "grammar/SparqlParser.h"

namespace tripten {

using antlr4::atn::ATNState;
using antlr4::atn::Transition;
using grammar::SparqlLexer;
using grammar::SparqlParser;

namespace {

/// SPARQL is nearly LL(1): more readings than a few come from broken texts alone.
constexpr std::size_t kMostReadings = 32;
/// Rules that are taken for finished when a token doesn't fit.
constexpr std::size_t kMostFinished = 200;
/// Tokens that are recovered from; further ones that don't fit are left out.
constexpr std::size_t kMostRecoveries = 32;

}  // namespace

GrammarWalk::GrammarWalk(const antlr4::atn::ATN& network, std::vector<std::size_t> rules)
    : network_(network),
      rules_(std::move(rules)) {
  begin();
}

void GrammarWalk::begin() {
  readings_.clear();
  for (const std::size_t rule : rules_)
    readings_.push_back({network_.ruleToStartState[rule], nullptr});
}

const GrammarWalk::Frame* GrammarWalk::frame(ATNState* follow, const Frame* below) const {
  const Frame*& known = known_[{follow, below}];
  if (!known) {
    frames_.push_back({follow, below});
    known = &frames_.back();
  }
  return known;
}

/// Calls `emit` for each labelled transition in the closure of `from`; states that `admit` refuses
/// are not entered.
template <typename Admit, typename Emit>
void GrammarWalk::close(const std::vector<Reading>& from, Admit admit, Emit emit) const {
  std::vector<Reading> left(from.rbegin(), from.rend());
  std::set<Reading> seen(from.begin(), from.end());
  const auto enter = [&](const Reading& reading) {
    if (seen.insert(reading).second) left.push_back(reading);
  };
  while (!left.empty()) {
    const Reading at = left.back();
    left.pop_back();
    if (at.state->getStateType() == ATNState::RULE_STOP) {
      if (at.stack) enter({at.stack->follow, at.stack->below});
      continue;
    }
    for (auto i = at.state->transitions.rbegin(); i != at.state->transitions.rend(); ++i) {
      const Transition& transition = **i;
      if (!transition.isEpsilon()) {
        emit(at, transition);
      } else if (admit(transition.target)) {
        const auto* call = transition.getSerializationType() == Transition::RULE
                               ? static_cast<const antlr4::atn::RuleTransition*>(&transition)
                               : nullptr;
        enter({transition.target, call ? frame(call->followState, at.stack) : at.stack});
      }
    }
  }
}

std::vector<GrammarWalk::Reading> GrammarWalk::after(const std::vector<Reading>& from,
                                                     std::size_t type) const {
  std::vector<Reading> next;
  close(
      from,
      [&](ATNState* state) {
        const antlr4::misc::IntervalSet& first = network_.nextTokens(state);
        return first.contains(type) || first.contains(antlr4::Token::EPSILON);
      },
      [&](const Reading& at, const Transition& transition) {
        if (!transition.matches(type, antlr4::Token::MIN_USER_TOKEN_TYPE, network_.maxTokenType))
          return;
        const Reading reading{transition.target, at.stack};
        if (next.size() < kMostReadings &&
            std::find(next.begin(), next.end(), reading) == next.end())
          next.push_back(reading);
      });
  return next;
}

/// Returns from open rules before their ends, the innermost first, until one takes the token.
bool GrammarWalk::finish_rules_until(std::size_t type) {
  std::vector<Reading> open = readings_;
  for (std::size_t i = 0; i < kMostFinished && !open.empty(); ++i) {
    std::vector<Reading> outer;
    for (const Reading& reading : open)
      if (reading.stack) outer.push_back({reading.stack->follow, reading.stack->below});
    if (std::vector<Reading> next = after(outer, type); !next.empty()) {
      readings_ = std::move(next);
      return true;
    }
    open = std::move(outer);
  }
  return false;
}

void GrammarWalk::take(const antlr4::Token& token) {
  const std::size_t type = token.getType();
  if (std::vector<Reading> next = after(readings_, type); !next.empty()) {
    readings_ = std::move(next);
    return;
  }
  if (type == SparqlLexer::WORD || type == SparqlLexer::UNKNOWN) return;
  if (recoveries_++ >= kMostRecoveries || finish_rules_until(type)) return;
  const std::string text = token.getText();
  if (text == "{") {
    std::vector<Reading> groups;
    ATNState* group = network_.ruleToStartState[SparqlParser::RuleGroupGraphPattern];
    for (const Reading& reading : readings_)
      groups.push_back({group, frame(reading.state, reading.stack)});
    if (groups.empty()) groups.push_back({group, nullptr});
    readings_ = after(groups, type);
  } else if (text == ";") {
    begin();
  }
}

std::vector<GrammarWalk::Expected> GrammarWalk::expected() const {
  std::vector<Expected> all;
  std::set<std::pair<std::size_t, std::vector<std::size_t>>> seen;
  close(
      readings_, [](ATNState*) { return true; },
      [&](const Reading& at, const Transition& transition) {
        std::vector<std::size_t> rules{at.state->ruleIndex};
        for (const Frame* frame = at.stack; frame && rules.size() < kMostFinished;
             frame = frame->below)
          rules.push_back(frame->follow->ruleIndex);
        for (const ssize_t type : transition.label().toList())
          if (type > 0 && seen.emplace(type, rules).second)
            all.push_back({static_cast<std::size_t>(type), rules});
      });
  return all;
}

}  // namespace tripten
