// UnionAll: the rows of each input in turn; a column that an input lacks is unbound there.
#include <optional>

#include "base/check.h"
#include "query/exec/operators.h"

namespace tripten {

namespace {

class UnionAll : public Operator {
 public:
  explicit UnionAll(std::vector<OperatorPtr> inputs) {
    inputs_ = std::move(inputs);
    check(!inputs_.empty(), "a union has no inputs");
    for (const OperatorPtr& input : inputs_)
      for (const Variable& variable : input->schema().variables())
        schema_.add(variable);
    always_bound_.assign(schema_.size(), true);
    for (const OperatorPtr& input : inputs_) {
      std::vector<std::optional<std::size_t>>& source = source_.emplace_back();
      for (std::size_t column = 0; column < schema_.size(); ++column) {
        source.push_back(input->schema().find(schema_[column]));
        if (!source.back() || !input->always_bound(*source.back())) always_bound_[column] = false;
      }
    }
    if (inputs_.size() == 1) sorted_by_ = inputs_[0]->sorted_by();
  }

  void open(QueryContext& context) override {
    context_ = &context;
    for (const OperatorPtr& input : inputs_)
      input->open(context);
    current_ = 0;
  }

  bool next(Batch& out) override {
    context_->interrupt.check();
    while (current_ < inputs_.size() && !inputs_[current_]->next(rows_))
      ++current_;
    if (current_ == inputs_.size()) return false;
    out.reset(schema_.size());
    for (std::size_t column = 0; column < schema_.size(); ++column) {
      if (const auto& source = source_[current_][column])
        out.columns[column].swap(rows_.columns[*source]);
      else
        out.columns[column].assign(rows_.rows, kUnbound);
    }
    out.rows = rows_.rows;
    return true;
  }

  OperatorDescription describe() const override { return {"UnionAll", ""}; }

 private:
  std::vector<std::vector<std::optional<std::size_t>>> source_{};  // by input: its column of ours
  QueryContext* context_ = nullptr;
  std::size_t current_ = 0;
  Batch rows_{};
};

}  // namespace

OperatorPtr union_all(std::vector<OperatorPtr> inputs) {
  return std::make_unique<UnionAll>(std::move(inputs));
}

}  // namespace tripten
