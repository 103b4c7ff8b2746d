// ORDER BY and slices (SPARQL 1.1 §15).
#pragma once

#include "differential/naive/evaluate.h"

namespace tripten::naive {

/// Whether the conditions put a before b for certain.
bool certainly_before(const Solution& a, const Solution& b,
                      const std::vector<OrderCondition>& conditions, const ActiveDataset& active);

/// A sequence in which no solution stands behind one that it is certainly before.
Solutions order_by(const Solutions& solutions, const std::vector<OrderCondition>& conditions,
                   const ActiveDataset& active);

/// Slice(OrderBy(...), start, length). Throws NotDetermined where the order leaves open which
/// solutions are among them.
Solutions slice(const Solutions& solutions, const Slice& node,
                const std::vector<OrderCondition>& conditions, const ActiveDataset& active);

}  // namespace tripten::naive
