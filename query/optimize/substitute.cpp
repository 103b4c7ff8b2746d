// A leaf loses the variable and is extended by it again:
//
//   { ?x :p ?y }  with ?x = :a    →    Extend({ :a :p ?y }, ?x, :a)
//
// A BIND keeps its own value and is compared: unbound (an error) agrees with anything.
#include "query/optimize/substitute.h"

#include <utility>

#include "query/algebra/scope.h"
#include "query/algebra/sparql_text.h"
#include "query/optimize/children.h"

namespace tripten {

namespace {

Expression call_of(Function function, std::vector<Expression> arguments) {
  return {FunctionCall{function, std::move(arguments), {}}};
}

Expression unbound_or_same(const Variable& variable, const Term& value) {
  const Expression unbound =
      call_of(Function::Not, {call_of(Function::Bound, {Expression{variable}})});
  const Expression same = call_of(Function::SameTerm, {Expression{variable}, Expression{value}});
  return call_of(Function::Or, {unbound, same});
}

class Substituter {
 public:
  Substituter(const Substitution& values, SubstitutionScope scope)
      : values_(values),
        scope_(scope) {}

  GraphPattern pattern(GraphPattern pattern) const {
    if (values_.empty()) return pattern;
    return std::visit([&](auto& node) { return changed(std::move(node)); }, pattern.node);
  }

  Expression expression(Expression expression) const {
    if (const auto* variable = std::get_if<Variable>(&expression.node)) {
      const auto found = values_.find(*variable);
      if (found != values_.end()) return {found->second};
    } else if (auto* call = std::get_if<FunctionCall>(&expression.node)) {
      if (call->function == Function::Bound && call->arguments.size() == 1)
        if (const auto* named = std::get_if<Variable>(&call->arguments[0].node))
          return values_.contains(*named) ? Expression{Term::boolean(true)} : expression;
      for (Expression& argument : call->arguments)
        argument = this->expression(std::move(argument));
    } else if (auto* exists = std::get_if<Exists>(&expression.node)) {
      *exists->pattern = pattern(std::move(*exists->pattern));
    }
    return expression;
  }

 private:
  /// Puts the value of a variable into its place and notes that the leaf bound it.
  void put(PatternTerm& term, Substitution& bound) const {
    const auto* variable = std::get_if<Variable>(&term);
    if (!variable) return;
    const auto found = values_.find(*variable);
    if (found == values_.end()) return;
    bound.insert(*found);
    term = found->second;
  }

  static GraphPattern extended(GraphPattern pattern, const Substitution& bound) {
    const std::set<Variable> visible = visible_variables(pattern);
    for (const auto& [variable, value] : bound)
      if (!visible.contains(variable))
        pattern = GraphPattern{Extend{std::move(pattern), variable, Expression{value}}};
    return pattern;
  }

  GraphPattern changed(Bgp node) const {
    Substitution bound;
    for (TriplePattern& triple : node.patterns) {
      put(triple.subject, bound);
      put(triple.predicate, bound);
      put(triple.object, bound);
    }
    return extended({std::move(node)}, bound);
  }

  GraphPattern changed(Path node) const {
    Substitution bound;
    put(node.subject, bound);
    put(node.object, bound);
    return extended({std::move(node)}, bound);
  }

  GraphPattern changed(Graph node) const { return named(std::move(node)); }
  /// Values that the service can't be told are compared with what it answers.
  GraphPattern changed(Service node) const {
    Substitution sent, kept;
    const std::set<Variable> visible = visible_variables({node});
    for (const auto& [variable, value] : values_)
      if (can_be_sent(value))
        sent.emplace(variable, value);
      else if (visible.contains(variable))
        kept.emplace(variable, value);
    GraphPattern whole = Substituter(sent, scope_).named(std::move(node));
    for (const auto& [variable, value] : kept)
      whole = {Filter{unbound_or_same(variable, value), std::move(whole)}};
    return whole;
  }
  template <typename Node>
  GraphPattern named(Node node) const {
    Substitution bound;
    put(node.name, bound);
    *node.pattern = pattern(std::move(*node.pattern));
    return extended({std::move(node)}, bound);
  }

  GraphPattern changed(Values node) const {
    std::erase_if(node.rows, [&](const std::vector<Term>& row) {
      for (std::size_t column = 0; column < row.size(); ++column) {
        const auto found = values_.find(node.variables[column]);
        if (found != values_.end() && row[column] && row[column] != found->second) return true;
      }
      return false;
    });
    return {std::move(node)};
  }

  GraphPattern changed(Extend node) const {
    const auto found = values_.find(node.variable);
    node.expression = expression(std::move(node.expression));
    *node.pattern = pattern(std::move(*node.pattern));
    if (found == values_.end()) return {std::move(node)};
    const Variable variable = node.variable;
    return {Filter{unbound_or_same(variable, found->second), GraphPattern{std::move(node)}}};
  }

  GraphPattern changed(Project node) const {
    if (scope_ == SubstitutionScope::Everywhere) {
      *node.pattern = pattern(std::move(*node.pattern));
      return {std::move(node)};
    }
    Substitution visible;
    for (const Variable& variable : node.variables)
      if (const auto found = values_.find(variable); found != values_.end()) visible.insert(*found);
    *node.pattern = Substituter(visible, scope_).pattern(std::move(*node.pattern));
    return {std::move(node)};
  }

  /// Every other node: the same with changed operands and expressions.
  template <typename Node>
  GraphPattern changed(Node node) const {
    GraphPattern whole{std::move(node)};
    for_each_expression(whole, [&](Expression& inner) { inner = expression(std::move(inner)); });
    for_each_child(whole, [&](GraphPattern& child) { child = pattern(std::move(child)); });
    return whole;
  }

  const Substitution& values_;
  SubstitutionScope scope_;
};

}  // namespace

GraphPattern substitute(GraphPattern pattern, const Substitution& values, SubstitutionScope scope) {
  return Substituter(values, scope).pattern(std::move(pattern));
}

Expression substitute(Expression expression, const Substitution& values, SubstitutionScope scope) {
  return Substituter(values, scope).expression(std::move(expression));
}

}  // namespace tripten
