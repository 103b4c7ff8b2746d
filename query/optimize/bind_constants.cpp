// bind_constants: filters that fix a variable become part of the basic graph pattern below them.
//
//   Filter(?x = <a>, Bgp(?x :p ?y))         →  Extend(Bgp(<a> :p ?y), ?x, <a>)
//   Filter(?x IN (<a>, <b>), Bgp(?x :p ?y)) →  Join(Values(?x: <a>, <b>), Bgp(?x :p ?y))
//
// Only where equality of values is identity of terms: `=` and IN with IRIs and simple strings (an
// `=` that is an error is no solution either), sameTerm with any constant. Only over basic graph
// patterns: a path of length zero from a variable starts at the nodes of the graph alone, from a
// constant also where the graph does not have it.
#include <algorithm>
#include <optional>
#include <utility>

#include "query/algebra/scope.h"
#include "query/optimize/children.h"
#include "query/optimize/expression_traits.h"
#include "query/optimize/optimize.h"
#include "query/optimize/substitute.h"
#include "rdf/vocabulary.h"

namespace tripten {

namespace {

bool equality_is_identity(const Term& term) {
  return term.is_iri() || (term.is_literal() && term.datatype() == kXsdString);
}

/// What a condition says: the variable is one of the terms.
struct Choice {
  Variable variable;
  std::vector<Term> terms;
};

std::optional<Choice> choice_of(const Variable* variable, const Expression& value, bool same_term) {
  const auto* term = std::get_if<Term>(&value.node);
  if (!variable || !term || !*term || term->is_blank() || !term->language().empty())
    return std::nullopt;
  if (!same_term && !equality_is_identity(*term)) return std::nullopt;
  return Choice{*variable, {*term}};
}

std::optional<Choice> choice_of(const Expression& condition) {
  const auto* call = std::get_if<FunctionCall>(&condition.node);
  if (!call || call->arguments.size() < 2) return std::nullopt;
  const std::vector<Expression>& arguments = call->arguments;
  const auto* first = std::get_if<Variable>(&arguments[0].node);
  if (call->function == Function::Equal || call->function == Function::SameTerm) {
    const bool same_term = call->function == Function::SameTerm;
    if (auto choice = choice_of(first, arguments[1], same_term)) return choice;
    return choice_of(std::get_if<Variable>(&arguments[1].node), arguments[0], same_term);
  }
  if (call->function != Function::In || !first) return std::nullopt;
  Choice choice{*first, {}};
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const auto one = choice_of(first, arguments[i], false);
    if (!one) return std::nullopt;
    if (std::find(choice.terms.begin(), choice.terms.end(), one->terms[0]) == choice.terms.end())
      choice.terms.push_back(one->terms[0]);
  }
  return choice;
}

bool is_constant(const Extend& extend) {
  return std::holds_alternative<Term>(extend.expression.node);
}

GraphPattern apply(Expression condition, GraphPattern below);

/// The condition below a BIND to a constant, with the constant in place of the variable.
GraphPattern apply_below(Expression condition, Extend extend) {
  const Substitution value{{extend.variable, std::get<Term>(extend.expression.node)}};
  condition = substitute(std::move(condition), value, SubstitutionScope::Visible);
  *extend.pattern = apply(std::move(condition), std::move(*extend.pattern));
  return {std::move(extend)};
}

GraphPattern apply(Expression condition, GraphPattern below) {
  auto* extend = std::get_if<Extend>(&below.node);
  if (extend && is_constant(*extend) && !is_volatile(condition))
    return apply_below(std::move(condition), std::move(*extend));
  const auto choice = choice_of(condition);
  if (choice && std::holds_alternative<Bgp>(below.node) &&
      certain_variables(below).contains(choice->variable)) {
    if (choice->terms.size() == 1)
      return substitute(std::move(below), {{choice->variable, choice->terms[0]}},
                        SubstitutionScope::Visible);
    Values values{{choice->variable}, {}};
    for (const Term& term : choice->terms)
      values.rows.push_back({term});
    return {Join{GraphPattern{std::move(values)}, std::move(below)}};
  }
  return {Filter{std::move(condition), std::move(below)}};
}

/// Whether only filters stand between the pattern and a basic graph pattern.
bool leads_to_bgp(const GraphPattern& pattern) {
  const GraphPattern* at = &pattern;
  while (const auto* filter = std::get_if<Filter>(&at->node))
    at = &*filter->pattern;
  return std::holds_alternative<Bgp>(at->node);
}

/// Conditions that fix a variable first: the others then see the constants.
GraphPattern bind_chain(GraphPattern pattern) {
  std::vector<Expression> fixing, others;
  while (auto* filter = std::get_if<Filter>(&pattern.node)) {
    auto& list = choice_of(filter->condition) ? fixing : others;
    list.push_back(std::move(filter->condition));
    GraphPattern below = std::move(*filter->pattern);
    pattern = std::move(below);
  }
  // Single terms before lists, which end the basic graph pattern.
  std::stable_partition(fixing.begin(), fixing.end(), [](const Expression& condition) {
    return choice_of(condition)->terms.size() == 1;
  });
  for (auto* list : {&fixing, &others})
    for (Expression& condition : *list)
      pattern = apply(std::move(condition), std::move(pattern));
  return pattern;
}

}  // namespace

GraphPattern bind_constants(GraphPattern pattern) {
  if (std::holds_alternative<Filter>(pattern.node) && leads_to_bgp(pattern))
    return bind_chain(std::move(pattern));
  change_children(pattern, bind_constants);
  return pattern;
}

}  // namespace tripten
