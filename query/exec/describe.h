// The words that explain prints for scan patterns, graphs and columns; query/algebra/print.h has
// the rest.
#pragma once

#include <string>
#include <vector>

#include "query/exec/operators.h"

namespace tripten {

/// `?s <iri> ?o`, and the graph where it is not the default graph.
std::string describe_pattern(const ScanPattern& pattern);
/// Nothing for the default graph, else ` in ...`.
std::string describe_graph(const ActiveGraph& graph);
std::string describe_order(QuadOrder order);                             ///< `PSO`
std::string describe_variables(const std::vector<Variable>& variables);  ///< `?a ?b`

}  // namespace tripten
