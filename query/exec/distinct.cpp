// Distinct: each row once, the first time it comes.
//
// Where the input is sorted by all its columns, equal rows are neighbours and nothing is kept.
#include <set>

#include "query/exec/operators.h"
#include "query/exec/row_set.h"

namespace tripten {

namespace {

class DistinctRows : public Operator {
 public:
  explicit DistinctRows(OperatorPtr input) {
    schema_ = input->schema();
    sorted_by_ = input->sorted_by();
    neighbours_ =
        std::set<std::size_t>(sorted_by_.begin(), sorted_by_.end()).size() == schema_.size();
    for (std::size_t column = 0; column < schema_.size(); ++column)
      always_bound_.push_back(input->always_bound(column));
    inputs_.push_back(std::move(input));
  }

  void open(QueryContext& context) override {
    context_ = &context;
    inputs_[0]->open(context);
    seen_.open(schema_.size(), context.budget);
    has_last_ = false;
  }

  bool next(Batch& out) override {
    while (inputs_[0]->next(out)) {
      context_->interrupt.check();
      selection_.clear();
      if (neighbours_)
        select_changes(out);
      else
        select_new(out);
      if (selection_.size() < out.rows) out.keep(selection_);
      if (out.rows > 0) return true;
    }
    return false;
  }

  OperatorDescription describe() const override {
    return {"Distinct", neighbours_ ? "of sorted rows" : ""};
  }

 private:
  void select_new(const Batch& rows) {
    columns_.clear();
    for (const Column& column : rows.columns)
      columns_.push_back(&column);
    std::size_t known = seen_.size();
    seen_.add(columns_, rows.rows, numbers_);
    for (std::size_t row = 0; row < rows.rows; ++row) {
      if (numbers_[row] != known) continue;
      ++known;
      selection_.push_back(static_cast<std::uint32_t>(row));
    }
  }

  void select_changes(const Batch& rows) {
    for (std::size_t row = 0; row < rows.rows; ++row) {
      bool changed = row == 0 && !has_last_;
      for (std::size_t i = 0; i < rows.columns.size() && !changed; ++i)
        changed = rows.columns[i][row] != (row == 0 ? last_[i] : rows.columns[i][row - 1]);
      if (changed) selection_.push_back(static_cast<std::uint32_t>(row));
    }
    last_.clear();
    for (const Column& column : rows.columns)
      last_.push_back(column[rows.rows - 1]);
    has_last_ = true;
  }

  bool neighbours_;
  QueryContext* context_ = nullptr;
  RowSet seen_{};
  std::vector<const Column*> columns_{};
  std::vector<RowNumber> numbers_{};
  std::vector<std::uint32_t> selection_{};
  bool has_last_ = false;
  std::vector<TermId> last_{};  // the last row, where neighbours_
};

}  // namespace

OperatorPtr distinct_rows(OperatorPtr input) {
  return std::make_unique<DistinctRows>(std::move(input));
}

}  // namespace tripten
