#include "query/plan/join_group.h"

#include <algorithm>

#include "base/check.h"
#include "query/algebra/overloaded.h"
#include "query/algebra/print.h"
#include "query/algebra/scope.h"
#include "query/exec/describe.h"
#include "query/optimize/chains.h"
#include "query/optimize/expression_traits.h"
#include "query/plan/graph_leaves.h"

namespace tripten {

namespace {

/// Whether the filter may be tested anywhere among joined solutions that bind its variables.
bool can_move(const Expression& condition, const VariableSet& variables,
              const GraphPattern& filtered) {
  return is_subset(variables, certain_variables(filtered)) && !contains_exists(condition) &&
         !is_volatile(condition);
}

/// What tells items over different graphs apart, beside what explain prints.
std::string name_of(const ActiveGraph& graph) {
  std::string name = describe_graph(graph);
  for (const TermId id : graph.graphs)
    name += " " + std::to_string(id.bits());
  return name;
}

}  // namespace

Planned JoinGroup::plan(const GraphPattern& pattern) {
  const GraphPattern& inner = *take_filters(pattern);
  add(inner, scope_.graph);
  settle_constants();
  // What can be planned alone is, so that the seed goes into it.
  const auto* alone = items_.size() == 1 ? std::get_if<Relation>(&items_[0].node) : nullptr;
  plan_relations();
  if (empty_) return planner_.nothing(visible_variables(pattern));
  if (scope_.seed && !(alone && !std::holds_alternative<Values>(alone->pattern.node))) add_keys();
  return build();
}

/// Notes the filters at the top of the pattern, and gives what is below them.
const GraphPattern* JoinGroup::take_filters(const GraphPattern& pattern) {
  const GraphPattern* at = &pattern;
  std::vector<const Filter*> filters;
  while (const auto* filter = std::get_if<Filter>(&at->node)) {
    filters.push_back(filter);
    at = &*filter->pattern;
  }
  for (auto filter = filters.rbegin(); filter != filters.rend(); ++filter)
    for (Expression& condition : conjuncts_of((*filter)->condition)) {
      VariableSet variables = variables_of(condition);
      if (can_move(condition, variables, *at))
        conditions_.push_back({std::move(condition), std::move(variables)});
      else
        last_.push_back(std::move(condition));
    }
  return at;
}

void JoinGroup::add(const GraphPattern& pattern, const ActiveGraph& graph) {
  std::visit(Overloaded{[&](const Bgp& node) {
                          for (const TriplePattern& triple : node.patterns)
                            add_triple(triple, graph);
                        },
                        [&](const Path& node) { add_path(node, graph); },
                        [&](const Join& node) {
                          add(*node.left, graph);
                          add(*node.right, graph);
                        },
                        [&](const Filter& node) { add_node(node, pattern, graph); },
                        [&](const Extend& node) { add_node(node, pattern, graph); },
                        [&](const Graph& node) { add_node(node, pattern, graph); },
                        [&](const Service& node) { add_service(node, graph); },
                        [&](const auto&) { add_relation(pattern, graph); }},
             pattern.node);
}

void JoinGroup::add_node(const Filter& node, const GraphPattern& pattern,
                         const ActiveGraph& graph) {
  std::vector<Condition> moving;
  for (Expression& condition : conjuncts_of(node.condition)) {
    VariableSet variables = variables_of(condition);
    if (!can_move(condition, variables, *node.pattern)) return add_relation(pattern, graph);
    moving.push_back({std::move(condition), std::move(variables)});
  }
  std::move(moving.begin(), moving.end(), std::back_inserter(conditions_));
  add(*node.pattern, graph);
}

void JoinGroup::add_node(const Extend& node, const GraphPattern& pattern,
                         const ActiveGraph& graph) {
  const auto* term = std::get_if<Term>(&node.expression.node);
  if (!term || !*term || visible_variables(*node.pattern).contains(node.variable))
    return add_relation(pattern, graph);
  constants_.emplace_back(node.variable, *term);
  add(*node.pattern, graph);
}

void JoinGroup::add_node(const Graph& node, const GraphPattern& pattern, const ActiveGraph& graph) {
  const Dataset& dataset = planner_.environment_.dataset;
  if (const auto* term = std::get_if<Term>(&node.name)) {
    const TermId id = planner_.environment_.terms.intern(view_of(*term));
    if (!term->is_iri() || !dataset.has_named(id)) {
      empty_ = true;
      return;
    }
    return add(*node.pattern, {ActiveGraph::Kind::One, {id}, false, std::nullopt});
  }
  const Variable& variable = std::get<Variable>(node.name);
  if (every_leaf_binds_graph(*node.pattern, variable))
    return add(*node.pattern, dataset.each_named(variable));
  add_relation(pattern, graph);
}

/// A service has no part in the active graph, unless its pattern's rows were to bind its name.
void JoinGroup::add_service(const Service& service, const ActiveGraph& graph) {
  check(graph.kind != ActiveGraph::Kind::EachNamed, "a service over each named graph");
  services_.push_back(service);
}

void JoinGroup::add_triple(const TriplePattern& triple, const ActiveGraph& graph) {
  Item item{to_string(triple) + name_of(graph), planner_.scan_pattern(triple, graph), {}, {}};
  for (const PatternTerm* term : {&triple.subject, &triple.predicate, &triple.object})
    if (const auto* variable = std::get_if<Variable>(term)) item.variables.insert(*variable);
  if (graph.kind == ActiveGraph::Kind::EachNamed && graph.variable)
    item.variables.insert(*graph.variable);
  item.certain = item.variables;
  const auto count = planner_.environment_.statistics.count(std::get<ScanPattern>(item.node));
  empty_ = empty_ || (count.exact && count.rows == 0);
  items_.push_back(std::move(item));
}

void JoinGroup::add_path(const Path& path, const ActiveGraph& graph) {
  check(graph.kind != ActiveGraph::Kind::EachNamed, "a path over each named graph");
  Item item{to_string(GraphPattern{path}) + name_of(graph),
            PathPattern{path.subject, path.path, path.object, graph},
            visible_variables({path}),
            {}};
  item.certain = item.variables;
  items_.push_back(std::move(item));
}

void JoinGroup::add_relation(const GraphPattern& pattern, const ActiveGraph& graph) {
  Item item{to_string(pattern) + name_of(graph), Relation{pattern, graph, {}, false},
            visible_variables(pattern), certain_variables(pattern)};
  if (graph.kind == ActiveGraph::Kind::EachNamed && graph.variable) {  // its leaves bind it
    item.variables.insert(*graph.variable);
    item.certain.insert(*graph.variable);
  }
  items_.push_back(std::move(item));
}

/// A constant that other inputs, or the keys of the seed, know as a variable joins them as VALUES;
/// others are added to the result.
void JoinGroup::settle_constants() {
  std::sort(constants_.begin(), constants_.end());
  constants_.erase(std::unique(constants_.begin(), constants_.end()), constants_.end());
  for (std::size_t i = 1; i < constants_.size(); ++i)
    if (constants_[i].first == constants_[i - 1].first) empty_ = true;
  if (empty_) return;
  std::vector<std::pair<Variable, Term>> added;
  for (const auto& [variable, term] : constants_) {
    const bool is_joined = std::any_of(items_.begin(), items_.end(), [&](const Item& item) {
      return item.variables.contains(variable);
    });
    const bool is_sent = std::any_of(
        services_.begin(), services_.end(),
        [&](const Service& service) { return visible_variables({service}).contains(variable); });
    const bool is_key =
        scope_.seed && std::find(scope_.seed->variables.begin(), scope_.seed->variables.end(),
                                 variable) != scope_.seed->variables.end();
    if (is_joined || is_sent || is_key)
      add_relation({Values{{variable}, {{term}}}}, scope_.graph);
    else
      added.emplace_back(variable, term);
  }
  constants_ = std::move(added);
}

void JoinGroup::plan_relations() {
  const bool alone = items_.size() == 1;
  for (Item& item : items_) {
    auto* relation = std::get_if<Relation>(&item.node);
    if (!relation || empty_) continue;
    const bool takes_seed = alone && !std::holds_alternative<Values>(relation->pattern.node);
    PlanScope inner{relation->graph, takes_seed ? scope_.seed : nullptr};
    inner.needed = asked_of(item);
    const auto* graph = std::get_if<Graph>(&relation->pattern.node);
    relation->planned =
        graph ? planner_.plan_graph_loop(*graph, inner) : planner_.plan(relation->pattern, inner);
  }
}

/// The variables of an item that other items, filters or what is above ask for; nothing: all.
std::optional<VariableSet> JoinGroup::asked_of(const Item& item) const {
  std::optional<VariableSet> asked = needed_above();
  if (!asked) return asked;
  for (const Item& other : items_)
    if (&other != &item) asked->insert(other.variables.begin(), other.variables.end());
  for (const Condition& condition : conditions_)
    asked->insert(condition.variables.begin(), condition.variables.end());
  return asked;
}

void JoinGroup::add_keys() {
  const Seed& seed = *scope_.seed;
  Relation keys;
  keys.is_keys = true;
  keys.planned = {planner_.made(chunk_keys(seed.chunk), seed.rows), seed.rows, seed.rows, {}};
  const VariableSet variables(seed.variables.begin(), seed.variables.end());
  items_.push_back({"the keys", std::move(keys), variables, variables});
}

}  // namespace tripten
