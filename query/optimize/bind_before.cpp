#include "query/optimize/bind_before.h"

#include <utility>

#include "query/algebra/scope.h"

namespace tripten {

namespace {

/// The pattern that the outermost SELECT's modifiers are applied to: no deeper than its Project.
GraphPattern& where_of(GraphPattern& pattern) {
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
  GraphPattern& where = where_of(pattern);
  const std::set<Variable> certain = certain_variables(where);
  const std::set<Variable> visible = visible_variables(where);
  Values row{{}, {{}}};
  for (const auto& [variable, value] : values) {
    if (certain.contains(variable)) continue;
    if (visible.contains(variable)) {
      row.variables.push_back(variable);
      row.rows[0].push_back(value);
    } else {
      where = GraphPattern{Extend{std::move(where), variable, Expression{value}}};
    }
  }
  if (!row.variables.empty())
    where = GraphPattern{Join{std::move(where), GraphPattern{std::move(row)}}};
  return pattern;
}

}  // namespace tripten
