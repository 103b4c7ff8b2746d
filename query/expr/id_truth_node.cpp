// A condition that ids answer for most rows; the others are left to the expression itself.
#include "query/expr/id_truths.h"
#include "query/expr/node.h"

namespace tripten {
namespace {

constexpr std::size_t kRowsBefore = 8;  // fewer are not worth looking for the ids' intervals

class IdTruthNode : public TruthNode {
 public:
  IdTruthNode(const Expression& condition, std::size_t column, NodePtr expression)
      : condition_(condition),
        column_(column),
        expression_(std::move(expression)) {}

  void test(Frame& frame, Rows rows, std::vector<Truth>& out) override {
    seen_ += rows.size();
    if (!is_made_ && seen_ >= kRowsBefore) {
      truths_ = make_id_truths(condition_, frame.terms());
      is_made_ = true;
    }
    if (!truths_) return expression_->test(frame, rows, out);
    const Column& column = frame.batch().columns[column_];
    out.resize(frame.batch().rows);
    unknown_.clear();
    TermId last;
    auto answer = IdTruths::Answer::Error;  // of unbound
    for (const std::uint32_t row : rows) {
      if (column[row] != last) answer = truths_->of(last = column[row]);
      switch (answer) {
        case IdTruths::Answer::False:
        case IdTruths::Answer::True:
          out[row] = truth_of(answer == IdTruths::Answer::True);
          break;
        case IdTruths::Answer::Error:
          out[row] = Truth::Error;
          break;
        case IdTruths::Answer::Unknown:
          unknown_.push_back(row);
      }
    }
    if (!unknown_.empty()) expression_->test(frame, unknown_, out);
  }

 private:
  Expression condition_;
  std::size_t column_;
  NodePtr expression_;
  std::size_t seen_ = 0;
  bool is_made_ = false;
  std::optional<IdTruths> truths_{};
  std::vector<std::uint32_t> unknown_{};
};

}  // namespace

NodePtr make_id_truth_node(const Expression& condition, std::size_t column, NodePtr expression) {
  return std::make_unique<IdTruthNode>(condition, column, std::move(expression));
}

}  // namespace tripten
