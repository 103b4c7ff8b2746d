// Three-valued logic and the functional forms (§17.2, §17.4.1): a row whose answer is known is not
// evaluated further.
#include <algorithm>

#include "query/expr/node.h"
#include "storage/inline_term.h"

namespace tripten {
namespace {

/// || and && over any number of operands. The deciding truth is True for ||, False for &&; without
/// it an error decides.
class LogicNode : public TruthNode {
 public:
  LogicNode(Truth deciding, std::vector<NodePtr> arguments)
      : deciding_(deciding),
        arguments_(std::move(arguments)) {}

  void test(Frame& frame, Rows rows, std::vector<Truth>& out) override {
    out.resize(frame.batch().rows);
    undecided_.assign(rows.begin(), rows.end());
    for (const std::uint32_t row : rows)
      out[row] = negated(deciding_);
    for (const NodePtr& argument : arguments_) {
      if (undecided_.empty()) return;
      argument->test(frame, undecided_, truths_);
      std::erase_if(undecided_, [&](std::uint32_t row) {
        if (truths_[row] == deciding_ || truths_[row] == Truth::Error) out[row] = truths_[row];
        return truths_[row] == deciding_;
      });
    }
  }

 private:
  Truth deciding_;
  std::vector<NodePtr> arguments_;
  std::vector<std::uint32_t> undecided_{};
  std::vector<Truth> truths_{};
};

class NotNode : public TruthNode {
 public:
  explicit NotNode(NodePtr argument) : argument_(std::move(argument)) {}

  void test(Frame& frame, Rows rows, std::vector<Truth>& out) override {
    argument_->test(frame, rows, out);
    for (const std::uint32_t row : rows)
      out[row] = negated(out[row]);
  }

 private:
  NodePtr argument_;
};

class BoundNode : public TruthNode {
 public:
  explicit BoundNode(NodePtr argument) : argument_(std::move(argument)) {}

  void test(Frame& frame, Rows rows, std::vector<Truth>& out) override {
    argument_->evaluate(frame, rows, values_);
    out.resize(frame.batch().rows);
    for (const std::uint32_t row : rows)
      out[row] = truth_of(!values_[row].is_error());
  }

 private:
  NodePtr argument_;
  std::vector<Value> values_{};
};

class IfNode : public ExpressionNode {
 public:
  explicit IfNode(std::vector<NodePtr> arguments) : arguments_(std::move(arguments)) {}

  void evaluate(Frame& frame, Rows rows, std::vector<Value>& out) override {
    arguments_[0]->test(frame, rows, truths_);
    out.resize(frame.batch().rows);
    for (auto& chosen : rows_)
      chosen.clear();
    for (const std::uint32_t row : rows) {
      out[row] = Value();
      if (truths_[row] != Truth::Error) rows_[truths_[row] == Truth::True ? 0 : 1].push_back(row);
    }
    for (std::size_t branch = 0; branch < 2; ++branch)
      if (!rows_[branch].empty()) arguments_[branch + 1]->evaluate(frame, rows_[branch], out);
  }

 private:
  std::vector<NodePtr> arguments_;
  std::vector<Truth> truths_{};
  std::array<std::vector<std::uint32_t>, 2> rows_{};
};

class CoalesceNode : public ExpressionNode {
 public:
  explicit CoalesceNode(std::vector<NodePtr> arguments) : arguments_(std::move(arguments)) {}

  void evaluate(Frame& frame, Rows rows, std::vector<Value>& out) override {
    out.resize(frame.batch().rows);
    missing_.assign(rows.begin(), rows.end());
    for (const std::uint32_t row : rows)
      out[row] = Value();
    for (const NodePtr& argument : arguments_) {
      if (missing_.empty()) return;
      argument->evaluate(frame, missing_, out);
      std::erase_if(missing_, [&out](std::uint32_t row) { return !out[row].is_error(); });
    }
  }

 private:
  std::vector<NodePtr> arguments_;
  std::vector<std::uint32_t> missing_{};
};

class ExistsNode : public TruthNode {
 public:
  ExistsNode(std::unique_ptr<ExistsEvaluator> evaluator, bool negated)
      : evaluator_(std::move(evaluator)),
        negated_(negated) {}

  void test(Frame& frame, Rows rows, std::vector<Truth>& out) override {
    out.resize(frame.batch().rows);
    for (const std::uint32_t row : rows)
      out[row] = truth_of(evaluator_->exists(frame.batch(), row, frame.context()) != negated_);
  }

 private:
  std::unique_ptr<ExistsEvaluator> evaluator_;
  bool negated_;
};

}  // namespace

Truth effective_boolean(Operand& operand) {
  const TermId id = operand.id();
  if (id.kind() == IdKind::Boolean) return truth_of(inline_boolean(id));
  if (id.kind() == IdKind::Integer) return truth_of(inline_integer(id) != 0);
  if (operand.value().is_error() || id.is_iri()) return Truth::Error;
  const TypedValue& value = operand.typed();
  switch (value.value_class) {
    case ValueClass::Boolean:
      return truth_of(value.boolean());
    case ValueClass::Number: {
      const Number& number = value.number();
      if (number.is_exact()) return truth_of(number.exact.sign() != 0);
      return truth_of(number.real != 0 && !number.is_nan());
    }
    case ValueClass::String:
    case ValueClass::Tagged:
      return truth_of(!value.term.value.empty());
    case ValueClass::IllTyped: {
      const Datatype type = datatype_of_iri(value.term.datatype);
      return type == Datatype::Boolean || is_numeric_type(type) ? Truth::False : Truth::Error;
    }
    default:
      return Truth::Error;
  }
}

void ExpressionNode::test(Frame& frame, Rows rows, std::vector<Truth>& out) {
  evaluate(frame, rows, values_);
  out.resize(frame.batch().rows);
  for (const std::uint32_t row : rows) {
    operand_.set(values_[row], frame);
    out[row] = effective_boolean(operand_);
  }
}

void TruthNode::evaluate(Frame& frame, Rows rows, std::vector<Value>& out) {
  test(frame, rows, truths_);
  out.resize(frame.batch().rows);
  for (const std::uint32_t row : rows)
    out[row] = truths_[row] == Truth::Error ? Value() : Frame::boolean(truths_[row] == Truth::True);
}

NodePtr make_logic_node(Function function, std::vector<NodePtr> arguments) {
  return std::make_unique<LogicNode>(function == Function::Or ? Truth::True : Truth::False,
                                     std::move(arguments));
}
NodePtr make_not_node(NodePtr argument) {
  return std::make_unique<NotNode>(std::move(argument));
}
NodePtr make_bound_node(NodePtr argument) {
  return std::make_unique<BoundNode>(std::move(argument));
}
NodePtr make_if_node(std::vector<NodePtr> arguments) {
  return std::make_unique<IfNode>(std::move(arguments));
}
NodePtr make_coalesce_node(std::vector<NodePtr> arguments) {
  return std::make_unique<CoalesceNode>(std::move(arguments));
}
NodePtr make_exists_node(std::unique_ptr<ExistsEvaluator> evaluator, bool negated) {
  return std::make_unique<ExistsNode>(std::move(evaluator), negated);
}

}  // namespace tripten
