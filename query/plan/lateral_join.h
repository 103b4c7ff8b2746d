// LateralJoin: LATERAL, solution by solution: the values of a row are substituted into the pattern,
// which is planned and run, and each of its rows is merged with that row (SEP-0006).
//
// Rows with the same values of the variables that the pattern mentions have the same solutions:
// these are remembered while they are few.
#pragma once

#include "query/plan/planner.h"

namespace tripten {

/// `sample` is the plan of the pattern without values, which explain shows and nobody runs.
OperatorPtr lateral_join(OperatorPtr left, OperatorPtr sample, const GraphPattern& pattern,
                         PlanEnvironment& environment, const ActiveGraph& graph);

}  // namespace tripten
