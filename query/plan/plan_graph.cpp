// GRAPH over patterns that scans alone can't keep apart by graph: a loop over the named graphs.
#include <algorithm>
#include <utility>

#include "query/algebra/scope.h"
#include "query/plan/cost.h"
#include "query/plan/join_group.h"
#include "query/plan/planner.h"

namespace tripten {

Planned Planner::plan_node(const Graph& node, const GraphPattern& pattern, const PlanScope& scope) {
  if (environment_.optimise) return plan_group(pattern, scope);
  const auto* name = std::get_if<Term>(&node.name);
  if (!name) return plan_graph_loop(node, scope);
  const TermId id = environment_.terms.intern(view_of(*name));
  if (!name->is_iri() || !environment_.dataset.has_named(id))
    return nothing(visible_variables(pattern));
  return plan(*node.pattern, {{ActiveGraph::Kind::One, {id}, false, std::nullopt}, scope.seed});
}

Planned Planner::plan_graph_loop(const Graph& node, const PlanScope& scope) {
  const Dataset& dataset = environment_.dataset;
  const Variable& variable = std::get<Variable>(node.name);
  PlanScope inner{{ActiveGraph::Kind::Parameter, {}, false, std::nullopt}, scope.seed};
  inner.seed = usable_seed(scope.seed, *node.pattern);
  Planned input = plan(*node.pattern, inner);
  const auto graphs =
      static_cast<double>((dataset.restricted ? dataset.named : dataset.store_named).size());
  input.distinct[variable] = graphs;
  const double rows = input.rows * graphs;
  const double cost = input.cost * std::max(0.0, graphs - 1) + kOpenCost;
  OperatorPtr root = graph_loop(std::move(input.root), variable, dataset.restricted, dataset.named);
  return modified(std::move(input), std::move(root), rows, cost);
}

}  // namespace tripten
