#include "query/plan/graph_leaves.h"

#include "query/algebra/overloaded.h"
#include "query/algebra/scope.h"
#include "query/optimize/expression_traits.h"

namespace tripten {

namespace {

bool leaves_bind(const GraphPattern& pattern) {
  return std::visit(
      Overloaded{
          [](const Bgp& node) { return !node.patterns.empty(); },
          [](const Join& node) { return leaves_bind(*node.left) && leaves_bind(*node.right); },
          [](const LeftJoin& node) { return leaves_bind(*node.left) && leaves_bind(*node.right); },
          [](const Union& node) { return leaves_bind(*node.left) && leaves_bind(*node.right); },
          [](const Filter& node) { return leaves_bind(*node.pattern); },
          [](const Extend& node) { return leaves_bind(*node.pattern); },
          [](const auto&) { return false; }},
      pattern.node);
}

}  // namespace

bool every_leaf_binds_graph(const GraphPattern& pattern, const Variable& variable) {
  return leaves_bind(pattern) && !contains_exists(pattern) &&
         !mentioned_variables(pattern).contains(variable);
}

}  // namespace tripten
