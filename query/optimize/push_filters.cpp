// push_filters: each condition goes as deep as every variable in it still has the value that it has
// at the filter.
//
//   Filter(c, Join(A, B))         into A, if A binds each variable of c in every solution, or B
//                                 never binds it; into B likewise; into both, if both allow it
//   Filter(c, LeftJoin(A, B, d))  into A, by the same rule; of d into B, likewise
//   Filter(c, Lateral(A, B))      into A, by the same rule
//   Filter(c, Minus(A, B))        into A
//   Filter(c, Union(A, B))        into both
//   Filter(c, Extend(A, ?v, e))   into A, if c does not speak of ?v
//   Filter(c, Graph(g, A))        into A, if c speaks neither of ?g nor of EXISTS, whose graph it
//   is Distinct, Reduced, OrderBy    into what is below
//
// Never into Group, Slice, or the scope of a Project. A condition that is evaluated a different
// number of times than the text says must not be volatile.
#include <utility>

#include "query/algebra/scope.h"
#include "query/optimize/chains.h"
#include "query/optimize/children.h"
#include "query/optimize/expression_traits.h"
#include "query/optimize/optimize.h"
#include "query/optimize/variable_set.h"

namespace tripten {

namespace {

struct Condition {
  Expression expression;
  VariableSet variables;
};

GraphPattern filtered(const Condition& condition, GraphPattern pattern) {
  return {Filter{condition.expression, std::move(pattern)}};
}

/// Whether `condition` sees the same values in `inner` alone as in `inner` and `other` together. A
/// SERVICE stays bare, so that bindings can be pushed into it.
bool sees_same(const Condition& condition, const GraphPattern& inner, const GraphPattern& other) {
  if (std::holds_alternative<Service>(inner.node)) return false;
  return is_subset(intersection(condition.variables, visible_variables(other)),
                   certain_variables(inner));
}

GraphPattern push(const Condition& condition, GraphPattern pattern);

void push_into(const Condition& condition, GraphPattern& pattern) {
  pattern = push(condition, std::move(pattern));
}

GraphPattern push_through(const Condition& condition, GraphPattern pattern) {
  for_each_child(pattern, [&](GraphPattern& child) { push_into(condition, child); });
  return pattern;
}

GraphPattern push_into_join(const Condition& condition, GraphPattern pattern) {
  auto& join = std::get<Join>(pattern.node);
  const bool left = sees_same(condition, *join.left, *join.right);
  const bool right = sees_same(condition, *join.right, *join.left);
  if (left) push_into(condition, *join.left);
  // A side that binds none of the variables gains nothing.
  const bool repeated = left && !intersects(condition.variables, visible_variables(*join.right));
  if (right && !repeated) push_into(condition, *join.right);
  return left || right ? std::move(pattern) : filtered(condition, std::move(pattern));
}

GraphPattern push(const Condition& condition, GraphPattern pattern) {
  if (std::holds_alternative<Join>(pattern.node))
    return push_into_join(condition, std::move(pattern));
  if (std::holds_alternative<Union>(pattern.node) || std::holds_alternative<Filter>(pattern.node) ||
      std::holds_alternative<Distinct>(pattern.node) ||
      std::holds_alternative<Reduced>(pattern.node) ||
      std::holds_alternative<OrderBy>(pattern.node))
    return push_through(condition, std::move(pattern));
  if (auto* optional = std::get_if<LeftJoin>(&pattern.node)) {
    if (sees_same(condition, *optional->left, *optional->right)) {
      push_into(condition, *optional->left);
      return pattern;
    }
  } else if (auto* lateral = std::get_if<Lateral>(&pattern.node)) {
    if (sees_same(condition, *lateral->left, *lateral->right)) {
      push_into(condition, *lateral->left);
      return pattern;
    }
  } else if (auto* minus = std::get_if<Minus>(&pattern.node)) {
    push_into(condition, *minus->left);
    return pattern;
  } else if (auto* extend = std::get_if<Extend>(&pattern.node)) {
    if (!condition.variables.contains(extend->variable)) {
      push_into(condition, *extend->pattern);
      return pattern;
    }
  } else if (auto* graph = std::get_if<Graph>(&pattern.node)) {
    const auto* name = std::get_if<Variable>(&graph->name);
    if (!contains_exists(condition.expression) && !(name && condition.variables.contains(*name))) {
      push_into(condition, *graph->pattern);
      return pattern;
    }
  }
  return filtered(condition, std::move(pattern));
}

/// The conditions of an OPTIONAL that its own side can decide.
void push_condition(LeftJoin& join) {
  std::vector<Expression> kept;
  for (Expression& expression : conjuncts_of(std::move(*join.condition))) {
    Condition condition{std::move(expression), {}};
    condition.variables = variables_of(condition.expression);
    if (!is_volatile(condition.expression) && sees_same(condition, *join.right, *join.left))
      push_into(condition, *join.right);
    else
      kept.push_back(std::move(condition.expression));
  }
  join.condition.reset();
  if (!kept.empty()) join.condition = conjunction_of(std::move(kept));
}

}  // namespace

GraphPattern push_filters(GraphPattern pattern) {
  change_children(pattern, push_filters);
  auto* optional = std::get_if<LeftJoin>(&pattern.node);
  if (optional && optional->condition) push_condition(*optional);
  auto* filter = std::get_if<Filter>(&pattern.node);
  if (!filter) return pattern;
  GraphPattern below = std::move(*filter->pattern);
  for (Expression& expression : conjuncts_of(std::move(filter->condition))) {
    Condition condition{std::move(expression), {}};
    condition.variables = variables_of(condition.expression);
    if (is_volatile(condition.expression))
      below = filtered(condition, std::move(below));
    else
      push_into(condition, below);
  }
  return below;
}

}  // namespace tripten
