// Expressions (SPARQL 1.1 §17): three-valued logic and the functional forms here, functions of
// values in functions.cpp.
#include <algorithm>

#include "differential/naive/evaluate.h"
#include "differential/naive/functions.h"
#include "differential/naive/value.h"
#include "query/algebra/overloaded.h"

namespace tripten::naive {

namespace {

using Truth = std::optional<bool>;

std::optional<Term> as_term(Truth truth) {
  return truth ? std::optional(Term::boolean(*truth)) : std::nullopt;
}

/// §17.2: the truth tables of ||, && and !.
Truth logical_or(Truth a, Truth b) {
  if (a == true || b == true) return true;
  return a && b ? Truth(false) : std::nullopt;
}
Truth logical_not(Truth a) {
  return a ? Truth(!*a) : std::nullopt;
}
Truth logical_and(Truth a, Truth b) {
  return logical_not(logical_or(logical_not(a), logical_not(b)));
}

class CallEvaluation {
 public:
  CallEvaluation(const FunctionCall& call, const Solution& solution, const ActiveDataset& active)
      : call_(call),
        solution_(solution),
        active_(active) {}

  std::optional<Term> value() const {
    switch (call_.function) {
      case Function::Bound:
        return Term::boolean(solution_.contains(std::get<Variable>(call_.arguments[0].node)));
      case Function::If: {
        const Truth first = truth(0);
        return first ? argument(*first ? 1 : 2) : std::nullopt;
      }
      case Function::Coalesce:
        for (std::size_t i = 0; i < call_.arguments.size(); ++i)
          if (const auto found = argument(i)) return found;
        return std::nullopt;
      case Function::Or:
      case Function::And: {
        const bool is_or = call_.function == Function::Or;
        Truth all = !is_or;
        for (std::size_t i = 0; i < call_.arguments.size(); ++i)
          all = is_or ? logical_or(all, truth(i)) : logical_and(all, truth(i));
        return as_term(all);
      }
      case Function::Not:
        return as_term(logical_not(truth(0)));
      case Function::In:
        return as_term(in());
      case Function::NotIn:
        return as_term(logical_not(in()));
      default:
        return function();
    }
  }

 private:
  std::optional<Term> argument(std::size_t i) const {
    return value_of(call_.arguments[i], solution_, active_);
  }
  Truth truth(std::size_t i) const { return truth_of(call_.arguments[i], solution_, active_); }

  /// §17.4.1.9: (lhs = expression1) || (lhs = expression2) || ...
  Truth in() const {
    const auto first = argument(0);
    Truth any = false;
    for (std::size_t i = 1; i < call_.arguments.size(); ++i) {
      const auto other = argument(i);
      any = logical_or(any, first && other ? equals(*first, *other) : std::nullopt);
    }
    return any;
  }

  /// An error in an argument is an error of the call.
  std::optional<Term> function() const {
    std::vector<Term> values;
    for (std::size_t i = 0; i < call_.arguments.size(); ++i) {
      const auto found = argument(i);
      if (!found) return std::nullopt;
      values.push_back(*found);
    }
    return call_function(call_, values);
  }

  const FunctionCall& call_;
  const Solution& solution_;
  const ActiveDataset& active_;
};

}  // namespace

std::optional<Term> value_of(const Expression& expression, const Solution& solution,
                             const ActiveDataset& active) {
  active.effort.spend(1);
  return std::visit(
      Overloaded{[&](const Variable& variable) -> std::optional<Term> {
                   const auto found = solution.find(variable);
                   return found == solution.end() ? std::nullopt : std::optional(found->second);
                 },
                 [](const Term& term) -> std::optional<Term> { return term; },
                 [&](const FunctionCall& call) -> std::optional<Term> {
                   return CallEvaluation(call, solution, active).value();
                 },
                 // exists(pattern): whether eval(D(G), substitute(pattern, μ)) is not empty.
                 [&](const Exists& exists) -> std::optional<Term> {
                   const ActiveDataset substituted{active.dataset, active.graph, solution,
                                                   active.before, active.effort};
                   return Term::boolean(eval(substituted, *exists.pattern).empty() ==
                                        exists.negated);
                 }},
      expression.node);
}

std::optional<bool> truth_of(const Expression& expression, const Solution& solution,
                             const ActiveDataset& active) {
  const auto value = value_of(expression, solution, active);
  return value ? effective_boolean_value(*value) : std::nullopt;
}

}  // namespace tripten::naive
