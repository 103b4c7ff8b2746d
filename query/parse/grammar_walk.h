// GrammarWalk: where in the grammar a text stands that is not finished yet.
//
// The recovery of a generated parser throws away what completion asks for: which rules are open at
// the cursor, and which tokens each of them would take. So the grammar's transition network
// (ANTLR's ATN: a graph for each rule, with calls between them) is walked here as a
// nondeterministic automaton with a stack, breadth first, all readings of the tokens side by side:
//
//   reading = (state, stack of the states to return to)      stacks share their lower parts
//   take(token)   the closure of all readings over calls, returns and empty transitions, then the
//                 transitions that the token labels
//
// A rule is entered only where the token may be its first one, so that a token costs a few dozen
// states. What doesn't fit is recovered from: rules that are open are taken for finished one by one
// until the token fits; an opening brace opens a group; anything else is left out.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <utility>
#include <vector>

#include <antlr4-runtime.h>

namespace tripten {

/// Belongs to one thread. The network outlives it.
class GrammarWalk {
 public:
  /// Begins at any of the rules.
  GrammarWalk(const antlr4::atn::ATN& network, std::vector<std::size_t> rules);

  void take(const antlr4::Token& token);

  /// A token that may come next, and the rules that are open when it does, the innermost first.
  struct Expected {
    std::size_t type;
    std::vector<std::size_t> rules;
  };
  /// A token comes once for each sequence of open rules.
  std::vector<Expected> expected() const;

 private:
  struct Frame {
    antlr4::atn::ATNState* follow;
    const Frame* below;
  };
  struct Reading {
    antlr4::atn::ATNState* state;
    const Frame* stack;
    friend auto operator<=>(const Reading&, const Reading&) = default;
  };

  void begin();
  const Frame* frame(antlr4::atn::ATNState* follow, const Frame* below) const;
  template <typename Admit, typename Emit>
  void close(const std::vector<Reading>& from, Admit admit, Emit emit) const;
  std::vector<Reading> after(const std::vector<Reading>& from, std::size_t type) const;
  bool finish_rules_until(std::size_t type);

  const antlr4::atn::ATN& network_;
  std::vector<std::size_t> rules_;
  mutable std::deque<Frame> frames_{};
  mutable std::map<std::pair<antlr4::atn::ATNState*, const Frame*>, const Frame*> known_{};
  std::vector<Reading> readings_{};
  std::size_t recoveries_ = 0;
};

}  // namespace tripten
