// Filter: the rows whose condition is true; an error is not true (§17.2).
#include <string>

#include "query/algebra/print.h"
#include "query/exec/describe.h"
#include "query/exec/operators.h"

namespace tripten {

namespace {

class FilterRows : public Operator {
 public:
  FilterRows(OperatorPtr input, const Expression& condition, const ExistsFactory& exists)
      : condition_(to_string(condition)),
        evaluator_(condition, input->schema(), exists) {
    schema_ = input->schema();
    sorted_by_ = input->sorted_by();
    for (std::size_t column = 0; column < schema_.size(); ++column)
      always_bound_.push_back(input->always_bound(column));
    inputs_.push_back(std::move(input));
  }

  void open(QueryContext& context) override {
    context_ = &context;
    inputs_[0]->open(context);
  }

  bool next(Batch& out) override {
    while (inputs_[0]->next(out)) {
      context_->interrupt.check();
      evaluator_.test(out, *context_, truths_);
      selection_.clear();
      for (std::size_t row = 0; row < out.rows; ++row)
        if (truths_[row] == Truth::True) selection_.push_back(static_cast<std::uint32_t>(row));
      if (selection_.size() < out.rows) out.keep(selection_);
      if (out.rows > 0) return true;
    }
    return false;
  }

  OperatorDescription describe() const override { return {"Filter", condition_}; }

 private:
  std::string condition_;
  Evaluator evaluator_;
  QueryContext* context_ = nullptr;
  std::vector<Truth> truths_{};
  std::vector<std::uint32_t> selection_{};
};

}  // namespace

OperatorPtr filter_rows(OperatorPtr input, const Expression& condition,
                        const ExistsFactory& exists) {
  return std::make_unique<FilterRows>(std::move(input), condition, exists);
}

}  // namespace tripten
