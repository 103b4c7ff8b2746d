// What passes and planner ask of an expression before they move it.
#pragma once

#include "query/algebra/algebra.h"

namespace tripten {

/// Whether two evaluations over the same solution may differ (RAND, UUID, STRUUID, BNODE), EXISTS
/// patterns included.
bool is_volatile(const Expression& expression);
bool is_volatile(const GraphPattern& pattern);

/// Whether EXISTS or NOT EXISTS stands in it.
bool contains_exists(const Expression& expression);
bool contains_exists(const GraphPattern& pattern);

}  // namespace tripten
