#include "query/plan/exists_probe.h"

#include <algorithm>
#include <map>
#include <optional>

#include "tripten/error.h"

#include "query/algebra/scope.h"
#include "query/optimize/chains.h"
#include "query/optimize/children.h"
#include "query/optimize/expression_traits.h"
#include "query/optimize/optimize.h"
#include "query/optimize/path_traits.h"
#include "query/optimize/substitute.h"
#include "query/plan/nesting.h"

namespace tripten {

namespace {

constexpr std::size_t kMostRemembered = std::size_t{1} << 16;

class ExistsProbe : public ExistsEvaluator {
 public:
  ExistsProbe(PlanEnvironment& environment, const GraphPattern& pattern, const Schema& schema,
              const ActiveGraph& graph)
      : environment_(environment),
        pattern_(pattern),
        graph_(graph),
        forgets_(is_volatile(pattern)) {
    for (const Variable& variable : mentioned_variables(pattern))
      if (const auto column = schema.find(variable)) columns_.emplace_back(variable, *column);
  }

  bool exists(const Batch& batch, std::size_t row, QueryContext& context) override {
    std::vector<TermId> key{context.current_graph};
    for (const auto& [variable, column] : columns_)
      key.push_back(batch.columns[column][row]);
    if (!forgets_)
      if (const auto known = answers_.find(key); known != answers_.end()) return known->second;
    const bool answer = find_out(key, context);
    if (!forgets_) {
      if (answers_.size() >= kMostRemembered) answers_.clear();
      answers_.emplace(std::move(key), answer);
    }
    return answer;
  }

 private:
  bool find_out(const std::vector<TermId>& key, QueryContext& context) {
    const Nesting nesting(environment_.nesting);
    Substitution values;
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (key[i + 1]) values.emplace(columns_[i].first, context.terms.term(key[i + 1]));
    GraphPattern pattern = substitute(pattern_, values, SubstitutionScope::Visible);
    if (environment_.optimise) pattern = optimize(std::move(pattern));
    const bool profile = std::exchange(environment_.profile, false);
    const Planned planned = Planner(environment_).plan(pattern, {graph_, nullptr});
    environment_.profile = profile;
    planned.root->open(context);
    Batch rows;
    return planned.root->next(rows);
  }

  PlanEnvironment& environment_;
  GraphPattern pattern_;
  ActiveGraph graph_;
  bool forgets_;
  std::vector<std::pair<Variable, std::size_t>> columns_{};  // variables that rows may bind
  std::map<std::vector<TermId>, bool> answers_{};
};

/// Whether the nodes of a pattern do the same whether the outer values are put in before or
/// compared after: every place that looks at an outer variable binds it for certain itself.
bool commutes_with_values(const GraphPattern& pattern, const VariableSet& outer) {
  const VariableSet certain = certain_variables(pattern);
  const auto binds = [&](const VariableSet& looked_at) {
    return is_subset(intersection(looked_at, outer), certain);
  };
  bool commutes = true;
  for_each_expression(pattern, [&](const Expression& expression) {
    commutes = commutes && !contains_exists(expression) && binds(variables_of(expression));
  });
  if (!commutes) return false;
  if (std::holds_alternative<Bgp>(pattern.node)) return true;
  // From a value that is put in, a path of length zero starts anywhere; else inside the graph.
  if (const auto* path = std::get_if<Path>(&pattern.node))
    return !can_be_empty(path->path) || !intersects(visible_variables(pattern), outer);
  if (const auto* graph = std::get_if<Graph>(&pattern.node))
    return commutes_with_values(*graph->pattern, outer);
  if (const auto* join = std::get_if<Join>(&pattern.node))
    return commutes_with_values(*join->left, outer) && commutes_with_values(*join->right, outer);
  if (const auto* both = std::get_if<Union>(&pattern.node))
    return commutes_with_values(*both->left, outer) && commutes_with_values(*both->right, outer);
  if (const auto* filter = std::get_if<Filter>(&pattern.node))
    return commutes_with_values(*filter->pattern, outer);
  if (const auto* extend = std::get_if<Extend>(&pattern.node))
    return !outer.contains(extend->variable) && commutes_with_values(*extend->pattern, outer);
  return false;
}

}  // namespace

std::unique_ptr<ExistsEvaluator> make_exists_probe(PlanEnvironment& environment,
                                                   const GraphPattern& pattern,
                                                   const Schema& schema, const ActiveGraph& graph) {
  return std::make_unique<ExistsProbe>(environment, pattern, schema, graph);
}

bool is_semi_join(const GraphPattern& pattern, const VariableSet& outer, const VariableSet& bound) {
  const VariableSet shared = intersection(mentioned_variables(pattern), outer);
  return is_subset(shared, bound) && is_subset(shared, certain_variables(pattern)) &&
         commutes_with_values(pattern, shared);
}

}  // namespace tripten
