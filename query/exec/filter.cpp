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
    take_columns(*input);
    for (std::size_t column = 0; column < schema_.size(); ++column)
      source_.push_back(column);
    inputs_.push_back(std::move(input));
  }

  void open(QueryContext& context) override {
    context_ = &context;
    inputs_[0]->open(context);
  }

  bool next(Batch& out) override {
    while (inputs_[0]->next(rows_)) {
      context_->interrupt.check();
      evaluator_.test(rows_, *context_, truths_);
      selection_.clear();
      for (std::size_t row = 0; row < rows_.rows; ++row)
        if (truths_[row] == Truth::True) selection_.push_back(static_cast<std::uint32_t>(row));
      out.reset(schema_.size());
      for (std::size_t column = 0; column < schema_.size(); ++column)
        out.columns[column].swap(rows_.columns[source_[column]]);
      out.rows = rows_.rows;
      if (selection_.size() < out.rows) out.keep(selection_);
      if (out.rows > 0) return true;
    }
    return false;
  }

  void keep_columns(const std::set<Variable>& wanted) override { narrow(wanted, source_); }

  OperatorDescription describe() const override { return {"Filter", condition_}; }

 private:
  std::string condition_;
  Evaluator evaluator_;
  std::vector<std::size_t> source_{};  // the input's column of each of ours
  QueryContext* context_ = nullptr;
  Batch rows_{};
  std::vector<Truth> truths_{};
  std::vector<std::uint32_t> selection_{};
};

}  // namespace

OperatorPtr filter_rows(OperatorPtr input, const Expression& condition,
                        const ExistsFactory& exists) {
  return std::make_unique<FilterRows>(std::move(input), condition, exists);
}

}  // namespace tripten
