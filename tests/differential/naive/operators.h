// The operators of the algebra on multisets of solutions (SPARQL 1.1 §18.5), with its own names.
#pragma once

#include <functional>

#include "differential/naive/solution.h"

namespace tripten::naive {

/// Whether an expression's effective boolean value is true under a solution.
using Condition = std::function<bool(const Solution&)>;

/// Filter(expr, Ω) = { μ | μ in Ω and expr(μ) has an effective boolean value of true }
Solutions filter(const Condition& condition, const Solutions& solutions);
/// Join(Ω1, Ω2) = { merge(μ1, μ2) | μ1 in Ω1 and μ2 in Ω2, and μ1 and μ2 are compatible }
Solutions join(const Solutions& left, const Solutions& right, Effort& effort);
/// Diff(Ω1, Ω2, expr): the μ1 such that no μ2 is compatible or expr(merge(μ1, μ2)) is not true.
Solutions diff(const Solutions& left, const Solutions& right, const Condition& condition,
               Effort& effort);
/// LeftJoin(Ω1, Ω2, expr) = Filter(expr, Join(Ω1, Ω2)) ∪ Diff(Ω1, Ω2, expr)
Solutions left_join(const Solutions& left, const Solutions& right, const Condition& condition,
                    Effort& effort);
/// Union(Ω1, Ω2)
Solutions set_union(const Solutions& left, const Solutions& right);
/// Minus(Ω1, Ω2) = { μ | μ in Ω1. ∀ μ' in Ω2, either μ and μ' are not compatible or dom(μ) and
/// dom(μ') are disjoint }
Solutions minus(const Solutions& left, const Solutions& right, Effort& effort);
/// Project(Ω, PV)
Solutions project(const Solutions& solutions, const std::vector<Variable>& variables);
/// Distinct(Ω)
Solutions distinct(const Solutions& solutions);

}  // namespace tripten::naive
