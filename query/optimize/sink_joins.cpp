// sink_joins: everything that is joined meets below the OPTIONALs, MINUSes and BINDs.
//
//   Join(LeftJoin(A, O, c), B)  →  LeftJoin(Join(A, B), O, c)
//   Join(Minus(A, M), B)        →  Minus(Join(A, B), M)
//   Join(Extend(A, ?v, e), B)   →  Extend(Join(A, B), ?v, e)       B never binds ?v
//
// each where A binds in every solution all that B shares with O and c (with M; with e): then O, M
// and e see the same values beside A as beside A and B. Without this a pattern written behind an
// OPTIONAL could not restrict what the OPTIONAL runs over.
#include <iterator>
#include <optional>
#include <utility>

#include "query/algebra/scope.h"
#include "query/optimize/chains.h"
#include "query/optimize/children.h"
#include "query/optimize/expression_traits.h"
#include "query/optimize/optimize.h"
#include "query/optimize/variable_set.h"

namespace tripten {

namespace {

/// The variables that the operand's upper part looks at, beside its left side; nothing where the
/// operand has no such part, or it may not be moved.
std::optional<VariableSet> looked_at(const GraphPattern& operand) {
  if (const auto* join = std::get_if<LeftJoin>(&operand.node)) {
    VariableSet variables = visible_variables(*join->right);
    if (!join->condition) return variables;
    if (is_volatile(*join->condition)) return std::nullopt;
    variables.merge(variables_of(*join->condition));
    return variables;
  }
  if (const auto* minus = std::get_if<Minus>(&operand.node))
    return visible_variables(*minus->right);
  if (const auto* extend = std::get_if<Extend>(&operand.node)) {
    if (is_volatile(extend->expression)) return std::nullopt;
    return variables_of(extend->expression);
  }
  return std::nullopt;
}

GraphPattern& left_of(GraphPattern& operand) {
  if (auto* join = std::get_if<LeftJoin>(&operand.node)) return *join->left;
  if (auto* minus = std::get_if<Minus>(&operand.node)) return *minus->left;
  return *std::get<Extend>(operand.node).pattern;
}

bool can_rise(GraphPattern& operand, const VariableSet& others) {
  const auto looked = looked_at(operand);
  if (!looked) return false;
  if (const auto* extend = std::get_if<Extend>(&operand.node))
    if (others.contains(extend->variable)) return false;
  return is_subset(intersection(*looked, others), certain_variables(left_of(operand)));
}

/// Takes upper parts off the operands while some can rise; the last of `risen` is the innermost.
void raise(std::vector<GraphPattern>& operands, std::vector<GraphPattern>& risen) {
  for (std::size_t at = 0; at < operands.size() && operands.size() > 1;) {
    VariableSet others;
    for (std::size_t other = 0; other < operands.size(); ++other)
      if (other != at) others.merge(visible_variables(operands[other]));
    if (!can_rise(operands[at], others)) {
      ++at;
      continue;
    }
    GraphPattern& left = left_of(operands[at]);
    std::vector<GraphPattern> freed = join_operands(std::exchange(left, GraphPattern()));
    risen.push_back(std::move(operands[at]));
    const auto place = operands.erase(operands.begin() + static_cast<std::ptrdiff_t>(at));
    operands.insert(place, std::make_move_iterator(freed.begin()),
                    std::make_move_iterator(freed.end()));
    at = 0;  // what was in the way may have gone
  }
}

}  // namespace

GraphPattern sink_joins(GraphPattern pattern) {
  if (!std::holds_alternative<Join>(pattern.node)) {
    change_children(pattern, sink_joins);
    return pattern;
  }
  std::vector<GraphPattern> operands;
  for (GraphPattern& operand : join_operands(std::move(pattern)))
    operands.push_back(sink_joins(std::move(operand)));
  std::vector<GraphPattern> risen;
  raise(operands, risen);
  GraphPattern all = join_of(std::move(operands));
  for (; !risen.empty(); risen.pop_back()) {
    GraphPattern& upper = risen.back();
    left_of(upper) = std::move(all);
    all = std::move(upper);
  }
  return all;
}

}  // namespace tripten
