#include "query/optimize/chains.h"

#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "base/check.h"
#include "query/optimize/children.h"

namespace tripten {

namespace {

/// `split(node, rest)` takes a node of the chain apart, its operands onto `rest` in reverse, or
/// says that it is none.
template <typename Node, typename Split>
std::vector<Node> operands_of(Node whole, const Split& split) {
  std::vector<Node> operands;
  std::vector<Node> rest;
  rest.push_back(std::move(whole));
  while (!rest.empty()) {
    Node next = std::move(rest.back());
    rest.pop_back();
    if (!split(next, rest)) operands.push_back(std::move(next));
  }
  return operands;
}

template <typename Operation>
std::vector<GraphPattern> pattern_operands(GraphPattern pattern) {
  return operands_of(std::move(pattern), [](GraphPattern& node, std::vector<GraphPattern>& rest) {
    auto* operation = std::get_if<Operation>(&node.node);
    if (!operation) return false;
    GraphPattern left = std::move(*operation->left);
    rest.push_back(std::move(*operation->right));
    rest.push_back(std::move(left));
    return true;
  });
}

std::vector<Expression> expression_operands(Expression expression, Function function) {
  return operands_of(std::move(expression), [=](Expression& node, std::vector<Expression>& rest) {
    auto* call = std::get_if<FunctionCall>(&node.node);
    if (!call || call->function != function) return false;
    const std::vector<Expression> arguments = std::move(call->arguments);
    rest.insert(rest.end(), arguments.rbegin(), arguments.rend());
    return true;
  });
}

/// The operands [begin, end) as a tree of depth log2(end - begin).
template <typename Node, typename Combine>
Node balanced(std::vector<Node>& operands, std::size_t begin, std::size_t end,
              const Combine& combine) {
  if (end - begin == 1) return std::move(operands[begin]);
  const std::size_t middle = begin + (end - begin) / 2;
  Node left = balanced(operands, begin, middle, combine);
  return combine(std::move(left), balanced(operands, middle, end, combine));
}

template <typename Operation>
GraphPattern pattern_of(std::vector<GraphPattern> operands) {
  return balanced(operands, 0, operands.size(), [](GraphPattern left, GraphPattern right) {
    return GraphPattern{Operation{std::move(left), std::move(right)}};
  });
}

Expression expression_of(std::vector<Expression> operands, Function function) {
  return balanced(operands, 0, operands.size(), [=](Expression left, Expression right) {
    FunctionCall call{function, {}, {}};
    call.arguments.push_back(std::move(left));
    call.arguments.push_back(std::move(right));
    return Expression{std::move(call)};
  });
}

/// balance_chains(), which counts the levels above.
class Balancer {
 public:
  void balance(GraphPattern& pattern, int depth) const {
    enter(depth);
    if (std::holds_alternative<Join>(pattern.node)) {
      pattern = join_of(balanced_operands(join_operands(std::move(pattern)), depth));
    } else if (std::holds_alternative<Union>(pattern.node)) {
      pattern = union_of(balanced_operands(union_operands(std::move(pattern)), depth));
    } else {
      if (const auto* path = std::get_if<Path>(&pattern.node)) measure(path->path, depth + 1);
      for_each_expression(pattern, [&](Expression& inner) { balance(inner, depth + 1); });
      for_each_child(pattern, [&](GraphPattern& child) { balance(child, depth + 1); });
    }
  }

 private:
  void balance(Expression& expression, int depth) const {
    enter(depth);
    if (auto* exists = std::get_if<Exists>(&expression.node)) balance(*exists->pattern, depth + 1);
    auto* call = std::get_if<FunctionCall>(&expression.node);
    if (!call) return;
    const Function function = call->function;
    if ((function == Function::And || function == Function::Or) && call->arguments.size() > 1) {
      std::vector<Expression> operands = expression_operands(std::move(expression), function);
      for (Expression& operand : operands)
        balance(operand, depth + 1);
      expression = expression_of(std::move(operands), function);
    } else {
      for (Expression& argument : call->arguments)
        balance(argument, depth + 1);
    }
  }

  std::vector<GraphPattern> balanced_operands(std::vector<GraphPattern> operands, int depth) const {
    for (GraphPattern& operand : operands)
      balance(operand, depth + 1);
    return operands;
  }

  void measure(const PropertyPath& path, int depth) const {
    enter(depth);
    std::visit(
        [&](const auto& node) {
          if constexpr (requires { node.first; }) {
            measure(*node.first, depth + 1);
            measure(*node.second, depth + 1);
          } else if constexpr (requires { node.path; }) {
            measure(*node.path, depth + 1);
          }
        },
        path.node);
  }

  static void enter(int depth) {
    if (depth > kDeepestPattern)
      throw Error(ErrorCode::Limit,
                  fmt::format("the query is nested more than {} levels deep", kDeepestPattern));
  }
};

}  // namespace

bool is_unit(const GraphPattern& pattern) {
  const auto* bgp = std::get_if<Bgp>(&pattern.node);
  return bgp && bgp->patterns.empty();
}

std::vector<GraphPattern> join_operands(GraphPattern pattern) {
  return pattern_operands<Join>(std::move(pattern));
}
std::vector<GraphPattern> union_operands(GraphPattern pattern) {
  return pattern_operands<Union>(std::move(pattern));
}

GraphPattern join_of(std::vector<GraphPattern> operands) {
  return operands.empty() ? GraphPattern() : pattern_of<Join>(std::move(operands));
}
GraphPattern union_of(std::vector<GraphPattern> operands) {
  check(!operands.empty(), "a Union of nothing");
  return pattern_of<Union>(std::move(operands));
}

std::vector<Expression> conjuncts_of(Expression expression) {
  return expression_operands(std::move(expression), Function::And);
}
Expression conjunction_of(std::vector<Expression> conjuncts) {
  check(!conjuncts.empty(), "a conjunction of no conditions");
  return expression_of(std::move(conjuncts), Function::And);
}

GraphPattern balance_chains(GraphPattern pattern) {
  Balancer().balance(pattern, 0);
  return pattern;
}

}  // namespace tripten
