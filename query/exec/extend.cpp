// Extend: one more column, an expression's value; unbound where it has an error (§18.5).
#include <algorithm>
#include <string>

#include "query/algebra/print.h"
#include "query/exec/describe.h"
#include "query/exec/operators.h"

namespace tripten {

namespace {

class ExtendRows : public Operator {
 public:
  ExtendRows(OperatorPtr input, const Variable& variable, const Expression& expression,
             const ExistsFactory& exists)
      : text_(describe_variables({variable}) + " := " + to_string(expression)),
        evaluator_(expression, input->schema(), exists) {
    take_columns(*input);
    column_ = schema_.add(variable);
    always_bound_.resize(schema_.size());
    if (!always_bound_[column_])  // it may get values
      sorted_by_.erase(std::find(sorted_by_.begin(), sorted_by_.end(), column_), sorted_by_.end());
    inputs_.push_back(std::move(input));
  }

  void open(QueryContext& context) override {
    context_ = &context;
    inputs_[0]->open(context);
  }

  bool next(Batch& out) override {
    context_->interrupt.check();
    if (!inputs_[0]->next(out)) return false;
    evaluator_.evaluate(out, *context_, values_);
    if (column_ == out.columns.size()) {
      out.columns.emplace_back().swap(values_);
      return true;
    }
    Column& column = out.columns[column_];
    for (std::size_t row = 0; row < out.rows; ++row)
      if (!column[row]) column[row] = values_[row];
    return true;
  }

  OperatorDescription describe() const override { return {"Extend", text_}; }

 private:
  std::string text_;
  Evaluator evaluator_;
  std::size_t column_ = 0;
  QueryContext* context_ = nullptr;
  Column values_{};
};

}  // namespace

OperatorPtr extend_rows(OperatorPtr input, const Variable& variable, const Expression& expression,
                        const ExistsFactory& exists) {
  return std::make_unique<ExtendRows>(std::move(input), variable, expression, exists);
}

}  // namespace tripten
