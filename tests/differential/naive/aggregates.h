// Grouping and aggregates (SPARQL 1.1 §18.5.1, §11).
#pragma once

#include "differential/naive/evaluate.h"

namespace tripten::naive {

/// Group, Aggregation and AggregateJoin over the solutions of the node's pattern.
Solutions eval_group(const Group& node, const Solutions& solutions, const ActiveDataset& active);

}  // namespace tripten::naive
