// IndexScan: the quads of one pattern, in one order of the index; all of them, or those of some
// ranges of the first free column, from each of which the scan jumps to the next one. A part of a
// scan (gather.cpp) is one more range.
#include <algorithm>
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
  IndexScan(const ScanPattern& pattern, QuadOrder order, std::vector<IdRange> ranges,
            std::shared_ptr<const ScanPart> part)
      : pattern_(pattern),
        shape_(pattern),
        order_(scan_order(pattern.graph, order)),
        equal_(equal_columns(shape_, order_, 0)),
        all_ranges_(std::move(ranges)),
        part_(std::move(part)) {
    const Quad constants = to_order(shape_.constants, order_);
    while (free_ + 1 < constants.terms.size() && constants.terms[free_])
      ++free_;
    index_reading_ = IndexReading::Estimate;
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
    ranges_ = all_ranges_;
    if (part_) take_part();
    if (!ranges_.empty()) jump();
  }

  bool next(Batch& out) override {
    context_->interrupt.check();
    out.reset(schema_.size());
    const bool has_ranges = part_ || !ranges_.empty();
    while ((!has_ranges || range_ < ranges_.size()) && scan_->next(rows_, context_->batch_rows)) {
      const bool selects = !equal_.empty() || (has_ranges && !is_all_in_range());
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

  void keep_columns(const std::set<Variable>& wanted) override { narrow(wanted, source_); }

  OperatorDescription describe() const override {
    return {"IndexScan",
            describe_pattern(pattern_) + " in order " + describe_order(order_) +
                (all_ranges_.empty() ? ""
                                     : fmt::format(", {} range{} of ids", all_ranges_.size(),
                                                   all_ranges_.size() == 1 ? "" : "s"))};
  }

 private:
  /// Leaves of the ranges what is in the part.
  void take_part() {
    constexpr TermId kEnd(~std::uint64_t{0});
    const IdRange part{part_->low, part_->high.value_or(kEnd)};
    if (ranges_.empty()) ranges_.push_back({TermId(), kEnd});
    for (IdRange& range : ranges_)
      range = {std::max(range.first, part.first), std::min(range.end, part.end)};
    std::erase_if(ranges_, [](const IdRange& range) { return range.first >= range.end; });
  }

  /// Whether the rows at hand are all in the current range.
  bool is_all_in_range() const {
    const auto& ids = rows_.columns[free_];
    return ids.front() >= ranges_[range_].first && ids.back() < ranges_[range_].end;
  }

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
      bool equal = (!part_ && ranges_.empty()) || is_in_range(rows_.columns[free_][row]);
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
  std::vector<IdRange> all_ranges_;
  std::shared_ptr<const ScanPart> part_;
  std::vector<IdRange> ranges_{};      // those of all in the part
  std::size_t range_ = 0;              // the one that the rows are in, or before
  std::size_t free_ = 0;               // the order's first column without a constant
  std::vector<std::size_t> source_{};  // the order's column of each of ours
  QueryContext* context_ = nullptr;
  std::optional<GraphScan> scan_{};
  QuadColumns rows_{};
  std::vector<std::uint32_t> selection_{};
};

}  // namespace

OperatorPtr index_scan(const ScanPattern& pattern, QuadOrder order, std::vector<IdRange> ranges,
                       std::shared_ptr<const ScanPart> part) {
  return std::make_unique<IndexScan>(pattern, order, std::move(ranges), std::move(part));
}

}  // namespace tripten
