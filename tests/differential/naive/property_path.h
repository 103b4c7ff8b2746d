// Property paths (SPARQL 1.1 §18.4, §9.3).
#pragma once

#include "differential/naive/solution.h"

namespace tripten::naive {

/// eval(Path(X, path, Y)) over the graph. A variable with a value `given` (evaluate.h) is that term
/// in the path, and bound to it in the solutions.
Solutions eval_path(const Path& path, const RdfGraph& graph, const Solution& given, Effort& effort);

}  // namespace tripten::naive
