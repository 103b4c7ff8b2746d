// What passes and planner ask of a property path.
#pragma once

#include "query/algebra/algebra.h"

namespace tripten {

/// Whether the path connects nodes with themselves, by no step at all (§9.3: `*`, `?`).
bool can_be_empty(const PropertyPath& path);

/// Whether it may be walked any number of steps.
bool has_closure(const PropertyPath& path);

}  // namespace tripten
