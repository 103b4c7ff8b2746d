// The figures by which a join's order is chosen: rows, distinct values, costs, selectivities.
#include <algorithm>
#include <cmath>

#include "query/algebra/overloaded.h"
#include "query/expr/dependence.h"
#include "query/expr/id_condition.h"
#include "query/optimize/path_traits.h"
#include "query/plan/cost.h"
#include "query/plan/filter_ranges.h"
#include "query/plan/join_group.h"
#include "query/plan/path_figures.h"

namespace tripten {

void JoinGroup::number_variables() {
  for (const Item& item : items_)
    for (const Variable& variable : item.variables)
      ++uses_[variable];
  for (const auto& [variable, uses] : uses_) {
    numbers_[variable] = numbered_.size();
    numbered_.push_back(variable);
  }
}

bool JoinGroup::is_shared(const Variable& variable) const {
  const auto found = uses_.find(variable);
  return found != uses_.end() && found->second > 1;
}

JoinInput JoinGroup::input_of(Item& item) {
  JoinInput input =
      std::visit([&](const auto& node) { return input_of_node(item, node); }, item.node);
  count_unneeded(item, input);
  input.joins_cycles = joins_cycles(item);
  PlanEnvironment& environment = planner_.environment_;
  input.cost = environment.weighed(input.cost);
  if (input.lookup) {
    input.lookup->key = environment.weighed(input.lookup->key);
    input.lookup->step = environment.weighed(input.lookup->step);
  }
  return input;
}

/// Whether the rows of the item are nothing but values of its variables, as operators see it.
bool JoinGroup::joins_cycles(const Item& item) const {
  if (item.counted) return false;
  const auto* relation = std::get_if<Relation>(&item.node);
  if (!relation) return true;
  if (scope_.repetition == Repetition::Counted) return false;
  const Operator& root = *relation->planned.root;
  if (root.schema().size() < item.variables.size()) return false;  // some are left out
  for (std::size_t column = 0; column < root.schema().size(); ++column)
    if (!root.always_bound(column)) return false;
  return true;
}

JoinInput JoinGroup::input_of_node(const Item&, const ScanPattern& pattern) {
  PatternStatistics& statistics = planner_.environment_.statistics;
  JoinInput input;
  input.rows = statistics.count(pattern).rows;
  // Graphs that are not asked for are read all the same.
  const double read = std::max(
      input.rows, statistics.count({pattern.subject, pattern.predicate, pattern.object, {}}).rows);
  input.cost = kOpenCost + read * kScanRowCost;
  input.lookup = {kOpenCost, kSeekCost, kStepCost, read * kScanRowCost, false};
  const std::array<const ScanTerm*, 3> terms{&pattern.subject, &pattern.predicate, &pattern.object};
  std::map<Variable, double> distinct;
  for (std::size_t position = 0; position < terms.size(); ++position) {
    const auto& variable = terms[position]->variable;
    if (!variable) continue;
    const bool repeated = distinct.contains(*variable);
    if (!repeated && !is_shared(*variable) && !scope_.grouped.contains(*variable)) {
      distinct[*variable] = input.rows;
      continue;
    }
    const double values = statistics.distinct(pattern, position);
    if (repeated) input.rows = std::max(1.0, input.rows / std::max(1.0, values));
    const auto [found, is_new] = distinct.try_emplace(*variable, values);
    if (!is_new) found->second = std::min(found->second, values);
  }
  for (const auto& [variable, values] : distinct)
    input.variables.push_back({numbers_.at(variable), values, true, true});
  if (pattern.subject.variable && pattern.predicate.id)
    input.star = {numbers_.at(*pattern.subject.variable), pattern.predicate.id};
  const auto& graph = pattern.graph.variable;
  if (pattern.graph.kind == ActiveGraph::Kind::EachNamed && graph && !distinct.contains(*graph)) {
    const Dataset& dataset = planner_.environment_.dataset;
    const auto graphs =
        static_cast<double>((dataset.restricted ? dataset.named : dataset.store_named).size());
    input.variables.push_back({numbers_.at(*graph), std::max(1.0, graphs), true, false});
  }
  return input;
}

JoinInput JoinGroup::input_of_node(const Item& item, const PathPattern& pattern) {
  const PathFigures figures =
      path_figures(pattern, planner_.environment_.statistics, planner_.environment_.terms);
  JoinInput input;
  input.rows = figures.rows;
  input.cost = figures.cost;
  input.lookup = {kOpenCost, figures.walk_cost, figures.walk_cost, 0, false};
  for (const Variable& variable : item.variables)
    input.variables.push_back({numbers_.at(variable), figures.nodes, true, false});
  return input;
}

JoinInput JoinGroup::input_of_node(const Item& item, const Relation& relation) {
  JoinInput input;
  input.rows = relation.planned.rows;
  input.cost = relation.planned.cost;
  std::vector<Variable> keys;
  for (const Variable& variable : item.variables) {
    const bool certain = item.certain.contains(variable);
    input.variables.push_back(
        {numbers_.at(variable), relation.planned.distinct_of(variable), certain, false});
    if (certain && is_shared(variable)) keys.push_back(variable);
  }
  if (relation.is_keys || std::holds_alternative<Values>(relation.pattern.node)) return input;
  constexpr double kSample = 100, kCheapLookups = 30;
  const bool is_cheap = planner_.environment_.weighed(input.cost) < kCheapLookups * kSeekCost;
  if (is_cheap || items_.size() == 1) return input;
  if (const auto bound = planner_.try_bound(relation.pattern, keys, kSample, {relation.graph})) {
    const double each = bound->cost / kSample + bound->rows / kSample * kBuildRowCost;
    input.lookup = {10 * kOpenCost, each, each, 0, true};
  }
  return input;
}

JoinFilter JoinGroup::filter_of(const Condition& condition) const {
  JoinFilter filter{{}, selectivity(condition)};
  for (const Variable& variable : condition.variables) {
    const auto found = numbers_.find(variable);
    filter.variables.push_back(found == numbers_.end() ? numbers_.size() : found->second);
  }
  const auto ids = id_condition(condition.expression);
  const bool is_read_by_ranges =
      ids && is_scanned(ids->variable) &&
      !filter_ranges({condition}, ids->variable, planner_.environment_.terms).empty();
  filter.row_cost = is_read_by_ranges ? 0 : kFilterRowCost;
  if (costly_in_one_variable(condition.expression)) {
    // Ids answer for all texts, or for those without the prefix that the condition asks for.
    if (!ids)
      filter.value_cost = kTextTestCost;
    else if (!ids->is_sufficient)
      filter.value_cost = kTextTestCost * filter.selectivity;
  } else if (is_costly(condition.expression)) {
    filter.row_cost = kTextTestCost;
  }
  filter.row_cost = planner_.environment_.weighed(filter.row_cost);
  filter.value_cost = planner_.environment_.weighed(filter.value_cost);
  return filter;
}

/// Whether a pattern that is read from the index has the variable.
bool JoinGroup::is_scanned(const Variable& variable) const {
  return std::any_of(items_.begin(), items_.end(), [&](const Item& item) {
    return std::holds_alternative<ScanPattern>(item.node) && item.variables.contains(variable);
  });
}

/// What part of the solutions a condition keeps, by its shape.
double JoinGroup::selectivity(const Condition& condition) const {
  const auto* call = std::get_if<FunctionCall>(&condition.expression.node);
  if (!call) return 0.5;
  switch (call->function) {
    case Function::Equal:
    case Function::SameTerm: {
      double values = 1;
      for (const JoinInput& input : inputs_)
        for (const JoinInput::Bound& bound : input.variables)
          if (condition.variables.contains(numbered_[bound.variable]))
            values = std::max(values, bound.distinct);
      return 1 / std::max(2.0, values);
    }
    case Function::NotEqual:
    case Function::NotIn:
    case Function::Bound:
      return 0.9;
    case Function::Regex:
    case Function::Contains:
    case Function::StrStarts:
    case Function::StrEnds:
      return 0.1;
    case Function::In:
      return 0.05;
    default:
      return 0.3;
  }
}

}  // namespace tripten
