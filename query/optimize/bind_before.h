// Bindings made before a query runs: values that some of its variables have from the start.
#pragma once

#include "query/algebra/algebra.h"
#include "query/optimize/substitute.h"

namespace tripten {

/// The pattern with the values substituted everywhere, in whose solutions the variables are bound
/// to them: under the solution modifiers, so that SELECT ?name shows the value and GROUP BY ?name
/// groups by it.
GraphPattern bind_before(GraphPattern pattern, const Substitution& values);

}  // namespace tripten
