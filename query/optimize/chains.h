// Chains of one operation as lists: Join and Union are associative (and commutative) over bags of
// solutions (§18.5), `&&` and `||` over the three truth values (§17.2).
//
// Texts nest them to the left, as deep as they are long. Here they become lists, and the lists
// balanced trees, so that the depth of a pattern is that of its braces.
#pragma once

#include <vector>

#include "query/algebra/algebra.h"

namespace tripten {

/// Whether the pattern is the empty basic graph pattern: one solution, the unit of Join.
bool is_unit(const GraphPattern& pattern);

/// The operands of nested Joins (Unions), from left to right; another pattern is its own.
std::vector<GraphPattern> join_operands(GraphPattern pattern);
std::vector<GraphPattern> union_operands(GraphPattern pattern);

/// A balanced tree of the operands; the unit where a Join has none. A Union has at least one.
GraphPattern join_of(std::vector<GraphPattern> operands);
GraphPattern union_of(std::vector<GraphPattern> operands);

/// The operands of the outermost `&&`s, in order. As a FILTER, all of them say what the expression
/// says: a filter keeps a solution for which each is true.
std::vector<Expression> conjuncts_of(Expression expression);
/// The `&&` of them; they are not empty.
Expression conjunction_of(std::vector<Expression> conjuncts);

/// Every chain of Join, Union, `&&` and `||` as a balanced tree. Throws Limit for a pattern that is
/// nested deeper than kDeepestPattern even so.
GraphPattern balance_chains(GraphPattern pattern);

/// Passes and planner go down recursively; this bounds them.
constexpr int kDeepestPattern = 500;

}  // namespace tripten
