#include "differential/naive/evaluate.h"

#include <algorithm>

#include "differential/naive/aggregates.h"
#include "differential/naive/basic_graph_pattern.h"
#include "differential/naive/operators.h"
#include "differential/naive/order.h"
#include "differential/naive/property_path.h"

namespace tripten::naive {

namespace {

/// eval(D(G), ...), an equation of §18.6 each.
struct Evaluation {
  const ActiveDataset& active;

  Solutions eval(const GraphPattern& pattern) const { return naive::eval(active, pattern); }
  /// An expression sees the values given as well as the solution.
  Condition condition(const Expression& expression) const {
    return [this, &expression](const Solution& solution) {
      active.effort.spend(1);
      return truth_of(expression, merge(active.given, solution), active) == true;
    };
  }

  Solutions operator()(const Bgp& node) const {
    return eval_bgp(node, active.graph, active.given, active.effort);
  }
  Solutions operator()(const Path& node) const {
    return eval_path(node, active.graph, active.given, active.effort);
  }
  Solutions operator()(const Filter& node) const {
    return filter(condition(node.condition), eval(*node.pattern));
  }
  Solutions operator()(const Join& node) const {
    return join(eval(*node.left), eval(*node.right), active.effort);
  }
  Solutions operator()(const LeftJoin& node) const {
    const Condition always = [](const Solution&) { return true; };
    return left_join(eval(*node.left), eval(*node.right),
                     node.condition ? condition(*node.condition) : always, active.effort);
  }
  Solutions operator()(const Union& node) const {
    return set_union(eval(*node.left), eval(*node.right));
  }
  Solutions operator()(const Minus& node) const {
    return minus(eval(*node.left), eval(*node.right), active.effort);
  }

  /// LATERAL (SEP-0006): what the right side gives in the presence of each solution's values.
  Solutions operator()(const Lateral& node) const {
    Solutions all;
    for (const Solution& solution : eval(*node.left)) {
      const Solution given = merge(active.given, solution);
      const ActiveDataset inner{active.dataset, active.graph, given, active.before, active.effort};
      all = set_union(all, join({solution}, naive::eval(inner, *node.right), active.effort));
    }
    return all;
  }

  /// Graph(IRI, P): P in that graph, nothing where the dataset has none of that name. Graph(var,
  /// P): the union over all names of Join(eval(D(D[name]), P), {var → name}).
  Solutions operator()(const Graph& node) const {
    Solutions all;
    for (const auto& [name, graph] : active.dataset.named) {
      Solution named;
      if (!match(node.name, name, active.given, named)) continue;
      const ActiveDataset inner{active.dataset, graph, active.given, active.before, active.effort};
      all = set_union(all, join(naive::eval(inner, *node.pattern), {named}, active.effort));
    }
    return all;
  }

  /// Extend(Ω, var, expr): unbound where expr is an error.
  Solutions operator()(const Extend& node) const {
    const auto given = active.given.find(node.variable);
    Solutions extended;
    for (Solution& solution : eval(*node.pattern)) {
      active.effort.spend(1);
      const auto value = value_of(node.expression, merge(active.given, solution), active);
      if (value && given != active.given.end() && given->second != *value) continue;
      if (value) solution.emplace(node.variable, *value);
      extended.push_back(std::move(solution));
    }
    return extended;
  }

  /// §10.2: inline data, unbound where UNDEF stands.
  Solutions operator()(const Values& node) const {
    Solutions solutions;
    for (const auto& row : node.rows) {
      Solution solution;
      for (std::size_t i = 0; i < row.size(); ++i)
        if (row[i]) solution.emplace(node.variables[i], row[i]);
      if (compatible(solution, active.given)) solutions.push_back(std::move(solution));
    }
    return solutions;
  }

  Solutions operator()(const Group& node) const {
    return eval_group(node, eval(*node.pattern), active);
  }
  Solutions operator()(const OrderBy& node) const {
    return order_by(eval(*node.pattern), node.conditions, active);
  }

