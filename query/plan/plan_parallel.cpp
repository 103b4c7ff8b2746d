// Plans for several threads: copies of a group's operators, each of which reads parts of the scans
// that lead. The copies are alike in shape, but for the names of hidden columns.
//
// What leads is where the rows come from that stream through the plan:
//
//   HashJoin                     cut: the scans a and b, by ranges of ?x
//     MergeJoin on ?x            repeated by every thread: the table of c
//       IndexScan a ?x ...
//       IndexScan b ?x ...
//     IndexScan c
#include <algorithm>

#include "query/exec/graph_scan.h"
#include "query/exec/pattern_shape.h"
#include "query/plan/cost.h"
#include "query/plan/join_group.h"

namespace tripten {

/// Nothing where the plan, or what it runs in, can't be cut, or is not worth it.
std::optional<JoinGroup::Cut> JoinGroup::find_cut() const {
  const PlanEnvironment& environment = planner_.environment_;
  if (environment.threads < 2 || environment.nesting > 0 || scope_.seed ||
      scope_.graph.kind == ActiveGraph::Kind::Parameter)
    return std::nullopt;
  const double cost = order_.steps.back().cost;
  if (cost < environment.parallel_cost) return std::nullopt;
  for (const Item& item : items_)
    if (std::holds_alternative<Relation>(item.node)) return std::nullopt;  // planned once
  Cut cut;
  cut.steps.resize(order_.steps.size());
  if (!mark_cut(order_.steps.size() - 1, cut) || cut.repeated > kMostRepeated * cost)
    return std::nullopt;
  // Tables that go to the disk would go there once a part.
  constexpr double kBytesPerRow = 64, kMostOfMemory = 0.25;
  const double bytes = cut.kept_rows * kBytesPerRow * static_cast<double>(environment.threads);
  if (bytes > kMostOfMemory * static_cast<double>(environment.memory_bytes)) return std::nullopt;
  return cut;
}

bool JoinGroup::mark_cut(std::size_t number, Cut& cut) const {
  const JoinStep& step = order_.steps[number];
  switch (step.method) {
    case JoinMethod::Read: {
      const auto* pattern = std::get_if<ScanPattern>(&items_[step.input].node);
      return pattern && !items_[step.input].counted && mark_read(number, *pattern, cut);
    }
    case JoinMethod::Lookup:
      return mark_cut(step.left, cut);
    case JoinMethod::Merge:
      return mark_cut(step.left, cut) && mark_cut(step.right, cut);
    case JoinMethod::Multiway:
      return false;
    case JoinMethod::Hash:
      cut.repeated += order_.steps[step.right].cost;
      cut.kept_rows += order_.steps[step.right].rows;
      return mark_cut(step.left, cut);
    case JoinMethod::HashLeft:
      cut.repeated += order_.steps[step.left].cost;
      cut.kept_rows += order_.steps[step.left].rows;
      return mark_cut(step.right, cut);
  }
  return false;
}

/// Scans that are cut together must be sorted by the same variable.
bool JoinGroup::mark_read(std::size_t number, const ScanPattern& pattern, Cut& cut) const {
  const PatternShape shape(pattern);
  const QuadOrder order =
      scan_order(pattern.graph, access_of(pattern, order_.steps[number].variable).order);
  for (const std::size_t position : order_positions(order)) {
    if (shape.constants.terms[position]) continue;
    const int column = shape.variable[position];
    if (column < 0) return false;
    const Variable& leading = shape.schema[static_cast<std::size_t>(column)];
    if (cut.leading && *cut.leading != leading) return false;
    if (!cut.leading || order_.steps[number].rows > order_.steps[cut.first].rows)
      cut.first = number;
    cut.leading = leading;
    cut.steps[number] = true;
    return true;
  }
  return false;
}

/// Whether all rows of a group are in one part, and come as the Group wants them.
bool JoinGroup::groups_parts(const Cut& cut, const Built& built) const {
  if (!scope_.group || !services_.empty() || !constants_.empty() || !last_.empty()) return false;
  const auto& keys = scope_.group->keys;
  return cut.leading && std::find(keys.begin(), keys.end(), *cut.leading) != keys.end() &&
         std::find(built.filtered.begin(), built.filtered.end(), false) == built.filtered.end();
}

double JoinGroup::groups_of(const Built& built) const {
  double groups = 1;
  for (const Variable& key : scope_.grouped) {
    double values = built.rows;
    for (const JoinInput& input : inputs_)
      for (const JoinInput::Bound& bound : input.variables)
        if (numbered_[bound.variable] == key) values = std::min(values, bound.distinct);
    groups *= std::max(1.0, values);
  }
  return std::min(groups, built.rows);
}

JoinGroup::Built JoinGroup::build_parallel(const Cut& cut) {
  PlanEnvironment& environment = planner_.environment_;
  const std::size_t threads = environment.threads;
  const std::uint32_t seed = environment.plan_seed;  // chance decides for all alike
  cut_ = cut.steps;
  std::vector<Pipeline> pipelines;
  Built built;
  for (std::size_t i = 0; i < threads; ++i) {
    environment.plan_seed = seed;
    part_ = std::make_shared<ScanPart>();
    built = build_step(order_.steps.size() - 1);
    if (groups_parts(cut, built)) {
      is_grouped_ = true;
      built.root = planner_.made(
          group_rows(std::move(built.root), scope_.group->keys, scope_.group->aggregates, {}),
          groups_of(built));
    }
    pipelines.push_back({std::move(built.root), part_});
  }
  part_.reset();
  const JoinStep& first = order_.steps[cut.first];
  const auto& pattern = std::get<ScanPattern>(items_[first.input].node);
  built.root = planner_.made(
      gather(std::move(pipelines), pattern, access_of(pattern, first.variable).order), built.rows);
  return built;
}

}  // namespace tripten
