// FILTER, OPTIONAL, MINUS, EXISTS and LATERAL: a left side, and something that is asked about each
// of its rows.
//
// Three ways, by cost:
//   IndexJoin   a single triple pattern is looked up
//   BindJoin    the right side is planned for keys of left rows
//   HashJoin    the right side is planned for itself, and kept whole
#include <algorithm>
#include <utility>

#include "query/algebra/scope.h"
#include "query/optimize/chains.h"
#include "query/optimize/expression_traits.h"
#include "query/optimize/optimize.h"
#include "query/plan/cost.h"
#include "query/plan/exists_probe.h"
#include "query/plan/lateral_join.h"
#include "query/plan/planner.h"

namespace tripten {

namespace {

constexpr int kMostAlternatives = 400;  // patterns planned, until only one way is planned each
constexpr double kUnknownSelectivity = 0.5;
constexpr double kKeysOfChunk = 65536;

/// The EXISTS that a condition is, negated or not.
std::optional<Exists> as_exists(const Expression& condition) {
  if (const auto* exists = std::get_if<Exists>(&condition.node)) return *exists;
  const auto* call = std::get_if<FunctionCall>(&condition.node);
  if (!call || call->function != Function::Not || call->arguments.size() != 1) return std::nullopt;
  auto inner = as_exists(call->arguments[0]);
  if (inner) inner->negated = !inner->negated;
  return inner;
}

double joined_rows(const Planned& left, const Planned& right) {
  double rows = left.rows * right.rows;
  for (const Variable& variable : right.root->schema().variables())
    if (left.root->schema().find(variable))
      rows /= std::max(left.distinct_of(variable), right.distinct_of(variable));
  return rows;
}

double rows_after(JoinKind kind, const Planned& left, double joined) {
  switch (kind) {
    case JoinKind::Inner:
      return joined;
    case JoinKind::Left:
      return std::max(left.rows, joined);
    case JoinKind::Semi:
    case JoinKind::Anti:
    case JoinKind::Minus:
      break;
  }
  return left.rows * kUnknownSelectivity;
}

double key_count(const Planned& left, const std::vector<Variable>& keys) {
  double count = 1;
  for (const Variable& key : keys)
    count *= left.distinct_of(key);
  return std::min(count, std::max(1.0, left.rows));
}

}  // namespace

Planned Planner::filter(Planned input, const std::vector<Expression>& conditions,
                        const PlanScope& scope) {
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    const Expression& one = conditions[i];
    const auto exists = environment_.optimise ? as_exists(one) : std::nullopt;
    if (exists) {
      const Schema& schema = input.root->schema();
      VariableSet outer, bound;
      for (std::size_t column = 0; column < schema.size(); ++column) {
        outer.insert(schema[column]);
        if (input.root->always_bound(column)) bound.insert(schema[column]);
      }
      if (is_semi_join(*exists->pattern, outer, bound)) {
        const JoinKind kind = exists->negated ? JoinKind::Anti : JoinKind::Semi;
        PlanScope above = scope;  // the conditions that come after it
        for (std::size_t later = i + 1; later < conditions.size(); ++later)
          above = with_expression(std::move(above), conditions[later]);
        input = attach(std::move(input), optimize(*exists->pattern), kind, std::nullopt, above);
        continue;
      }
    }
    const double rows = input.rows * kUnknownSelectivity;
    const double cost = input.rows * kFilterRowCost;
    OperatorPtr root = filter_rows(std::move(input.root), one, exists_in(scope.graph));
    input = modified(std::move(input), std::move(root), rows, cost);
  }
  return input;
}

std::vector<Variable> Planner::common_keys(const Operator& left, const GraphPattern& right) {
  std::vector<Variable> keys;
  const VariableSet certain = certain_variables(right);
  for (std::size_t column = 0; column < left.schema().size(); ++column)
    if (left.always_bound(column) && certain.contains(left.schema()[column]))
      keys.push_back(left.schema()[column]);
  return keys;
}

