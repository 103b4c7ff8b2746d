#include "query/algebra/scope.h"

#include <algorithm>
#include <iterator>

#include "query/algebra/overloaded.h"

namespace tripten {

namespace {

using Variables = std::set<Variable>;

/// Whether translation made the variable: a service does not give it out.
bool is_own(const Variable& variable) {
  return variable.name.starts_with('.');
}

void add(const PatternTerm& term, Variables& out) {
  if (const auto* variable = std::get_if<Variable>(&term)) out.insert(*variable);
}

void add(const Bgp& bgp, Variables& out) {
  for (const TriplePattern& pattern : bgp.patterns)
    for (const PatternTerm* term : {&pattern.subject, &pattern.predicate, &pattern.object})
      add(*term, out);
}

Variables intersection(const Variables& a, const Variables& b) {
  Variables both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(both, both.end()));
  return both;
}

Variables merged(Variables a, const Variables& b) {
  a.insert(b.begin(), b.end());
  return a;
}

void add_mentioned(const GraphPattern& pattern, Variables& out);

void add_mentioned(const Expression& expression, Variables& out) {
  std::visit(Overloaded{[&](const Variable& variable) { out.insert(variable); }, [](const Term&) {},
                        [&](const FunctionCall& call) {
                          for (const Expression& argument : call.arguments)
                            add_mentioned(argument, out);
                        },
                        [&](const Exists& exists) { add_mentioned(*exists.pattern, out); }},
             expression.node);
}

void add_mentioned(const GraphPattern& pattern, Variables& out) {
  std::visit(Overloaded{[&](const Bgp& bgp) { add(bgp, out); },
                        [&](const Path& path) {
                          add(path.subject, out);
                          add(path.object, out);
                        },
                        [&](const Values& values) {
                          out.insert(values.variables.begin(), values.variables.end());
                        },
                        [&](const LeftJoin& join) {
                          add_mentioned(*join.left, out);
                          add_mentioned(*join.right, out);
                          if (join.condition) add_mentioned(*join.condition, out);
                        },
                        [&](const Filter& filter) {
                          add_mentioned(*filter.pattern, out);
                          add_mentioned(filter.condition, out);
                        },
                        [&](const Extend& extend) {
                          add_mentioned(*extend.pattern, out);
                          out.insert(extend.variable);
                          add_mentioned(extend.expression, out);
                        },
                        [&](const Group& group) {
                          add_mentioned(*group.pattern, out);
                          out.insert(group.keys.begin(), group.keys.end());
                          for (const Aggregate& aggregate : group.aggregates) {
                            out.insert(aggregate.result);
                            if (aggregate.argument) add_mentioned(*aggregate.argument, out);
                          }
                        },
                        [&](const OrderBy& order) {
                          add_mentioned(*order.pattern, out);
                          for (const OrderCondition& condition : order.conditions)
                            add_mentioned(condition.expression, out);
                        },
                        [&](const Project& project) {
                          add_mentioned(*project.pattern, out);
                          out.insert(project.variables.begin(), project.variables.end());
                        },
                        [&](const Graph& graph) {
                          add(graph.name, out);
                          add_mentioned(*graph.pattern, out);
                        },
                        [&](const Service& service) {
                          add(service.name, out);
                          add_mentioned(*service.pattern, out);
                        },
                        [&](const auto& node) {
                          if constexpr (requires { node.left; }) {
                            add_mentioned(*node.left, out);
                            add_mentioned(*node.right, out);
                          } else {
                            add_mentioned(*node.pattern, out);
                          }
                        }},
             pattern.node);
}

}  // namespace

std::set<Variable> visible_variables(const GraphPattern& pattern) {
  return std::visit(
      Overloaded{[](const Bgp& bgp) {
                   Variables out;
                   add(bgp, out);
                   return out;
                 },
                 [](const Path& path) {
                   Variables out;
                   add(path.subject, out);
                   add(path.object, out);
                   return out;
                 },
                 [](const Values& values) {
                   return Variables(values.variables.begin(), values.variables.end());
                 },
                 [](const Minus& minus) { return visible_variables(*minus.left); },
                 [](const Extend& extend) {
                   return merged(visible_variables(*extend.pattern), {extend.variable});
                 },
                 [](const Group& group) {
                   Variables out(group.keys.begin(), group.keys.end());
                   for (const Aggregate& aggregate : group.aggregates)
                     out.insert(aggregate.result);
                   return out;
                 },
                 [](const Project& project) {
                   return Variables(project.variables.begin(), project.variables.end());
                 },
                 [](const Graph& graph) {
                   Variables out = visible_variables(*graph.pattern);
                   add(graph.name, out);
                   return out;
                 },
                 [](const Service& service) {
                   Variables out = visible_variables(*service.pattern);
                   std::erase_if(out, is_own);
                   add(service.name, out);
                   return out;
                 },
                 [](const auto& node) {
                   if constexpr (requires { node.left; })
                     return merged(visible_variables(*node.left), visible_variables(*node.right));
                   else
                     return visible_variables(*node.pattern);
                 }},
      pattern.node);
}

