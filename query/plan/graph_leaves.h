// When GRAPH ?g over a pattern is the pattern over quads: every scan binds ?g, and joins compare
// it.
#pragma once

#include "query/algebra/algebra.h"

namespace tripten {

/// Whether the solutions in one graph after the other (§18.6, Graph) are those of the pattern with
/// ?variable added to every triple pattern: all leaves are triple patterns, nothing inside speaks
/// of the variable, and every operation treats solutions of different graphs as strangers. MINUS
/// does not: through ?g its sides would share a variable.
bool every_leaf_binds_graph(const GraphPattern& pattern, const Variable& variable);

}  // namespace tripten
