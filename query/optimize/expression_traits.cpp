#include "query/optimize/expression_traits.h"

#include <algorithm>

#include "query/optimize/children.h"

namespace tripten {

namespace {

/// Whether `test` holds for the expression or one inside it; EXISTS patterns are not entered.
template <typename Test>
bool any_inside(const Expression& expression, const Test& test) {
  if (test(expression)) return true;
  const auto* call = std::get_if<FunctionCall>(&expression.node);
  return call &&
         std::any_of(call->arguments.begin(), call->arguments.end(),
                     [&](const Expression& argument) { return any_inside(argument, test); });
}

/// Whether `test` holds for an expression of the pattern.
template <typename Test>
bool any_of_pattern(const GraphPattern& pattern, const Test& test) {
  bool found = false;
  for_each_expression(pattern,
                      [&](const Expression& expression) { found = found || test(expression); });
  for_each_child(pattern,
                 [&](const GraphPattern& child) { found = found || any_of_pattern(child, test); });
  return found;
}

}  // namespace

bool is_volatile(const Expression& expression) {
  return any_inside(expression, [](const Expression& inner) {
    if (const auto* exists = std::get_if<Exists>(&inner.node)) return is_volatile(*exists->pattern);
    const auto* call = std::get_if<FunctionCall>(&inner.node);
    return call && (call->function == Function::Rand || call->function == Function::Uuid ||
                    call->function == Function::StrUuid || call->function == Function::BNode);
  });
}

bool is_volatile(const GraphPattern& pattern) {
  return any_of_pattern(pattern,
                        [](const Expression& expression) { return is_volatile(expression); });
}

bool contains_exists(const Expression& expression) {
  return any_inside(expression, [](const Expression& inner) {
    return std::holds_alternative<Exists>(inner.node);
  });
}

bool contains_exists(const GraphPattern& pattern) {
  return any_of_pattern(pattern,
                        [](const Expression& expression) { return contains_exists(expression); });
}

}  // namespace tripten