  /// Also the scope of a sub-SELECT: of the values given it sees those of its own variables.
  Solutions operator()(const Project& node) const {
    const Solution visible = merge(active.before, restricted_to(active.given, node.variables));
    const ActiveDataset inner{active.dataset, active.graph, visible, active.before, active.effort};
    return project(naive::eval(inner, *node.pattern), node.variables);
  }

  Solutions operator()(const Distinct& node) const { return distinct(eval(*node.pattern)); }

  /// Reduced: any number between once and as often as there are.
  Solutions operator()(const Reduced& node) const {
    const Solutions solutions = eval(*node.pattern);
    if (distinct(solutions).size() != solutions.size())
      throw NotDetermined("REDUCED of solutions that repeat");
    return solutions;
  }

  /// The sequence that is sliced is that of the ORDER BY below, whose keys may be variables that
  /// SELECT leaves out: the projection happens behind.
  Solutions operator()(const Slice& node) const {
    return slice(eval(*node.pattern), node, order_below(*node.pattern), active);
  }

  static std::vector<OrderCondition> order_below(const GraphPattern& pattern) {
    if (const auto* order = std::get_if<OrderBy>(&pattern.node)) return order->conditions;
    if (const auto* distinct = std::get_if<Distinct>(&pattern.node))
      return order_below(*distinct->pattern);
    if (const auto* reduced = std::get_if<Reduced>(&pattern.node))
      return order_below(*reduced->pattern);
    if (const auto* projected = std::get_if<Project>(&pattern.node))
      return order_below(*projected->pattern);
    return {};
  }

  Solutions operator()(const Service&) const { throw NotDetermined("SERVICE asks somebody else"); }
};

/// The pattern joined with the binding below the solution modifiers of the outermost SELECT, but
/// not below where the query itself gives the variable a value.
GraphPattern with_binding(GraphPattern pattern, const Variable& variable, const Term& value,
                          bool in_select) {
  const auto below = [&](auto node, bool inside) {
    *node.pattern = with_binding(std::move(*node.pattern), variable, value, inside);
    return GraphPattern{std::move(node)};
  };
  if (auto* node = std::get_if<Slice>(&pattern.node)) return below(std::move(*node), in_select);
  if (auto* node = std::get_if<Distinct>(&pattern.node)) return below(std::move(*node), in_select);
  if (auto* node = std::get_if<Reduced>(&pattern.node)) return below(std::move(*node), in_select);
  if (auto* node = std::get_if<OrderBy>(&pattern.node)) return below(std::move(*node), in_select);
  if (auto* node = std::get_if<Filter>(&pattern.node)) return below(std::move(*node), in_select);
  if (auto* node = std::get_if<Group>(&pattern.node)) return below(std::move(*node), in_select);
  if (auto* node = std::get_if<Extend>(&pattern.node))
    if (node->variable != variable) return below(std::move(*node), in_select);
  if (auto* node = std::get_if<Project>(&pattern.node))
    if (!in_select) return below(std::move(*node), true);
  return {Join{std::move(pattern), GraphPattern{Values{{variable}, {{value}}}}}};
}

}  // namespace

Solutions eval(const ActiveDataset& active, const GraphPattern& pattern) {
  active.effort.spend(1);
  Solutions solutions = std::visit(Evaluation{active}, pattern.node);
  active.effort.spend(solutions.size());
  return solutions;
}

Solutions eval_query(const Query& query, const RdfDataset& dataset, const Solution& bindings,
                     Effort& effort) {
  GraphPattern pattern = query.pattern;
  for (const auto& [variable, value] : bindings)
    pattern = with_binding(std::move(pattern), variable, value, false);
  return eval({dataset, dataset.default_graph, bindings, bindings, effort}, pattern);
}

}  // namespace tripten::naive
