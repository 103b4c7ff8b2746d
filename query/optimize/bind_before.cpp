#include "query/optimize/bind_before.h"

#include <utility>

#include "query/algebra/scope.h"

namespace tripten {

namespace {

/// The pattern that the outermost SELECT's modifiers are applied to: no deeper than its Project,
/// nor than where the query itself gives the variable a value.
GraphPattern& where_of(GraphPattern& pattern, const Variable& variable) {
  GraphPattern* at = &pattern;
  bool in_project = false;
  while (true) {
    GraphPattern* below = nullptr;
    std::visit(
        [&](auto& node) {
          using Node = std::decay_t<decltype(node)>;
          if constexpr (std::is_same_v<Node, Slice> || std::is_same_v<Node, Distinct> ||
                        std::is_same_v<Node, Reduced> || std::is_same_v<Node, OrderBy> ||
                        std::is_same_v<Node, Extend> || std::is_same_v<Node, Filter> ||
                        std::is_same_v<Node, Group>)
            below = &*node.pattern;
          if constexpr (std::is_same_v<Node, Extend>)
            if (node.variable == variable) below = nullptr;
          if constexpr (std::is_same_v<Node, Group>)
            for (const Aggregate& aggregate : node.aggregates)
              if (aggregate.result == variable) below = nullptr;
          if constexpr (std::is_same_v<Node, Project>)
            if (!std::exchange(in_project, true)) below = &*node.pattern;
        },
        at->node);
    if (!below) return *at;
    at = below;
  }
}

}  // namespace

GraphPattern bind_before(GraphPattern pattern, const Substitution& values) {
  if (values.empty()) return pattern;
  pattern = substitute(std::move(pattern), values, SubstitutionScope::Everywhere);
  for (const auto& [variable, value] : values) {
    GraphPattern& where = where_of(pattern, variable);
    if (certain_variables(where).contains(variable)) continue;
    if (visible_variables(where).contains(variable))
      where = GraphPattern{Join{std::move(where), GraphPattern{Values{{variable}, {{value}}}}}};
    else
      where = GraphPattern{Extend{std::move(where), variable, Expression{value}}};
  }
  return pattern;
}

}  // namespace tripten
