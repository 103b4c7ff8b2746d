#include "fuzz/parsed.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <sstream>
#include <variant>

#include "fuzz/fuzz.h"
#include "query/algebra/overloaded.h"
#include "query/algebra/print.h"
#include "query/parse/parse.h"

namespace tripten {
namespace {

using Visit = std::function<void(const Expression&)>;

/// Calls `visit` for the conditions and bound expressions of a pattern.
void each_expression(const GraphPattern& pattern, const Visit& visit) {
  std::visit(
      [&]<typename Node>(const Node& node) {
        if constexpr (requires { node.condition; }) {
          if constexpr (std::is_same_v<Node, LeftJoin>) {
            if (node.condition) visit(*node.condition);
          } else {
            visit(node.condition);
          }
        }
        if constexpr (requires { node.expression; }) visit(node.expression);
        if constexpr (requires { node.conditions; })
          for (const OrderCondition& condition : node.conditions)
            visit(condition.expression);
        if constexpr (requires { node.left; }) {
          each_expression(*node.left, visit);
          each_expression(*node.right, visit);
        }
        if constexpr (requires { node.pattern; }) each_expression(*node.pattern, visit);
      },
      pattern.node);
}

/// Whether SPARQL can say the expression: no EXISTS (printed as a tree), and no variable or blank
/// node of the translator's own.
bool is_sayable(const Expression& expression) {
  return std::visit(
      Overloaded{[](const Variable& variable) { return !variable.name.starts_with('.'); },
                 [](const Term& term) { return !term.is_blank(); },
                 [](const FunctionCall& call) {
                   for (const Expression& argument : call.arguments)
                     if (!is_sayable(argument)) return false;
                   return true;
                 },
                 [](const Exists&) { return false; }},
      expression.node);
}

/// `&&` and `||` as one call of all their operands, since the parser balances them; and without
/// places, which are those of another text.
Expression flattened(const Expression& expression) {
  const auto* call = std::get_if<FunctionCall>(&expression.node);
  if (!call) return expression;
  FunctionCall flat{call->function, {}, call->iri, std::nullopt};
  const bool is_associative = call->function == Function::And || call->function == Function::Or;
  for (const Expression& argument : call->arguments) {
    Expression operand = flattened(argument);
    auto* same = std::get_if<FunctionCall>(&operand.node);
    if (is_associative && same && same->function == call->function)
      std::move(same->arguments.begin(), same->arguments.end(), std::back_inserter(flat.arguments));
    else
      flat.arguments.push_back(std::move(operand));
  }
  return {std::move(flat)};
}

void check_print(const Expression& expression) {
  if (!is_sayable(expression)) return;
  const std::string printed = to_string(expression);
  const std::string text = "SELECT * { FILTER (" + printed + ") }";
  try {
    each_expression(parse_query(text, {.base = {}, .strict = true, .parameters = {}}).pattern,
                    [&](const Expression& again) {
                      expect(flattened(again) == flattened(expression),
                             "printed as\n" + printed + "\nparsed as\n" + to_string(again));
                    });
  } catch (const Error& error) {
    throw PropertyBroken("printed, but not parsed: " + printed + "\n" + error.what());
  }
}

}  // namespace

std::string checked_print(const GraphPattern& pattern) {
  each_expression(pattern, check_print);
  return to_string(pattern);
}

std::vector<std::string> shape_of(const GraphPattern& pattern) {
  std::vector<std::string> shape;
  std::istringstream lines(to_string(pattern));
  for (std::string line; std::getline(lines, line);) {
    const std::size_t word = std::min(line.find_first_not_of(' '), line.size());
    shape.push_back(line.substr(0, std::min(line.find(' ', word), line.size())));
  }
  return shape;
}

}  // namespace tripten
