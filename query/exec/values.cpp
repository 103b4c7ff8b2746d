// Values: rows that are known before the query runs; one solution and no solutions among them.
#include <algorithm>
#include <string>

#include "query/exec/describe.h"
#include "query/exec/operators.h"

namespace tripten {

namespace {

class ConstantRows : public Operator {
 public:
  ConstantRows(OperatorDescription description, Schema schema, Batch rows)
      : description_(std::move(description)),
        rows_(std::move(rows)) {
    schema_ = std::move(schema);
    for (const Column& column : rows_.columns)
      always_bound_.push_back(std::find(column.begin(), column.end(), kUnbound) == column.end());
  }

  void open(QueryContext& context) override {
    context_ = &context;
    at_ = 0;
  }

  bool next(Batch& out) override {
    context_->interrupt.check();
    const std::size_t end = std::min(rows_.rows, at_ + context_->batch_rows);
    out.reset(schema_.size());
    for (std::size_t i = 0; i < rows_.columns.size(); ++i)
      out.columns[i].assign(rows_.columns[i].begin() + static_cast<std::ptrdiff_t>(at_),
                            rows_.columns[i].begin() + static_cast<std::ptrdiff_t>(end));
    out.rows = end - at_;
    at_ = end;
    return out.rows > 0;
  }

  OperatorDescription describe() const override { return description_; }

 private:
  OperatorDescription description_;
  Batch rows_;
  QueryContext* context_ = nullptr;
  std::size_t at_ = 0;
};

}  // namespace

OperatorPtr one_solution() {
  Batch rows;
  rows.rows = 1;
  return std::make_unique<ConstantRows>(OperatorDescription{"OneSolution", ""}, Schema(),
                                        std::move(rows));
}

OperatorPtr no_solutions(std::vector<Variable> variables) {
  Batch rows;
  rows.reset(variables.size());
  return std::make_unique<ConstantRows>(
      OperatorDescription{"NoSolutions", describe_variables(variables)},
      Schema(std::move(variables)), std::move(rows));
}

OperatorPtr values_rows(const Values& values, QueryTerms& terms) {
  Batch rows;
  rows.reset(values.variables.size());
  for (const std::vector<Term>& row : values.rows) {
    for (std::size_t i = 0; i < row.size(); ++i)
      rows.columns[i].push_back(row[i] ? terms.intern(view_of(row[i])) : kUnbound);
    ++rows.rows;
  }
  return std::make_unique<ConstantRows>(
      OperatorDescription{"Values", describe_variables(values.variables) + ", " +
                                        std::to_string(values.rows.size()) + " rows"},
      Schema(values.variables), std::move(rows));
}

}  // namespace tripten
