// IndexScan: the quads of one pattern, in one order of the index.
#include <optional>

#include "query/exec/describe.h"
#include "query/exec/graph_scan.h"
#include "query/exec/operators.h"
#include "query/exec/pattern_shape.h"

namespace tripten {

namespace {

class IndexScan : public Operator {
 public:
  IndexScan(const ScanPattern& pattern, QuadOrder order)
      : pattern_(pattern),
        shape_(pattern),
        order_(scan_order(pattern.graph, order)),
        equal_(equal_columns(shape_, order_, 0)) {
    schema_ = shape_.schema;
    always_bound_.assign(schema_.size(), true);
    for (std::size_t column = 0; column < schema_.size(); ++column)
      source_.push_back(column_of(order_, shape_.position(column)));
    std::vector<bool> sorted(schema_.size());
    for (const std::size_t position : order_positions(order_)) {
      const int column = shape_.variable[position];
      if (column < 0 || sorted[static_cast<std::size_t>(column)]) continue;
      sorted[static_cast<std::size_t>(column)] = true;
      sorted_by_.push_back(static_cast<std::size_t>(column));
    }
  }

  void open(QueryContext& context) override {
    context_ = &context;
    scan_.emplace(context, order_, shape_.constants, choose_graphs(pattern_.graph, context));
  }

  bool next(Batch& out) override {
    context_->interrupt.check();
    out.reset(schema_.size());
    while (scan_->next(rows_, context_->batch_rows)) {
      if (!equal_.empty()) select_equal();
      for (std::size_t column = 0; column < source_.size(); ++column)
        out.columns[column].swap(rows_.columns[source_[column]]);
      out.rows = rows_.rows;
      if (!equal_.empty()) out.keep(selection_);
      if (out.rows > 0) return true;
      out.reset(schema_.size());
    }
    return false;
  }

  OperatorDescription describe() const override {
    return {"IndexScan", describe_pattern(pattern_) + " in order " + describe_order(order_)};
  }

 private:
  void select_equal() {
    selection_.clear();
    for (std::size_t row = 0; row < rows_.rows; ++row) {
      bool equal = true;
      for (const auto& [first, later] : equal_)
        equal = equal && rows_.columns[first][row] == rows_.columns[later][row];
      if (equal) selection_.push_back(static_cast<std::uint32_t>(row));
    }
  }

  ScanPattern pattern_;
  PatternShape shape_;
  QuadOrder order_;
  std::vector<std::pair<std::size_t, std::size_t>> equal_;
  std::vector<std::size_t> source_{};  // the order's column of each of ours
  QueryContext* context_ = nullptr;
  std::optional<GraphScan> scan_{};
  QuadColumns rows_{};
  std::vector<std::uint32_t> selection_{};
};

}  // namespace

OperatorPtr index_scan(const ScanPattern& pattern, QuadOrder order) {
  return std::make_unique<IndexScan>(pattern, order);
}

}  // namespace tripten