std::set<Variable> certain_variables(const GraphPattern& pattern) {
  return std::visit(
      Overloaded{
          [&](const Bgp&) { return visible_variables(pattern); },
          [&](const Path&) { return visible_variables(pattern); },
          [](const Values& values) {
            Variables out;
            for (std::size_t i = 0; i < values.variables.size(); ++i)
              if (std::all_of(values.rows.begin(), values.rows.end(),
                              [&](const auto& row) { return static_cast<bool>(row[i]); }))
                out.insert(values.variables[i]);
            return out;
          },
          [](const Join& join) {
            return merged(certain_variables(*join.left), certain_variables(*join.right));
          },
          [](const Lateral& join) {
            return merged(certain_variables(*join.left), certain_variables(*join.right));
          },
          [](const LeftJoin& join) { return certain_variables(*join.left); },
          [](const Minus& minus) { return certain_variables(*minus.left); },
          [](const Union& both) {
            return intersection(certain_variables(*both.left), certain_variables(*both.right));
          },
          [](const Group& group) {
            const Variables inner = certain_variables(*group.pattern);
            Variables out;
            for (const Variable& key : group.keys)
              if (inner.contains(key)) out.insert(key);
            for (const Aggregate& aggregate : group.aggregates)
              if (aggregate.kind == AggregateKind::Count) out.insert(aggregate.result);
            return out;
          },
          [](const Extend& extend) {
            Variables out = certain_variables(*extend.pattern);
            const auto* source = std::get_if<Variable>(&extend.expression.node);
            if (std::holds_alternative<Term>(extend.expression.node) ||
                (source && out.contains(*source)))
              out.insert(extend.variable);
            return out;
          },
          [](const Project& project) {
            return intersection(Variables(project.variables.begin(), project.variables.end()),
                                certain_variables(*project.pattern));
          },
          [](const Graph& graph) {
            Variables out = certain_variables(*graph.pattern);
            add(graph.name, out);
            return out;
          },
          [](const Service& service) {
            if (service.silent) return Variables();
            Variables out = certain_variables(*service.pattern);
            std::erase_if(out, is_own);
            add(service.name, out);
            return out;
          },
          [](const auto& node) { return certain_variables(*node.pattern); }},
      pattern.node);
}

std::set<Variable> assigned_variables(const GraphPattern& pattern) {
  return std::visit(
      Overloaded{[](const Bgp&) { return Variables(); }, [](const Path&) { return Variables(); },
                 [](const Values& values) {
                   return Variables(values.variables.begin(), values.variables.end());
                 },
                 [](const Minus& minus) { return assigned_variables(*minus.left); },
                 [](const Extend& extend) {
                   return merged(assigned_variables(*extend.pattern), {extend.variable});
                 },
                 [](const Group& group) {
                   Variables out = intersection(Variables(group.keys.begin(), group.keys.end()),
                                                assigned_variables(*group.pattern));
                   for (const Aggregate& aggregate : group.aggregates)
                     out.insert(aggregate.result);
                   return out;
                 },
                 [](const Project& project) {
                   return intersection(
                       Variables(project.variables.begin(), project.variables.end()),
                       assigned_variables(*project.pattern));
                 },
                 [](const auto& node) {
                   if constexpr (requires { node.left; })
                     return merged(assigned_variables(*node.left), assigned_variables(*node.right));
                   else
                     return assigned_variables(*node.pattern);
                 }},
      pattern.node);
}

std::set<Variable> variables_of(const Expression& expression) {
  Variables out;
  add_mentioned(expression, out);
  return out;
}

std::set<Variable> mentioned_variables(const GraphPattern& pattern) {
  Variables out;
  add_mentioned(pattern, out);
  return out;
}

}  // namespace tripten
