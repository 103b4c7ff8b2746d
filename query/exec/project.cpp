// Project: the wanted columns in the wanted order.
#include <optional>

#include "query/exec/describe.h"
#include "query/exec/operators.h"

namespace tripten {

namespace {

class ProjectColumns : public Operator {
 public:
  ProjectColumns(OperatorPtr input, std::vector<Variable> variables) : source_(variables.size()) {
    schema_ = Schema(std::move(variables));
    for (std::size_t column = 0; column < schema_.size(); ++column) {
      source_[column] = input->schema().find(schema_[column]);
      always_bound_.push_back(source_[column] && input->always_bound(*source_[column]));
    }
    for (const std::size_t column : input->sorted_by()) {
      const auto kept = schema_.find(input->schema()[column]);
      if (!kept) break;
      sorted_by_.push_back(*kept);
    }
    inputs_.push_back(std::move(input));
  }

  void open(QueryContext& context) override {
    context_ = &context;
    inputs_[0]->open(context);
  }

  bool next(Batch& out) override {
    context_->interrupt.check();
    if (!inputs_[0]->next(rows_)) return false;
    out.reset(schema_.size());
    for (std::size_t column = 0; column < schema_.size(); ++column) {
      const std::optional<std::size_t>& source = source_[column];
      if (!source)
        out.columns[column].assign(rows_.rows, kUnbound);
      else if (const std::size_t first = first_use(*source); first < column)
        out.columns[column] = out.columns[first];
      else
        out.columns[column].swap(rows_.columns[*source]);
    }
    out.rows = rows_.rows;
    return true;
  }

  OperatorDescription describe() const override {
    return {"Project", describe_variables(schema_.variables())};
  }

 private:
  std::size_t first_use(std::size_t source) const {
    std::size_t column = 0;
    while (source_[column] != source)
      ++column;
    return column;
  }

  std::vector<std::optional<std::size_t>> source_;  // the input's column of each of ours
  QueryContext* context_ = nullptr;
  Batch rows_{};
};

}  // namespace

OperatorPtr project_columns(OperatorPtr input, std::vector<Variable> variables) {
  return std::make_unique<ProjectColumns>(std::move(input), std::move(variables));
}

}  // namespace tripten
