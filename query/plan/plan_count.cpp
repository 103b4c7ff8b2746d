// Counting without reading, and without listing: COUNT(*) of one triple pattern, and COUNT(?v) of
// one of its variables; and what aggregates ask of the pattern below them.
#include <algorithm>
#include <set>

#include "query/algebra/scope.h"
#include "query/expr/aggregator.h"
#include "query/optimize/expression_traits.h"
#include "query/plan/cost.h"
#include "query/plan/planner.h"

namespace tripten {

namespace {

/// The variables of the pattern and of its graph; nothing where one stands twice, for then not all
/// rows of the index are solutions.
std::optional<std::set<Variable>> different_variables(const TriplePattern& triple,
                                                      const ActiveGraph& graph) {
  std::set<Variable> variables;
  for (const PatternTerm* term : {&triple.subject, &triple.predicate, &triple.object})
    if (const auto* variable = std::get_if<Variable>(term))
      if (!variables.insert(*variable).second) return std::nullopt;
  if (graph.variable && !variables.insert(*graph.variable).second) return std::nullopt;
  return variables;
}

/// Whether the aggregate asks for the values of `argument` alone, however they come.
bool is_plain(const Aggregate& aggregate) {
  if (!takes_weights(aggregate)) return false;
  if (!aggregate.argument) return !aggregate.distinct;  // COUNT(DISTINCT *) looks at all columns
  return !is_volatile(*aggregate.argument) && !contains_exists(*aggregate.argument);
}

}  // namespace

PlanScope Planner::scope_below(Group& node, const PlanScope& scope) {
  PlanScope below{scope.graph, scope.seed};
  if (!std::all_of(node.aggregates.begin(), node.aggregates.end(), is_plain)) return below;
  const VariableSet certain = certain_variables(*node.pattern);
  below.needed.emplace(node.keys.begin(), node.keys.end());
  below.repetition = Repetition::Ignored;
  for (Aggregate& aggregate : node.aggregates) {
    const auto* counted =
        aggregate.argument ? std::get_if<Variable>(&aggregate.argument->node) : nullptr;
    const bool is_count = aggregate.kind == AggregateKind::Count && !aggregate.distinct;
    if (is_count && counted && certain.contains(*counted)) aggregate.argument.reset();
    if (aggregate.argument) below.needed->merge(variables_of(*aggregate.argument));
    if (!ignores_repetition(aggregate)) below.repetition = Repetition::Counted;
  }
  return below;
}

bool Planner::groups_columns(const Group& node) {
  return std::all_of(
      node.aggregates.begin(), node.aggregates.end(), [](const Aggregate& aggregate) {
        return aggregate.kind != AggregateKind::GroupConcat &&
               (!aggregate.argument || std::holds_alternative<Variable>(aggregate.argument->node));
      });
}

std::optional<Planned> Planner::plan_count(const Group& node, const PlanScope& scope) {
  const auto* bgp = std::get_if<Bgp>(&node.pattern->node);
  if (!bgp || bgp->patterns.size() != 1 || !node.keys.empty() || node.aggregates.empty() ||
      scope.graph.kind == ActiveGraph::Kind::Merge)
    return std::nullopt;
  const auto variables = different_variables(bgp->patterns.front(), scope.graph);
  if (!variables) return std::nullopt;
  std::vector<Variable> results;
  for (const Aggregate& aggregate : node.aggregates) {
    const auto* counted =
        aggregate.argument ? std::get_if<Variable>(&aggregate.argument->node) : nullptr;
    const bool counts_rows = !aggregate.argument || (counted && variables->contains(*counted));
    if (aggregate.kind != AggregateKind::Count || aggregate.distinct || !counts_rows)
      return std::nullopt;
    results.push_back(aggregate.result);
  }
  const ScanPattern pattern = scan_pattern(bgp->patterns.front(), scope.graph);
  return Planned{made(pattern_count(pattern, results), 1), 1, kOutputRowCost, {}};
}

}  // namespace tripten
