// ExistsProbe: EXISTS decided solution by solution (§18.6): the solution's values are substituted
// into the pattern, the pattern is planned and run until its first row.
//
// It is right for every pattern and slow; the planner takes a semi-join where that means the same
// (is_semi_join() below). Answers are remembered by the values that the pattern depends on.
#pragma once

#include <memory>

#include "query/expr/evaluator.h"
#include "query/optimize/variable_set.h"
#include "query/plan/planner.h"

namespace tripten {

std::unique_ptr<ExistsEvaluator> make_exists_probe(PlanEnvironment& environment,
                                                   const GraphPattern& pattern,
                                                   const Schema& schema, const ActiveGraph& graph);

/// Whether EXISTS over rows that bind `outer`, `bound` of them always, asks just for a compatible
/// solution of the pattern: whether substituting first and matching last are the same.
bool is_semi_join(const GraphPattern& pattern, const VariableSet& outer, const VariableSet& bound);

}  // namespace tripten
