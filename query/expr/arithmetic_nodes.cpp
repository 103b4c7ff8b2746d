// + - * / over columns: small integers in their ids, everything else as Numbers.
#include "query/expr/node.h"
#include "storage/inline_term.h"

namespace tripten {
namespace {

/// The result where both are inline integers and it fits into 64 bits.
std::optional<std::int64_t> integer_result(Function function, TermId left, TermId right) {
  if (left.kind() != IdKind::Integer || right.kind() != IdKind::Integer) return std::nullopt;
  const std::int64_t a = inline_integer(left), b = inline_integer(right);
  std::int64_t result = 0;
  // Inline integers have 60 bits: only products can overflow.
  if (function == Function::Add) return a + b;
  if (function == Function::Subtract) return a - b;
  if (function == Function::Multiply && !__builtin_mul_overflow(a, b, &result)) return result;
  return std::nullopt;
}

std::optional<Number> number_result(Function function, const Number& left, const Number& right) {
  switch (function) {
    case Function::Add:
      return add(left, right);
    case Function::Subtract:
      return subtract(left, right);
    case Function::Multiply:
      return multiply(left, right);
    default:
      return divide(left, right);
  }
}

class ArithmeticNode : public ExpressionNode {
 public:
  ArithmeticNode(Function function, NodePtr left, NodePtr right)
      : function_(function),
        left_(std::move(left)),
        right_(std::move(right)) {}

  void evaluate(Frame& frame, Rows rows, std::vector<Value>& out) override {
    left_->evaluate(frame, rows, lefts_);
    right_->evaluate(frame, rows, rights_);
    out.resize(frame.batch().rows);
    for (const std::uint32_t row : rows) {
      if (const auto integer = integer_result(function_, lefts_[row].id(), rights_[row].id()))
        out[row] = frame.integer(*integer);
      else
        out[row] = number_value(frame, lefts_[row], rights_[row]);
    }
  }

 private:
  Value number_value(Frame& frame, const Value& left, const Value& right) {
    if (left.is_error() || right.is_error()) return {};
    left_operand_.set(left, frame);
    right_operand_.set(right, frame);
    const Number* const a = left_operand_.number();
    const Number* const b = right_operand_.number();
    return a && b ? frame.number(number_result(function_, *a, *b)) : Value();
  }

  Function function_;
  NodePtr left_, right_;
  std::vector<Value> lefts_{}, rights_{};
  Operand left_operand_{}, right_operand_{};
};

}  // namespace

NodePtr make_arithmetic_node(Function function, NodePtr left, NodePtr right) {
  return std::make_unique<ArithmeticNode>(function, std::move(left), std::move(right));
}

}  // namespace tripten
