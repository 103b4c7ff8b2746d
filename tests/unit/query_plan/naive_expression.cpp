// Expressions as §17 defines them, as far as random tests use them: three truth values, comparison
// of integers by value, of other terms as RDF terms.
#include <algorithm>

#include "rdf/vocabulary.h"
#include "unit/query_plan/naive_evaluator.h"

namespace tripten::test {

namespace {

std::optional<std::int64_t> integer_of(const Term& term) {
  if (!term.is_literal() || term.datatype() != kXsdInteger) return std::nullopt;
  return std::stoll(term.value());
}

std::optional<bool> equal(const Term& a, const Term& b) {
  const auto x = integer_of(a), y = integer_of(b);
  if (x && y) return *x == *y;
  if (a == b) return true;
  if (a.is_literal() && b.is_literal() && a.datatype() != kXsdString) return std::nullopt;
  if (a.is_literal() && b.is_literal() && b.datatype() != kXsdString) return std::nullopt;
  return false;
}

std::optional<bool> less(const Term& a, const Term& b) {
  const auto x = integer_of(a), y = integer_of(b);
  if (x && y) return *x < *y;
  return std::nullopt;
}

std::optional<Term> as_term(std::optional<bool> truth) {
  return truth ? std::optional(Term::boolean(*truth)) : std::nullopt;
}

}  // namespace

std::optional<bool> NaiveEvaluator::truth(const Expression& expression,
                                          const TermSolution& solution,
                                          const TripleSet& graph) const {
  const auto result = value(expression, solution, graph);
  if (!result || !result->is_literal()) return std::nullopt;
  if (result->datatype() == kXsdBoolean) return result->value() == "true";
  if (const auto number = integer_of(*result)) return *number != 0;
  if (result->datatype() == kXsdString) return !result->value().empty();
  return std::nullopt;
}

std::optional<Term> NaiveEvaluator::value(const Expression& expression,
                                          const TermSolution& solution,
                                          const TripleSet& graph) const {
  if (const auto* variable = std::get_if<Variable>(&expression.node)) {
    const auto found = solution.find(*variable);
    return found == solution.end() ? std::nullopt : std::optional(found->second);
  }
  if (const auto* term = std::get_if<Term>(&expression.node)) return *term;
  if (const auto* exists = std::get_if<Exists>(&expression.node))
    return Term::boolean(evaluate(*exists->pattern, graph, solution).empty() == exists->negated);
  return call(std::get<FunctionCall>(expression.node), solution, graph);
}

std::optional<Term> NaiveEvaluator::call(const FunctionCall& call, const TermSolution& solution,
                                         const TripleSet& graph) const {
  const auto truth_of = [&](std::size_t i) { return truth(call.arguments[i], solution, graph); };
  const auto value_of = [&](std::size_t i) { return value(call.arguments[i], solution, graph); };
  switch (call.function) {
    case Function::Bound:
      return Term::boolean(solution.contains(std::get<Variable>(call.arguments[0].node)));
    case Function::And: {
      const auto a = truth_of(0), b = truth_of(1);
      if (a == false || b == false) return Term::boolean(false);
      return a && b ? std::optional(Term::boolean(true)) : std::nullopt;
    }
    case Function::Or: {
      const auto a = truth_of(0), b = truth_of(1);
      if (a == true || b == true) return Term::boolean(true);
      return a && b ? std::optional(Term::boolean(false)) : std::nullopt;
    }
    case Function::Not: {
      const auto a = truth_of(0);
      return a ? std::optional(Term::boolean(!*a)) : std::nullopt;
    }
    case Function::If: {
      const auto a = truth_of(0);
      return a ? value_of(*a ? 1 : 2) : std::nullopt;
    }
    case Function::Coalesce:
      for (std::size_t i = 0; i < call.arguments.size(); ++i)
        if (const auto result = value_of(i)) return result;
      return std::nullopt;
    case Function::In:
      return as_term(is_in(call, solution, graph));
    case Function::NotIn: {
      const auto found = is_in(call, solution, graph);
      return found ? std::optional(Term::boolean(!*found)) : std::nullopt;
    }
    case Function::IsIri: {
      const auto a = value_of(0);
      return a ? std::optional(Term::boolean(a->is_iri())) : std::nullopt;
    }
    case Function::IsLiteral: {
      const auto a = value_of(0);
      return a ? std::optional(Term::boolean(a->is_literal())) : std::nullopt;
    }
    default:
      return comparison(call, solution, graph);
  }
}

std::optional<bool> NaiveEvaluator::is_in(const FunctionCall& call, const TermSolution& solution,
                                          const TripleSet& graph) const {
  const auto first = value(call.arguments[0], solution, graph);
  bool error = false;
  for (std::size_t i = 1; i < call.arguments.size(); ++i) {
    const auto other = value(call.arguments[i], solution, graph);
    const auto same = first && other ? equal(*first, *other) : std::nullopt;
    if (same == true) return true;
    error = error || !same;
  }
  return error ? std::nullopt : std::optional(false);
}

std::optional<Term> NaiveEvaluator::comparison(const FunctionCall& call,
                                               const TermSolution& solution,
                                               const TripleSet& graph) const {
  if (call.arguments.size() != 2)
    throw std::logic_error("a function unknown to the naive evaluator");
  const auto a = value(call.arguments[0], solution, graph);
  const auto b = value(call.arguments[1], solution, graph);
  if (!a || !b) return std::nullopt;
  switch (call.function) {
    case Function::SameTerm:
      return Term::boolean(*a == *b);
    case Function::Equal:
      return as_term(equal(*a, *b));
    case Function::NotEqual: {
      const auto same = equal(*a, *b);
      return same ? std::optional(Term::boolean(!*same)) : std::nullopt;
    }
    case Function::Less:
      return as_term(less(*a, *b));
    case Function::Greater:
      return as_term(less(*b, *a));
    case Function::Add: {
      const auto x = integer_of(*a), y = integer_of(*b);
      return x && y ? std::optional(Term::integer(*x + *y)) : std::nullopt;
    }
    default:
      throw std::logic_error("a function unknown to the naive evaluator");
  }
}

}  // namespace tripten::test
