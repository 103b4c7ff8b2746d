// The passes over the algebra, in the order in which they run.
//
// Each is a function GraphPattern → GraphPattern in a file of its own. It keeps the bag of
// solutions exactly, for every dataset, and never looks at the data: what depends on counts is the
// planner's.
#pragma once

#include "query/algebra/algebra.h"

namespace tripten {

/// All passes, in order. The pattern comes from balance_chains().
GraphPattern optimize(GraphPattern pattern);

/// Drops units from Joins, and makes one basic graph pattern of all those that are joined.
GraphPattern merge_joins(GraphPattern pattern);

/// Joins inside OPTIONAL, MINUS and BIND rather than around them, so that all that is joined meets
/// in one place: Join(LeftJoin(A, O), B) → LeftJoin(Join(A, B), O).
GraphPattern sink_joins(GraphPattern pattern);

/// OPTIONAL followed by a filter that no solution without the optional part passes: a Join.
GraphPattern require_optionals(GraphPattern pattern);

/// Splits filters at `&&` and moves each as deep as it still sees the same values.
GraphPattern push_filters(GraphPattern pattern);

/// FILTER(?x = <iri>) and its like over a basic graph pattern: the constant into the pattern.
GraphPattern bind_constants(GraphPattern pattern);

/// EXISTS and MINUS above DISTINCT, where they ask about what is different alone.
GraphPattern push_distinct(GraphPattern pattern);

}  // namespace tripten
