// Leaves of an expression, and calls of functions row by row.
#include "query/expr/node.h"

namespace tripten {
namespace {

class VariableNode : public ExpressionNode {
 public:
  explicit VariableNode(std::optional<std::size_t> column) : column_(column) {}

  void evaluate(Frame& frame, Rows rows, std::vector<Value>& out) override {
    out.resize(frame.batch().rows);
    for (const std::uint32_t row : rows)
      out[row] = column_ ? Value(frame.batch().columns[*column_][row]) : Value();
  }

 private:
  std::optional<std::size_t> column_;
};

/// The id is asked for once.
class ConstantNode : public ExpressionNode {
 public:
  explicit ConstantNode(const Term& term) : term_(term) {}

  void evaluate(Frame& frame, Rows rows, std::vector<Value>& out) override {
    if (!id_) id_ = frame.terms().intern(view_of(term_));
    out.resize(frame.batch().rows);
    for (const std::uint32_t row : rows)
      out[row] = Value(id_);
  }
  const Term* constant() const override { return &term_; }

 private:
  Term term_;
  TermId id_{};
};

class FunctionNode : public ExpressionNode {
 public:
  FunctionNode(FunctionTraits function, std::vector<NodePtr> arguments)
      : function_(std::move(function)),
        arguments_(std::move(arguments)),
        columns_(arguments_.size()),
        operands_(arguments_.size()) {}

  void evaluate(Frame& frame, Rows rows, std::vector<Value>& out) override {
    for (std::size_t i = 0; i < arguments_.size(); ++i) {
      arguments_[i]->evaluate(frame, rows, columns_[i]);
      if (!arguments_[i]->constant()) frame.fetch(columns_[i], rows, function_.reads);
    }
    out.resize(frame.batch().rows);
    for (const std::uint32_t row : rows)
      out[row] = call(frame, row);
  }

 private:
  Value call(Frame& frame, std::uint32_t row) {
    for (std::size_t i = 0; i < operands_.size(); ++i) {
      if (columns_[i][row].is_error()) return {};
      operands_[i].set(columns_[i][row], frame);
    }
    return function_.call(frame, operands_);
  }

  FunctionTraits function_;
  std::vector<NodePtr> arguments_;
  std::vector<std::vector<Value>> columns_;
  std::vector<Operand> operands_;
};

}  // namespace

NodePtr make_variable_node(std::optional<std::size_t> column) {
  return std::make_unique<VariableNode>(column);
}
NodePtr make_constant_node(const Term& term) {
  return std::make_unique<ConstantNode>(term);
}
NodePtr make_function_node(FunctionTraits function, std::vector<NodePtr> arguments) {
  return std::make_unique<FunctionNode>(std::move(function), std::move(arguments));
}

}  // namespace tripten
