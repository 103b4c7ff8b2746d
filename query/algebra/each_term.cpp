#include "query/algebra/each_term.h"

#include "query/algebra/overloaded.h"

namespace tripten {

namespace {

/// Visits terms, and adds up what it passes.
class Walk {
 public:
  explicit Walk(const std::function<void(Term&)>& visit) : visit_(visit) {}

  void query(Query& query) {
    std::visit([&](auto& form) { this->form(form); }, query.form);
    for (Term& graph : query.dataset.default_graphs)
      term(graph);
    for (Term& graph : query.dataset.named_graphs)
      term(graph);
    pattern(query.pattern);
    add(query.base.size());
    for (const auto& [prefix, iri] : query.prefixes)
      add(sizeof(prefix) + sizeof(iri) + prefix.size() + iri.size());
    for (const Leniency& leniency : query.leniencies)
      add(sizeof(leniency) + leniency.message.size());
  }

  QueryExtent extent{};

 private:
  void add(std::size_t bytes) { extent.bytes += bytes; }
  void place(const std::optional<Position>& place) {
    extent.has_places = extent.has_places || place.has_value();
  }

  void term(Term& term) {
    add(sizeof(Term) + term.value().size() + term.datatype().size());
    visit_(term);
  }
  void variables(const std::vector<Variable>& variables) {
    for (const Variable& variable : variables)
      add(sizeof(Variable) + variable.name.size());
  }
  void term(PatternTerm& either) {
    add(sizeof(PatternTerm));
    if (auto* constant = std::get_if<Term>(&either)) term(*constant);
  }
  void triple(TriplePattern& triple) {
    term(triple.subject);
    term(triple.predicate);
    term(triple.object);
  }

  void form(SelectForm& form) { variables(form.variables); }
  void form(AskForm&) {}
  void form(ConstructForm& form) {
    for (QuadTemplate& quad : form.quads)
      for (PatternTerm* part : {&quad.subject, &quad.predicate, &quad.object, &quad.graph})
        term(*part);
  }
  void form(DescribeForm& form) {
    for (PatternTerm& resource : form.resources)
      term(resource);
  }

  void path(PropertyPath& whole) {
    add(sizeof(PropertyPath));
    std::visit(Overloaded{[&](PathLink& node) { term(node.iri); },
                          [&](PathNegatedSet& node) {
                            for (Term& iri : node.forward)
                              term(iri);
                            for (Term& iri : node.inverse)
                              term(iri);
                          },
                          [&](auto& node) {
                            if constexpr (requires { node.first; }) {
                              path(*node.first);
                              path(*node.second);
                            } else {
                              path(*node.path);
                            }
                          }},
               whole.node);
  }

  void expression(Expression& whole) {
    add(sizeof(Expression));
    std::visit(
        Overloaded{[&](Variable& node) { add(node.name.size()); }, [&](Term& node) { term(node); },
                   [&](FunctionCall& node) {
                     place(node.place);
                     for (Expression& argument : node.arguments)
                       expression(argument);
                   },
                   [&](Exists& node) { pattern(*node.pattern); }},
        whole.node);
  }
  void expression(std::optional<Expression>& whole) {
    if (whole) expression(*whole);
  }

  void pattern(GraphPattern& whole) {
    add(sizeof(GraphPattern));
    std::visit([&](auto& node) { this->node(node); }, whole.node);
  }
  void node(Bgp& node) {
    for (TriplePattern& one : node.patterns)
      triple(one);
  }
  void node(Path& node) {
    term(node.subject);
    path(node.path);
    term(node.object);
  }
  void node(Join& node) { both(node); }
  void node(Union& node) { both(node); }
  void node(Minus& node) { both(node); }
  void node(Lateral& node) { both(node); }
  void node(LeftJoin& node) {
    both(node);
    expression(node.condition);
  }
  void node(Filter& node) {
    expression(node.condition);
    pattern(*node.pattern);
  }
  void node(Graph& node) {
    term(node.name);
    pattern(*node.pattern);
  }
  void node(Extend& node) {
    pattern(*node.pattern);
    expression(node.expression);
  }
  void node(Values& node) {
    variables(node.variables);
    for (auto& row : node.rows)
      for (Term& value : row)
        term(value);
  }
  void node(Group& node) {
    pattern(*node.pattern);
    variables(node.keys);
    for (Aggregate& aggregate : node.aggregates) {
      add(sizeof(Aggregate));
      expression(aggregate.argument);
    }
  }
  void node(OrderBy& node) {
    pattern(*node.pattern);
    for (OrderCondition& condition : node.conditions)
      expression(condition.expression);
  }
  void node(Project& node) {
    pattern(*node.pattern);
    variables(node.variables);
  }
  void node(Distinct& node) { pattern(*node.pattern); }
  void node(Reduced& node) { pattern(*node.pattern); }
  void node(Slice& node) { pattern(*node.pattern); }
  void node(Service& node) {
    place(node.place);
    term(node.name);
    pattern(*node.pattern);
  }
  template <typename Node>
  void both(Node& node) {
    pattern(*node.left);
    pattern(*node.right);
  }

  const std::function<void(Term&)>& visit_;
};

}  // namespace

void for_each_term(Query& query, const std::function<void(Term&)>& visit) {
  Walk(visit).query(query);
}

QueryExtent extent_of(const Query& query) {
  const std::function<void(Term&)> nothing = [](Term&) {};
  Walk walk(nothing);
  walk.query(const_cast<Query&>(query));  // changes nothing
  return walk.extent;
}

}  // namespace tripten
