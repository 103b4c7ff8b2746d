// Evaluation of the algebra (SPARQL 1.1 §18.6) and of expressions (§17).
#pragma once

#include <optional>

#include "differential/naive/solution.h"

namespace tripten::naive {

/// D(G), a dataset with its active graph.
struct ActiveDataset {
  const RdfDataset& dataset;
  const RdfGraph& graph;
  /// Values that variables have already: substitute(pattern, μ) of EXISTS (§18.6), and bindings
  /// made before a query. docs/decisions/0006-exists.md says how what the recommendation leaves
  /// open is read: a variable with a value is that term in triple patterns, paths, GRAPH and
  /// expressions, and solutions of what mentioned it still bind it; a sub-SELECT sees the values of
  /// the variables that it selects, and those of `before`.
  const Solution& given;
  const Solution& before;  ///< The part of `given` that was bound before the query.
  Effort& effort;
};

/// eval(D(G), pattern). ORDER BY gives a sequence, all else a multiset.
Solutions eval(const ActiveDataset& active, const GraphPattern& pattern);

/// The value of an expression under a solution; nothing: an error.
std::optional<Term> value_of(const Expression& expression, const Solution& solution,
                             const ActiveDataset& active);

/// The effective boolean value of an expression; nothing: an error.
std::optional<bool> truth_of(const Expression& expression, const Solution& solution,
                             const ActiveDataset& active);

/// A query's solutions: its pattern over the default graph, with values for some variables that
/// were there before (the public API's bindings).
Solutions eval_query(const Query& query, const RdfDataset& dataset, const Solution& bindings,
                     Effort& effort);

}  // namespace tripten::naive
