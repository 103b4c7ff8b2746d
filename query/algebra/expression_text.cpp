#include "query/algebra/expression_text.h"

#include <fmt/format.h>

#include "query/algebra/overloaded.h"

namespace tripten {

namespace {

constexpr int kUnary = 6;
constexpr int kPrimary = 7;

/// How tightly an expression binds (§19.8, productions 110 to 121): a higher one needs no
/// parentheses inside a lower one.
int precedence(const Expression& expression) {
  const auto* call = std::get_if<FunctionCall>(&expression.node);
  if (!call) return kPrimary;
  switch (call->function) {
    case Function::Or:
      return 1;
    case Function::And:
      return 2;
    case Function::Equal:
    case Function::NotEqual:
    case Function::Less:
    case Function::Greater:
    case Function::LessEqual:
    case Function::GreaterEqual:
    case Function::In:
    case Function::NotIn:
      return 3;
    case Function::Add:
    case Function::Subtract:
      return 4;
    case Function::Multiply:
    case Function::Divide:
      return 5;
    case Function::Not:
    case Function::UnaryMinus:
    case Function::UnaryPlus:
      return kUnary;
    default:
      return kPrimary;
  }
}

/// Relations don't chain: `a = b = c` is no expression.
bool chains(int own) {
  return own == 1 || own == 2 || own == 4 || own == 5;
}

std::string inside(const Expression& expression, int least, const ExpressionWords& words) {
  const std::string text = expression_text(expression, words);
  return precedence(expression) < least ? "(" + text + ")" : text;
}

std::string call_text(const FunctionCall& call, int own, const ExpressionWords& words) {
  const auto& arguments = call.arguments;
  const auto list = [&](auto begin, auto end) {
    std::string text;
    for (auto it = begin; it != end; ++it)
      text += (it == begin ? "" : ", ") + expression_text(*it, words);
    return text;
  };
  if (call.function == Function::In || call.function == Function::NotIn)
    return fmt::format("{} {} ({})", inside(arguments[0], own + 1, words), name_of(call.function),
                       list(arguments.begin() + 1, arguments.end()));
  if (own == kUnary)
    return std::string(name_of(call.function)) + inside(arguments[0], kPrimary, words);
  if (own < kUnary) {
    std::string text = inside(arguments[0], chains(own) ? own : own + 1, words);
    for (std::size_t i = 1; i < arguments.size(); ++i)
      text += fmt::format(" {} {}", name_of(call.function), inside(arguments[i], own + 1, words));
    return text;
  }
  const std::string name =
      call.function == Function::Cast ? "<" + call.iri + ">" : std::string(name_of(call.function));
  return fmt::format("{}({})", name, list(arguments.begin(), arguments.end()));
}

}  // namespace

std::string expression_text(const Expression& expression, const ExpressionWords& words) {
  return std::visit(
      Overloaded{
          [&](const Variable& variable) { return words.variable(variable); },
          [](const Term& term) { return term.to_string(); },
          [&](const FunctionCall& call) { return call_text(call, precedence(expression), words); },
          [&](const Exists& exists) {
            return (exists.negated ? "NOT EXISTS " : "EXISTS ") + words.pattern(*exists.pattern);
          }},
      expression.node);
}

std::string aggregate_text(const Aggregate& aggregate, const std::string& argument) {
  std::string text = fmt::format("{}({}{}", name_of(aggregate.kind),
                                 aggregate.distinct ? "DISTINCT " : "", argument);
  if (aggregate.kind == AggregateKind::GroupConcat && aggregate.separator != " ")
    text += "; SEPARATOR=" + Term::literal(aggregate.separator).to_string();
  return text + ")";
}

}  // namespace tripten
