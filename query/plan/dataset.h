// Dataset: the graphs that a query reads (§13).
#pragma once

#include <vector>

#include "query/algebra/query.h"
#include "query/exec/operators.h"
#include "query/expr/query_terms.h"

namespace tripten {

/// Without a clause: the store's default graph and all its named graphs. FROM: the merge of the
/// graphs given; FROM NAMED: those graphs, also ones that hold nothing. With either, what the other
/// would give is empty. WITH (DatasetClause::all_named) changes the default graph alone.
struct Dataset {
  ActiveGraph default_graph{};
  bool restricted = false;            ///< Only the graphs of `named` are named graphs.
  std::vector<TermId> named{};        ///< Ascending.
  std::vector<TermId> store_named{};  ///< The named graphs of the store, ascending.

  Dataset(const DatasetClause& clause, const StoreView& view, QueryTerms& terms);

  /// Whether `GRAPH <g>` finds the graph.
  bool has_named(TermId graph) const;
  /// The active graph of `GRAPH ?variable` over patterns that bind it.
  ActiveGraph each_named(const Variable& variable) const;
};

}  // namespace tripten
