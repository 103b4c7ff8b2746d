// require_optionals: Filter(f, LeftJoin(A, B, c)) → Filter(f, Join(A, B) with c) where f is never
// true while a variable that only B binds is unbound.
//
//   ?x :name ?n OPTIONAL { ?x :age ?a } FILTER(?a > 30)      ?a > 30 is an error without ?a
#include <algorithm>
#include <utility>

#include "query/algebra/scope.h"
#include "query/optimize/chains.h"
#include "query/optimize/children.h"
#include "query/optimize/optimize.h"
#include "query/optimize/variable_set.h"

namespace tripten {

namespace {

/// Functions that give a value although an argument is an error or unbound.
bool survives_errors(Function function) {
  return function == Function::Bound || function == Function::If ||
         function == Function::Coalesce || function == Function::Or || function == Function::And;
}

/// Whether the expression is an error wherever `variable` is unbound.
bool is_error_without(const Expression& expression, const Variable& variable) {
  if (const auto* named = std::get_if<Variable>(&expression.node)) return *named == variable;
  const auto* call = std::get_if<FunctionCall>(&expression.node);
  if (!call || survives_errors(call->function)) return false;
  // x IN (a, b) is x = a || x = b (§17.4.1.9): an error of a or b alone may not show.
  if (call->function == Function::In || call->function == Function::NotIn)
    return call->arguments.size() > 1 && is_error_without(call->arguments[0], variable);
  return std::any_of(
      call->arguments.begin(), call->arguments.end(),
      [&](const Expression& argument) { return is_error_without(argument, variable); });
}

/// Whether the expression is never true where `variable` is unbound.
bool rejects_without(const Expression& expression, const Variable& variable) {
  const auto rejects = [&](const Expression& argument) {
    return rejects_without(argument, variable);
  };
  const auto* call = std::get_if<FunctionCall>(&expression.node);
  if (call && call->function == Function::And)
    return std::any_of(call->arguments.begin(), call->arguments.end(), rejects);
  if (call && call->function == Function::Or)
    return std::all_of(call->arguments.begin(), call->arguments.end(), rejects);
  if (call && call->function == Function::Bound)
    return call->arguments.size() == 1 && call->arguments[0] == Expression{variable};
  return is_error_without(expression, variable);
}

/// Makes Joins of the LeftJoins at the top of `pattern` that `condition` allows. `outside`: what is
/// bound beside the pattern before the condition is tested.
void require(const Expression& condition, GraphPattern& pattern, const VariableSet& outside) {
  if (auto* filter = std::get_if<Filter>(&pattern.node))
    return require(condition, *filter->pattern, outside);
  auto* join = std::get_if<LeftJoin>(&pattern.node);
  if (!join) return;
  VariableSet left = visible_variables(*join->left);
  const VariableSet right = visible_variables(*join->right);
  left.insert(outside.begin(), outside.end());
  const bool needed = std::any_of(right.begin(), right.end(), [&](const Variable& variable) {
    return !left.contains(variable) && rejects_without(condition, variable);
  });
  VariableSet beside_left = outside;
  beside_left.insert(right.begin(), right.end());
  require(condition, *join->left, beside_left);
  if (!needed) return;
  GraphPattern joined{Join{std::move(join->left), std::move(join->right)}};
  if (join->condition)
    joined = GraphPattern{Filter{std::move(*join->condition), std::move(joined)}};
  pattern = std::move(joined);
}

}  // namespace

GraphPattern require_optionals(GraphPattern pattern) {
  if (auto* filter = std::get_if<Filter>(&pattern.node))
    for (const Expression& condition : conjuncts_of(filter->condition))
      require(condition, *filter->pattern, {});
  change_children(pattern, require_optionals);
  return pattern;
}

}  // namespace tripten
