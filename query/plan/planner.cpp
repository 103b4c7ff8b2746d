#include "query/plan/planner.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/check.h"
#include "query/algebra/overloaded.h"
#include "query/algebra/scope.h"
#include "query/exec/multiplicity.h"
#include "query/optimize/chains.h"
#include "query/optimize/expression_traits.h"
#include "query/plan/cost.h"
#include "query/plan/exists_probe.h"

namespace tripten {

double Planned::distinct_of(const Variable& variable) const {
  const auto found = distinct.find(variable);
  return std::max(1.0, found == distinct.end() ? rows : std::min(found->second, rows));
}

double PlanEnvironment::weighed(double cost) {
  if (plan_seed == 0) return cost;
  // xorshift32 (Marsaglia, Journal of Statistical Software 8, 2003): factors from 2^-7 to 2^8.
  plan_seed ^= plan_seed << 13;
  plan_seed ^= plan_seed >> 17;
  plan_seed ^= plan_seed << 5;
  return std::ldexp(cost, static_cast<int>(plan_seed >> 8 & 15) - 7);
}

namespace {

/// Whether what is planned for the node knows of needed variables and repetition, or hands them on.
bool heeds_demand(const GraphPattern& pattern) {
  return std::visit(
      Overloaded{[](const Bgp&) { return true; }, [](const Path&) { return true; },
                 [](const Join&) { return true; }, [](const LeftJoin&) { return true; },
                 [](const Filter&) { return true; }, [](const Union&) { return true; },
                 [](const Minus&) { return true; }, [](const Graph&) { return true; },
                 [](const Extend&) { return true; }, [](const OrderBy&) { return true; },
                 [](const Project&) { return true; }, [](const Distinct&) { return true; },
                 [](const Reduced&) { return true; }, [](const Slice&) { return true; },
                 [](const auto&) { return false; }},
      pattern.node);
}

}  // namespace

PlanScope Planner::with_expression(PlanScope scope, const Expression& expression) {
  if (is_volatile(expression)) return {scope.graph, scope.seed};
  if (scope.needed) scope.needed->merge(variables_of(expression));
  return scope;
}

Planned Planner::plan(const GraphPattern& pattern, const PlanScope& scope) {
  ++environment_.plans;
  PlanScope usable = scope;
  if (!environment_.optimise || !heeds_demand(pattern)) {
    usable.needed.reset();
    usable.repetition = Repetition::Exact;
  }
  usable.seed = usable_seed(scope.seed, pattern);
  return std::visit([&](const auto& node) { return plan_node(node, pattern, usable); },
                    pattern.node);
}

ExistsFactory Planner::exists_in(const ActiveGraph& graph) {
  PlanEnvironment& environment = environment_;
  return [&environment, graph](const GraphPattern& pattern, const Schema& schema) {
    return make_exists_probe(environment, pattern, schema, graph);
  };
}

const Seed* Planner::usable_seed(const Seed* seed, const GraphPattern& pattern) {
  if (!seed) return nullptr;
  const VariableSet certain = certain_variables(pattern);
  const bool all = std::all_of(seed->variables.begin(), seed->variables.end(),
                               [&](const Variable& key) { return certain.contains(key); });
  return all ? seed : nullptr;
}

OperatorPtr Planner::made(OperatorPtr root, double rows) const {
  root->estimate = rows;
  return environment_.profile ? measured(std::move(root)) : std::move(root);
}

OperatorPtr Planner::narrowed(OperatorPtr root, const PlanScope& scope) {
  if (scope.needed) root->keep_columns(*scope.needed);
  return root;
}

Planned Planner::modified(Planned input, OperatorPtr root, double rows, double cost) {
  input.root = made(std::move(root), rows);
  input.rows = rows;
  input.cost += cost;
  return input;
}

Planned Planner::nothing(const VariableSet& variables) const {
  return {made(no_solutions({variables.begin(), variables.end()}), 0), 0, 0, {}};
}

ScanTerm Planner::scan_term(const PatternTerm& term) {
  if (const auto* variable = std::get_if<Variable>(&term)) return {*variable, {}, {}};
  const Term& constant = std::get<Term>(term);
  return {std::nullopt, environment_.terms.intern(view_of(constant)), constant};
}

ScanPattern Planner::scan_pattern(const TriplePattern& triple, const ActiveGraph& graph) {
  return {scan_term(triple.subject), scan_term(triple.predicate), scan_term(triple.object), graph};
}

Planned Planner::plan_node(const Bgp& node, const GraphPattern& pattern, const PlanScope& scope) {
  return environment_.optimise ? plan_group(pattern, scope) : plan_as_written(node, scope);
}

Planned Planner::plan_node(const Path&, const GraphPattern& pattern, const PlanScope& scope) {
  return plan_group(pattern, scope);
}

Planned Planner::plan_node(const Join& node, const GraphPattern& pattern, const PlanScope& scope) {
  if (environment_.optimise) return plan_group(pattern, scope);
  if (joins_service(pattern)) return plan_services_last(pattern, scope);
  Planned left = plan(*node.left, scope);
  return attach_by_hash(std::move(left), plan(*node.right, scope), JoinKind::Inner, std::nullopt,
                        scope);
}

Planned Planner::plan_node(const LeftJoin& node, const GraphPattern&, const PlanScope& scope) {
  PlanScope inner = node.condition ? with_expression(scope, *node.condition) : scope;
  const PlanScope below = inner;
  if (inner.needed) inner.needed->merge(mentioned_variables(*node.right));
  return attach(plan(*node.left, inner), *node.right, JoinKind::Left, node.condition, below);
}

Planned Planner::plan_node(const Minus& node, const GraphPattern&, const PlanScope& scope) {
  const VariableSet shared =
      intersection(visible_variables(*node.left), visible_variables(*node.right));
  PlanScope inner = scope;
  if (inner.needed) inner.needed->insert(shared.begin(), shared.end());
  Planned left = plan(*node.left, inner);
  if (shared.empty()) return left;  // MINUS asks for a shared binding (§8.3.3)
  return attach(std::move(left), *node.right, JoinKind::Minus, std::nullopt, scope);
}

Planned Planner::plan_node(const Filter& node, const GraphPattern& pattern,
                           const PlanScope& scope) {
  if (environment_.optimise) return plan_group(pattern, scope);
  return filter(plan(*node.pattern, scope), {node.condition}, scope);
}

Planned Planner::plan_node(const Union&, const GraphPattern& pattern, const PlanScope& scope) {
  Planned all;
  all.rows = 0;
  std::vector<OperatorPtr> roots;
  bool first = true;
  for (const GraphPattern& operand : union_operands(pattern)) {
    Planned one = plan(operand, scope);
    for (const Variable& variable : one.root->schema().variables()) {
      // What one side lacks is unbound in its rows.
      const double values = one.distinct_of(variable);
      const auto [found, is_new] = all.distinct.try_emplace(variable, values);
      if (!is_new) found->second += values;
    }
    first = false;
    all.rows += one.rows;
    all.cost += one.cost + one.rows * kOutputRowCost;
    roots.push_back(std::move(one.root));
  }
  check(!first, "a Union of nothing");
  all.root = made(union_all(std::move(roots)), all.rows);
  return all;
}

Planned Planner::plan_node(const Extend& node, const GraphPattern& pattern,
                           const PlanScope& scope) {
  if (environment_.optimise && std::holds_alternative<Term>(node.expression.node) &&
      !visible_variables(*node.pattern).contains(node.variable))
    return plan_group(pattern, scope);
  PlanScope inner = with_expression(scope, node.expression);
  inner.seed = usable_seed(scope.seed, *node.pattern);
  Planned input = plan(*node.pattern, inner);
  const double rows = input.rows;
  OperatorPtr root =
      extend_rows(std::move(input.root), node.variable, node.expression, exists_in(scope.graph));
  return modified(std::move(input), std::move(root), rows, rows * kFilterRowCost);
}

Planned Planner::plan_node(const Values& node, const GraphPattern& pattern,
                           const PlanScope& scope) {
  if (scope.seed && environment_.optimise) return plan_group(pattern, scope);
  Planned planned;
  planned.rows = static_cast<double>(node.rows.size());
  planned.cost = planned.rows;
  for (std::size_t column = 0; column < node.variables.size(); ++column) {
    std::set<Term> different;
    for (const auto& row : node.rows)
      different.insert(row[column]);
    planned.distinct[node.variables[column]] = static_cast<double>(different.size());
  }
  planned.root = made(values_rows(node, environment_.terms), planned.rows);
  return planned;
}

Planned Planner::plan_node(const Group& written, const GraphPattern&, const PlanScope& scope) {
  if (environment_.optimise)
    if (auto counted = plan_count(written, scope)) return std::move(*counted);
  Group node = written;
  PlanScope inner = environment_.optimise ? scope_below(node, scope) : scope;
  const auto is_key = [&](const Variable& variable) {
    return std::find(node.keys.begin(), node.keys.end(), variable) != node.keys.end();
  };
  // Without some of its rows a group would be another.
  if (scope.seed &&
      !std::all_of(scope.seed->variables.begin(), scope.seed->variables.end(), is_key))
    inner.seed = nullptr;
  inner.grouped = {node.keys.begin(), node.keys.end()};
  if (environment_.optimise && groups_columns(node)) inner.group = &node;
  Planned input = plan(*node.pattern, inner);
  double rows = 1;
  for (const Variable& key : node.keys)
    rows *= input.distinct_of(key);
  rows = node.keys.empty() ? 1 : std::min(rows, input.rows);
  const double cost = input.rows * kGroupRowCost;
  if (std::exchange(input.is_grouped, false)) {
    input.root->estimate = input.rows = rows;
    input.cost += cost;
    return input;
  }
  OperatorPtr root =
      group_rows(std::move(input.root), node.keys, node.aggregates, exists_in(scope.graph));
  return modified(std::move(input), std::move(root), rows, cost);
}

Planned Planner::plan_node(const OrderBy& node, const GraphPattern&, const PlanScope& scope) {
  PlanScope inner = scope;
  for (const OrderCondition& condition : node.conditions)
    inner = with_expression(std::move(inner), condition.expression);
  Planned input = plan(*node.pattern, inner);
  const double rows = input.rows;
  OperatorPtr root =
      order_rows(std::move(input.root), node.conditions, std::nullopt, exists_in(scope.graph));
  root = narrowed(std::move(root), scope);
  return modified(std::move(input), std::move(root), rows, rows * kSortRowCost);
}

/// Multiplicities go through, where they are asked for.
Planned Planner::plan_node(const Project& node, const GraphPattern&, const PlanScope& scope) {
  PlanScope inner = scope;
  inner.needed.emplace();
  for (const Variable& variable : node.variables)
    if (!scope.needed || scope.needed->contains(variable)) inner.needed->insert(variable);
  Planned input = plan(*node.pattern, inner);
  std::erase_if(input.distinct, [&](const auto& entry) {
    return std::find(node.variables.begin(), node.variables.end(), entry.first) ==
           node.variables.end();
  });
  const double rows = input.rows;
  std::vector<Variable> variables = node.variables;
  for (const Variable& column : input.root->schema().variables())
    if (is_multiplicity(column) && scope.repetition == Repetition::Counted)
      variables.push_back(column);
  if (input.root->schema().variables() == variables) return input;
  OperatorPtr root = project_columns(std::move(input.root), std::move(variables));
  return modified(std::move(input), std::move(root), rows, 0);
}

namespace {

/// Whether the pattern's solutions have an order that is to be kept.
bool is_ordered(const GraphPattern& pattern) {
  const GraphPattern* at = &pattern;
  while (true) {
    if (const auto* project = std::get_if<Project>(&at->node))
      at = &*project->pattern;
    else if (const auto* reduced = std::get_if<Reduced>(&at->node))
      at = &*reduced->pattern;
    else if (const auto* slice = std::get_if<Slice>(&at->node))
      at = &*slice->pattern;
    else if (const auto* distinct = std::get_if<Distinct>(&at->node))
      at = &*distinct->pattern;
    else
      return std::holds_alternative<OrderBy>(at->node);
  }
}

}  // namespace

Planned Planner::plan_node(const Distinct& node, const GraphPattern&, const PlanScope& scope) {
  Planned input = plan(*node.pattern, {scope.graph, scope.seed, std::nullopt, Repetition::Ignored,
                                       visible_variables(*node.pattern)});
  double values = 1;
  for (const Variable& variable : input.root->schema().variables())
    values *= input.distinct_of(variable);
  const double rows = std::min(values, input.rows);
  const double cost = input.rows * kGroupRowCost;
  OperatorPtr root = distinct_rows(std::move(input.root), is_ordered(*node.pattern));
  return modified(std::move(input), std::move(root), rows, cost);
}

/// REDUCED permits any number of duplicates: those that are there. They are duplicates in all of
/// its variables, whichever of them are needed further up.
Planned Planner::plan_node(const Reduced& node, const GraphPattern&, const PlanScope& scope) {
  PlanScope inner = scope;
  if (scope.repetition == Repetition::Exact) {
    inner.repetition = Repetition::Ignored;
    inner.needed.reset();
  }
  return plan(*node.pattern, inner);
}

namespace {

/// A Slice of an OrderBy, with at most a Project between.
struct OrderedSlice {
  const OrderBy* order = nullptr;
  const Project* project = nullptr;
  std::uint64_t wanted = 0;  // rows from the first on
};

std::optional<OrderedSlice> ordered_slice(const Slice& slice) {
  if (!slice.limit || slice.offset > ~std::uint64_t{0} - *slice.limit) return std::nullopt;
  OrderedSlice ordered{nullptr, nullptr, slice.offset + *slice.limit};
  const GraphPattern* at = &*slice.pattern;
  while (true) {
    if (const auto* reduced = std::get_if<Reduced>(&at->node)) {
      at = &*reduced->pattern;
    } else if (const auto* project = std::get_if<Project>(&at->node); project && !ordered.project) {
      ordered.project = project;
      at = &*project->pattern;
    } else {
      ordered.order = std::get_if<OrderBy>(&at->node);
      return ordered.order ? std::optional(ordered) : std::nullopt;
    }
  }
}

}  // namespace

/// Where only the first rows of an order are wanted, no more are kept.
Planned Planner::plan_node(const Slice& node, const GraphPattern&, const PlanScope& scope) {
  PlanScope inner{scope.graph, nullptr, scope.needed};
  const auto ordered = environment_.optimise ? ordered_slice(node) : std::nullopt;
  if (ordered && ordered->project)
    inner.needed = {ordered->project->variables.begin(), ordered->project->variables.end()};
  const PlanScope above = inner;  // the order
  if (ordered)
    for (const OrderCondition& condition : ordered->order->conditions)
      inner = with_expression(std::move(inner), condition.expression);
  Planned input = plan(ordered ? *ordered->order->pattern : *node.pattern, inner);
  if (ordered) {
    const double kept = std::min(input.rows, static_cast<double>(ordered->wanted));
    const double cost = input.rows * kFilterRowCost;
    OperatorPtr root = order_rows(std::move(input.root), ordered->order->conditions,
                                  ordered->wanted, exists_in(scope.graph));
    root = narrowed(std::move(root), above);
    input = modified(std::move(input), std::move(root), kept, cost);
    if (ordered->project) {
      root = project_columns(std::move(input.root), ordered->project->variables);
      input = modified(std::move(input), std::move(root), kept, 0);
    }
  }
  double rows = std::max(0.0, input.rows - static_cast<double>(node.offset));
  if (node.limit) rows = std::min(rows, static_cast<double>(*node.limit));
  OperatorPtr root = slice_rows(std::move(input.root), node.offset, node.limit);
  return modified(std::move(input), std::move(root), rows, 0);
}

}  // namespace tripten
