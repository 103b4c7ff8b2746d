// Counting without reading: COUNT(*) of one triple pattern, and COUNT(?v) of one of its variables.
#include <algorithm>
#include <set>

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

}  // namespace

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
