// The patterns directly below a pattern: what every pass walks along.
#pragma once

#include <utility>
#include <variant>

#include "query/algebra/algebra.h"

namespace tripten {

/// Calls `visit(pattern)` for each pattern directly below `pattern`, left before right. Patterns of
/// EXISTS are no children: they stand in expressions.
template <typename Pattern, typename Visit>
void for_each_child(Pattern& pattern, Visit&& visit) {
  std::visit(
      [&](auto& node) {
        if constexpr (requires { node.left, node.right; }) {
          visit(*node.left);
          visit(*node.right);
        } else if constexpr (requires { node.pattern; }) {
          visit(*node.pattern);
        }
      },
      pattern.node);
}

/// Calls `visit(expression)` for the expressions of one node: conditions, BIND, ORDER BY,
/// aggregates.
template <typename Pattern, typename Visit>
void for_each_expression(Pattern& pattern, Visit&& visit) {
  std::visit(
      [&](auto& node) {
        if constexpr (requires { node.expression; }) {
          visit(node.expression);
        } else if constexpr (requires { node.condition.has_value(); }) {
          if (node.condition) visit(*node.condition);
        } else if constexpr (requires { node.condition; }) {
          visit(node.condition);
        } else if constexpr (requires { node.conditions; }) {
          for (auto& condition : node.conditions)
            visit(condition.expression);
        } else if constexpr (requires { node.aggregates; }) {
          for (auto& aggregate : node.aggregates)
            if (aggregate.argument) visit(*aggregate.argument);
        }
      },
      pattern.node);
}

/// Replaces each pattern directly below by `change(pattern)`. What SERVICE sends away stays as it
/// was written: the one that answers has passes of its own. So does what LATERAL runs: passes see
/// it when values are in it.
template <typename Change>
void change_children(GraphPattern& pattern, Change&& change) {
  if (std::holds_alternative<Service>(pattern.node)) return;
  if (auto* lateral = std::get_if<Lateral>(&pattern.node)) {
    *lateral->left = change(std::move(*lateral->left));
    return;
  }
  for_each_child(pattern, [&](GraphPattern& child) { child = change(std::move(child)); });
}

}  // namespace tripten
