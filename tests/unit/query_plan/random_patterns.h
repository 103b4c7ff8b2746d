// Random small datasets and patterns, for comparing a planner with the naive evaluator.
#pragma once

#include <random>

#include "unit/query_plan/term_store.h"

namespace tripten::test {

/// Fills the store with up to `quads` quads over five IRIs, a blank node, a few integers, three
/// predicates, the default graph and two named graphs.
void add_random_quads(TermStore& store, std::mt19937& random, int quads);

/// Makes patterns over the same terms and the variables ?v0 .. ?v4.
class RandomPatterns {
 public:
  explicit RandomPatterns(std::mt19937& random) : random_(random) {}

  /// Nested at most `depth` deep.
  GraphPattern pattern(int depth);
  Expression condition(int depth);
  DatasetClause dataset();

 private:
  int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }
  bool chance(int of_hundred) { return below(100) < of_hundred; }
  Term constant();
  Term predicate();
  Variable variable();
  PatternTerm place(int variables_of_hundred);
  TriplePattern triple();
  GraphPattern bgp(int most);
  GraphPattern path();
  PropertyPath property_path(int depth);
  GraphPattern values();
  GraphPattern extend(int depth);
  GraphPattern sub_select(int depth);
  GraphPattern graph(int depth);
  GraphPattern lateral(int depth);
  Expression operand();

  std::mt19937& random_;
  int fresh_ = 0;  // numbers for variables that are bound once
};

}  // namespace tripten::test
