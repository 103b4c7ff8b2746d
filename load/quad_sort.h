// Sorting quads by one column at a time.
//
// A stable sort by one column turns one order into another: SPO by predicate is PSO, by object OSP;
// PSO by object is OPS, OPS by predicate POS; OSP by subject is SOP. So each of the seven orders
// costs a radix sort of one column, and ids that come from a dictionary are dense: two passes.
#pragma once

#include <cstdint>
#include <vector>

#include "storage/quad.h"

namespace tripten {

/// Sorts `quads` by the term at `position` (0 subject .. 3 graph); equal ones keep their order.
/// `other` is room of the same size; what is in it afterwards does not matter.
void stable_sort_by(int position, std::vector<Quad>& quads, std::vector<Quad>& other);

}  // namespace tripten
