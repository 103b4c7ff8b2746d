// What a property path is expected to give and cost.
#pragma once

#include "query/exec/operators.h"
#include "query/plan/pattern_statistics.h"

namespace tripten {

struct PathFigures {
  double rows = 1;       ///< Pairs, the pattern's constants considered.
  double cost = 0;       ///< Of all pairs.
  double walk_cost = 0;  ///< Of walking from one node.
  double nodes = 1;      ///< That a path starts or ends at.
};
PathFigures path_figures(const PathPattern& pattern, PatternStatistics& statistics,
                         QueryTerms& terms);

}  // namespace tripten
