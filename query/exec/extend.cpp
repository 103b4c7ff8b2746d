// Extend: one more column, an expression's value; unbound where it has an error (§18.5).
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
    schema_ = input->schema();
    column_ = schema_.add(variable);
    for (const std::size_t column : input->sorted_by()) {
      if (column == column_ && !input->always_bound(column)) break;
      sorted_by_.push_back(column);
    }
    for (std::size_t column = 0; column < schema_.size(); ++column)
      always_bound_.push_back(input->always_bound(column));
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
