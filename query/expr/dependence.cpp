#include "query/expr/dependence.h"

#include <algorithm>

namespace tripten {
namespace {

/// Functions that ids, or small numbers, answer; and those that choose among their arguments.
bool is_cheap(Function function) {
  return function <= Function::IsNumeric ||
         (function >= Function::Abs && function <= Function::Now);
}

bool is_volatile_function(Function function) {
  return function == Function::Rand || function == Function::Uuid ||
         function == Function::StrUuid || function == Function::BNode;
}

struct Dependence {
  const Variable* variable = nullptr;
  bool on_more = false;
  bool is_costly = false;

  void add(const Expression& expression) {
    if (on_more) return;
    if (const auto* name = std::get_if<Variable>(&expression.node)) {
      on_more = variable && *variable != *name;
      variable = name;
    } else if (const auto* call = std::get_if<FunctionCall>(&expression.node)) {
      on_more = is_volatile_function(call->function);
      is_costly = is_costly || !is_cheap(call->function);
      for (const Expression& argument : call->arguments)
        add(argument);
    } else if (std::holds_alternative<Exists>(expression.node)) {
      on_more = true;
    }
  }
};

}  // namespace

std::optional<Variable> costly_in_one_variable(const Expression& expression) {
  Dependence dependence;
  dependence.add(expression);
  if (dependence.on_more || !dependence.is_costly || !dependence.variable) return std::nullopt;
  return *dependence.variable;
}

bool is_costly(const Expression& expression) {
  const auto* call = std::get_if<FunctionCall>(&expression.node);
  return call && (!is_cheap(call->function) ||
                  std::any_of(call->arguments.begin(), call->arguments.end(), is_costly));
}

}  // namespace tripten
