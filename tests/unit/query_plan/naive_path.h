// Property paths as §9.3 and §18.4 define them: the pairs of nodes that a path connects.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "unit/query_plan/naive_evaluator.h"

namespace tripten::test {

using TermPairs = std::vector<std::pair<Term, Term>>;

/// Each pair as often as the recommendation says: closures and `?` once. A constant end that is in
/// no triple is a node, too; pairs with other ends than the constants may be among the pairs.
TermPairs path_pairs(const PropertyPath& path, const NaiveEvaluator::TripleSet& graph,
                     const std::optional<Term>& subject, const std::optional<Term>& object);

}  // namespace tripten::test