std::optional<Planned> Planner::try_bound(const GraphPattern& pattern,
                                          const std::vector<Variable>& keys, double count,
                                          PlanScope scope) {
  if (keys.empty() || environment_.plans > kMostAlternatives) return std::nullopt;
  const auto chunk = std::make_shared<Chunk>();
  chunk->schema = Schema(keys);
  for (std::size_t i = 0; i < keys.size(); ++i)
    chunk->keys.push_back(i);
  const Seed seed{chunk, keys, std::min(count, kKeysOfChunk)};
  scope.seed = &seed;
  return plan(pattern, scope);
}

PlanScope Planner::scope_of_side(const Planned& left, JoinKind kind,
                                 const std::optional<Expression>& condition,
                                 const PlanScope& scope) {
  PlanScope side{scope.graph, nullptr};
  const bool extends = kind == JoinKind::Inner || kind == JoinKind::Left;
  if (!environment_.optimise || (extends && !scope.needed)) return side;
  side.repetition = extends ? scope.repetition : Repetition::Ignored;
  side.needed = extends ? scope.needed : VariableSet();
  side.needed->insert(left.root->schema().variables().begin(),
                      left.root->schema().variables().end());
  if (condition) side.needed->merge(variables_of(*condition));
  return side;
}

Planned Planner::attach(Planned left, const GraphPattern& right, JoinKind kind,
                        const std::optional<Expression>& condition, const PlanScope& scope) {
  const PlanScope inner = scope_of_side(left, kind, condition, scope);
  const auto* service = std::get_if<Service>(&right.node);
  if (service && kind == JoinKind::Left)
    return attach_service(std::move(left), *service, kind, condition, scope);
  if (!environment_.optimise)
    return attach_by_hash(std::move(left), plan(right, inner), kind, condition, scope);
  if (kind == JoinKind::Left && !condition)
    if (auto joined = attach_by_lookup(left, right, scope)) return std::move(*joined);
  Planned whole = plan(right, inner);
  const std::vector<Variable> keys = common_keys(*left.root, right);
  const double count = key_count(left, keys);
  const auto bound = try_bound(right, keys, count, inner);
  if (bound) {
    const double chunks = std::max(1.0, count / kKeysOfChunk);
    const double bound_cost = bound->cost * chunks + bound->rows * kBuildRowCost +
                              left.rows * kKeyRowCost + 10 * kOpenCost;
    if (environment_.weighed(bound_cost) < whole.cost + build_cost(whole.rows))
      return attach_bound(std::move(left), right, kind, condition, keys, scope);
  }
  return attach_by_hash(std::move(left), std::move(whole), kind, condition, scope);
}

Planned Planner::attach_by_hash(Planned left, Planned right, JoinKind kind,
                                const std::optional<Expression>& condition,
                                const PlanScope& scope) {
  const double joined = joined_rows(left, right);
  const double rows = rows_after(kind, left, joined);
  const bool asks_for_any =
      (kind == JoinKind::Semi || kind == JoinKind::Anti) && !condition &&
      std::none_of(right.root->schema().variables().begin(), right.root->schema().variables().end(),
                   [&](const Variable& variable) { return left.root->schema().find(variable); });
  if (asks_for_any) right.root = made(slice_rows(std::move(right.root), 0, 1), 1);
  const bool small_left = kind == JoinKind::Inner && left.rows < right.rows;
  const double table_rows = small_left ? left.rows : right.rows;
  const double probing_rows = small_left ? right.rows : left.rows;
  left.cost += right.cost + build_cost(table_rows) + probe_cost(probing_rows, table_rows);
  if (kind == JoinKind::Inner || kind == JoinKind::Left)
    left.distinct.insert(right.distinct.begin(), right.distinct.end());
  OperatorPtr root = hash_join(std::move(left.root), std::move(right.root), kind, condition,
                               exists_in(scope.graph), small_left && environment_.optimise);
  root = narrowed(std::move(root), scope);
  return modified(std::move(left), std::move(root), rows, rows * kOutputRowCost);
}

