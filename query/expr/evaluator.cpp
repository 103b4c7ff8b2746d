#include "query/expr/evaluator.h"

#include <numeric>

#include "query/expr/node.h"

namespace tripten {

class Evaluator::Node {
 public:
  explicit Node(NodePtr root) : root_(std::move(root)) {}

  void evaluate(const Batch& batch, QueryContext& context, Column& out) {
    Frame frame(batch, context, arena_);
    root_->evaluate(frame, all_rows(batch), values_);
    out.resize(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row)
      out[row] = frame.id_of(values_[row]);
  }

  void test(const Batch& batch, QueryContext& context, std::vector<Truth>& out) {
    Frame frame(batch, context, arena_);
    root_->test(frame, all_rows(batch), out);
  }

 private:
  Rows all_rows(const Batch& batch) {
    const std::size_t before = rows_.size();
    if (before < batch.rows) {
      rows_.resize(batch.rows);
      std::iota(rows_.begin() + static_cast<std::ptrdiff_t>(before), rows_.end(),
                static_cast<std::uint32_t>(before));
    }
    return Rows(rows_).first(batch.rows);
  }

  NodePtr root_;
  Arena arena_{};
  std::vector<Value> values_{};
  std::vector<std::uint32_t> rows_{};  // 0, 1, 2, ...
};

Evaluator::Evaluator(const Expression& expression, const Schema& schema,
                     const ExistsFactory& exists)
    : root_(std::make_unique<Node>(compile(expression, schema, exists))) {}
Evaluator::~Evaluator() = default;
Evaluator::Evaluator(Evaluator&&) noexcept = default;
Evaluator& Evaluator::operator=(Evaluator&&) noexcept = default;

void Evaluator::evaluate(const Batch& batch, QueryContext& context, Column& out) {
  root_->evaluate(batch, context, out);
}

void Evaluator::test(const Batch& batch, QueryContext& context, std::vector<Truth>& out) {
  root_->test(batch, context, out);
  out.resize(batch.rows);
}

}  // namespace tripten
