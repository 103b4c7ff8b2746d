// IndexScan: the quads of one pattern, in one order of the index; all of them, or those of some
// ranges of the first free column, from each of which the scan jumps to the next one.
#include <optional>

#include <fmt/format.h>

#include "query/exec/describe.h"
#include "query/exec/graph_scan.h"
#include "query/exec/operators.h"
#include "query/exec/pattern_shape.h"

namespace tripten {

namespace {

class IndexScan : public Operator {
 public:
  IndexScan(const ScanPattern& pattern, QuadOrder order, std::vector<IdRange> ranges)
      : pattern_(pattern),
        shape_(pattern),
        order_(scan_order(pattern.graph, order)),
        equal_(equal_columns(shape_, order_, 0)),
        ranges_(std::move(ranges)) {
    const Quad constants = to_order(shape_.constants, order_);
    while (free_ + 1 < constants.terms.size() && constants.terms[free_])
      ++free_;
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
    range_ = 0;
    if (!ranges_.empty()) jump();
  }

  bool next(Batch& out) override {
    context_->interrupt.check();
    out.reset(schema_.size());
    const bool selects = !equal_.empty() || !ranges_.empty();
    while ((ranges_.empty() || range_ < ranges_.size()) &&
           scan_->next(rows_, context_->batch_rows)) {
      if (selects) select_rows();
      for (std::size_t column = 0; column < source_.size(); ++column)
        out.columns[column].swap(rows_.columns[source_[column]]);
      out.rows = rows_.rows;
      if (selects && selection_.size() < out.rows) out.keep(selection_);
      if (out.rows > 0) return true;
      out.reset(schema_.size());
    }
    return false;
  }

  OperatorDescription describe() const override {
    return {"IndexScan", describe_pattern(pattern_) + " in order " + describe_order(order_) +
                             (ranges_.empty() ? ""
                                              : fmt::format(", {} range{} of ids", ranges_.size(),
                                                            ranges_.size() == 1 ? "" : "s"))};
  }

 private:
  /// To the first row of the current range.
  void jump() {
    Quad row = to_order(shape_.constants, order_);
    row.terms[free_] = ranges_[range_].first;
    scan_->seek(row);
  }

  /// Whether the id is in a range; the ranges that end before it are passed.
  bool is_in_range(TermId id) {
    while (range_ < ranges_.size() && id >= ranges_[range_].end)
      ++range_;
    return range_ < ranges_.size() && id >= ranges_[range_].first;
  }

  void select_rows() {
    selection_.clear();
    for (std::size_t row = 0; row < rows_.rows; ++row) {
      bool equal = ranges_.empty() || is_in_range(rows_.columns[free_][row]);
      for (const auto& [first, later] : equal_)
        equal = equal && rows_.columns[first][row] == rows_.columns[later][row];
      if (equal) selection_.push_back(static_cast<std::uint32_t>(row));
    }
    if (range_ < ranges_.size() && rows_.columns[free_].back() < ranges_[range_].first) jump();
  }

  ScanPattern pattern_;
  PatternShape shape_;
  QuadOrder order_;
  std::vector<std::pair<std::size_t, std::size_t>> equal_;
  std::vector<IdRange> ranges_;
  std::size_t range_ = 0;              // the one that the rows are in, or before
  std::size_t free_ = 0;               // the order's first column without a constant
  std::vector<std::size_t> source_{};  // the order's column of each of ours
  QueryContext* context_ = nullptr;
  std::optional<GraphScan> scan_{};
  QuadColumns rows_{};
  std::vector<std::uint32_t> selection_{};
};

}  // namespace

OperatorPtr index_scan(const ScanPattern& pattern, QuadOrder order, std::vector<IdRange> ranges) {
  return std::make_unique<IndexScan>(pattern, order, std::move(ranges));
}

}  // namespace tripten