std::optional<Planned> Planner::attach_by_lookup(Planned& left, const GraphPattern& right,
                                                 const PlanScope& scope) {
  const auto* bgp = std::get_if<Bgp>(&right.node);
  if (!bgp || bgp->patterns.size() != 1) return std::nullopt;
  const ScanPattern pattern = scan_pattern(bgp->patterns[0], scope.graph);
  double keys = 1, fan_out = environment_.statistics.count(pattern).rows;
  const double all = fan_out;
  bool shares = false, in_order = false;
  const std::vector<std::size_t>& order = left.root->sorted_by();
  const std::array<const ScanTerm*, 3> terms{&pattern.subject, &pattern.predicate, &pattern.object};
  for (std::size_t position = 0; position < terms.size(); ++position) {
    const auto& variable = terms[position]->variable;
    if (!variable || !left.root->schema().find(*variable)) continue;
    shares = true;
    in_order = in_order || (!order.empty() && left.root->schema()[order[0]] == *variable);
    keys *= left.distinct_of(*variable);
    if (all > 0)
      fan_out /= std::max(environment_.statistics.distinct(pattern, position),
                          left.distinct_of(*variable));
  }
  keys = std::min(keys, std::max(1.0, left.rows));
  const double cost =
      left.rows * kKeyRowCost + kOpenCost +
      lookup_cost(keys, left.rows, in_order, kSeekCost, kStepCost, all * kScanRowCost);
  const double hash_cost =
      kOpenCost + all * kScanRowCost + build_cost(all) + probe_cost(left.rows, all);
  if (!shares || environment_.weighed(cost) > hash_cost) return std::nullopt;
  const double rows = std::max(left.rows, left.rows * fan_out);
  OperatorPtr root = narrowed(index_join(std::move(left.root), pattern, true), scope);
  return modified(std::move(left), std::move(root), rows, cost + rows * kOutputRowCost);
}

Planned Planner::attach_bound(Planned left, const GraphPattern& right, JoinKind kind,
                              const std::optional<Expression>& condition,
                              const std::vector<Variable>& keys, const PlanScope& scope) {
  const auto chunk = std::make_shared<Chunk>();
  chunk->schema = left.root->schema();
  for (const Variable& key : keys)
    chunk->keys.push_back(*chunk->schema.find(key));
  const double count = key_count(left, keys);
  const Seed seed{chunk, keys, std::min(count, kKeysOfChunk)};
  PlanScope side = scope_of_side(left, kind, condition, scope);
  side.seed = &seed;
  Planned inner = plan(right, side);
  const double chunks = std::max(1.0, count / kKeysOfChunk);
  const double rows = rows_after(kind, left, joined_rows(left, inner));
  left.cost += inner.cost * chunks + left.rows * (kKeyRowCost + kProbeRowCost);
  if (kind == JoinKind::Inner || kind == JoinKind::Left)
    left.distinct.insert(inner.distinct.begin(), inner.distinct.end());
  OperatorPtr probe = made(chunk_rows(chunk, *left.root), left.rows);
  OperatorPtr join = made(
      hash_join(std::move(probe), std::move(inner.root), kind, condition, exists_in(scope.graph)),
      rows);
  OperatorPtr root = narrowed(bind_join(std::move(left.root), chunk, std::move(join)), scope);
  return modified(std::move(left), std::move(root), rows, rows * kOutputRowCost);
}

Planned Planner::plan_node(const Lateral& node, const GraphPattern&, const PlanScope& scope) {
  PlanScope inner = scope;
  inner.seed = usable_seed(scope.seed, *node.left);
  Planned left = plan(*node.left, inner);
  Planned sample =
      plan(environment_.optimise ? optimize(*node.right) : *node.right, {scope.graph, nullptr});
  const VariableSet mentioned = mentioned_variables(*node.right);
  const auto& columns = left.root->schema().variables();
  const bool depends = is_volatile(*node.right) ||
                       std::any_of(columns.begin(), columns.end(), [&](const Variable& variable) {
                         return mentioned.contains(variable);
                       });
  if (!depends)  // the same solutions for every row
    return attach_by_hash(std::move(left), std::move(sample), JoinKind::Inner, std::nullopt, scope);
  const double rows = std::max(left.rows, joined_rows(left, sample));
  const double cost = left.rows * kOpenCost + rows * kOutputRowCost;
  OperatorPtr root = lateral_join(std::move(left.root), std::move(sample.root), *node.right,
                                  environment_, scope.graph);
  return modified(std::move(left), std::move(root), rows, cost);
}

}  // namespace tripten
