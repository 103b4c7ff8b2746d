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

/// Results by the id of the only argument that varies, one entry a slot. Results that are ids stay
/// good; others are the arena's and go with their batch.
class Memo {
 public:
  void start_batch() {
    if (slots_.empty()) slots_.resize(kSlots);
    ++batch_;
  }
  const Value* find(TermId id) {
    const Slot& slot = slot_of(id);
    if (slot.id != id || (slot.batch != batch_ && !slot.lasting)) return nullptr;
    return &slot.value;
  }
  void add(TermId id, const Value& value) {
    slot_of(id) = {id, value, batch_, value.is_id() || value.is_error()};
  }

 private:
  struct Slot {
    TermId id{};
    Value value{};
    std::uint64_t batch = 0;
    bool lasting = false;
  };
  static constexpr std::size_t kSlots = 1024;
  Slot& slot_of(TermId id) { return slots_[std::hash<TermId>()(id) % kSlots]; }

  std::vector<Slot> slots_{};
  std::uint64_t batch_ = 0;
};

class FunctionNode : public ExpressionNode {
 public:
  FunctionNode(FunctionTraits function, std::vector<NodePtr> arguments)
      : function_(std::move(function)),
        arguments_(std::move(arguments)),
        columns_(arguments_.size()),
        operands_(arguments_.size()) {
    std::size_t varying = 0;
    for (std::size_t i = 0; i < arguments_.size(); ++i) {
      if (arguments_[i]->constant()) continue;
      key_ = i;
      ++varying;
    }
    memoize_ = function_.memoize && varying == 1;
  }

  void evaluate(Frame& frame, Rows rows, std::vector<Value>& out) override {
    for (std::size_t i = 0; i < arguments_.size(); ++i)
      arguments_[i]->evaluate(frame, rows, columns_[i]);
    out.resize(frame.batch().rows);
    if (memoize_) memo_.start_batch();
    for (const std::uint32_t row : rows)
      out[row] = memoize_ ? remembered(frame, row) : call(frame, row);
  }

 private:
  Value call(Frame& frame, std::uint32_t row) {
    for (std::size_t i = 0; i < operands_.size(); ++i) {
      if (columns_[i][row].is_error()) return {};
      operands_[i].set(columns_[i][row], frame);
    }
    return function_.call(frame, operands_);
  }

  Value remembered(Frame& frame, std::uint32_t row) {
    const TermId id = columns_[key_][row].id();
    if (!id) return call(frame, row);
    if (const Value* const known = memo_.find(id)) return *known;
    const Value value = call(frame, row);
    memo_.add(id, value);
    return value;
  }

  FunctionTraits function_;
  std::vector<NodePtr> arguments_;
  std::vector<std::vector<Value>> columns_;
  std::vector<Operand> operands_;
  bool memoize_ = false;
  std::size_t key_ = 0;  // the argument that varies, where memoize_
  Memo memo_{};
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
