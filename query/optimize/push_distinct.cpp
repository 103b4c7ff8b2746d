// push_distinct: what only asks whether a solution stays is asked once for each different one.
//
//   Distinct(Project(V, Filter(EXISTS {P}, A)))  →  Filter(EXISTS {P}, Distinct(Project(V, A)))
//   Distinct(Project(V, Minus(A, M)))            →  Minus(Distinct(Project(V, A)), M)
//
// where all that A shares with P (with M) is in V: then solutions of A that are the same in V stay
// or go together. Other filters stay below: comparing costs less than making rows different.
#include <utility>

#include "query/algebra/scope.h"
#include "query/optimize/chains.h"
#include "query/optimize/children.h"
#include "query/optimize/expression_traits.h"
#include "query/optimize/optimize.h"
#include "query/optimize/variable_set.h"

namespace tripten {

namespace {

/// What has risen, the innermost last.
using Risen = std::vector<GraphPattern>;

/// Takes the upper parts of `pattern` that ask about `kept` alone.
GraphPattern raise(GraphPattern pattern, const VariableSet& kept, Risen& risen) {
  if (auto* minus = std::get_if<Minus>(&pattern.node)) {
    GraphPattern left = std::move(*minus->left);
    const VariableSet shared =
        intersection(visible_variables(left), mentioned_variables(*minus->right));
    if (is_subset(shared, kept)) {
      risen.push_back(std::move(pattern));
      return raise(std::move(left), kept, risen);
    }
    *minus->left = std::move(left);
    return pattern;
  }
  auto* filter = std::get_if<Filter>(&pattern.node);
  if (!filter) return pattern;
  GraphPattern below = std::move(*filter->pattern);
  const VariableSet visible = visible_variables(below);
  std::vector<Expression> staying;
  for (Expression& condition : conjuncts_of(std::move(filter->condition))) {
    const bool rises = contains_exists(condition) && !is_volatile(condition) &&
                       is_subset(intersection(visible, variables_of(condition)), kept);
    if (rises)
      risen.push_back({Filter{std::move(condition), GraphPattern()}});
    else
      staying.push_back(std::move(condition));
  }
  below = raise(std::move(below), kept, risen);
  if (staying.empty()) return below;
  return {Filter{conjunction_of(std::move(staying)), std::move(below)}};
}

}  // namespace

GraphPattern push_distinct(GraphPattern pattern) {
  change_children(pattern, push_distinct);
  auto* distinct = std::get_if<Distinct>(&pattern.node);
  auto* project = distinct ? std::get_if<Project>(&distinct->pattern->node) : nullptr;
  if (!project) return pattern;
  const VariableSet kept(project->variables.begin(), project->variables.end());
  const std::vector<Variable> columns = project->variables;
  Risen risen;
  *project->pattern = raise(std::move(*project->pattern), kept, risen);
  if (risen.empty()) return pattern;
  for (; !risen.empty(); risen.pop_back()) {
    GraphPattern& upper = risen.back();
    if (auto* minus = std::get_if<Minus>(&upper.node))
      *minus->left = std::move(pattern);
    else
      *std::get<Filter>(upper.node).pattern = std::move(pattern);
    pattern = std::move(upper);
  }
  return {Project{std::move(pattern), columns}};
}

}  // namespace tripten
