// CountedScan: the different values of some of a pattern's variables, each row with the number of
// solutions that it stands for.
//
// The order of the index has the constants first and the wanted variables next, so that equal rows
// are neighbours: they are runs of the columns, many of which the index keeps as such
// (QuadScan::next_runs).
#include <optional>

#include "base/check.h"
#include "query/exec/describe.h"
#include "query/exec/graph_scan.h"
#include "query/exec/multiplicity.h"
#include "query/exec/operators.h"
#include "query/exec/pattern_shape.h"

namespace tripten {

namespace {

constexpr std::size_t kGraphColumn = 3;

class CountedScan : public Operator {
 public:
  CountedScan(const ScanPattern& pattern, QuadOrder order, const std::set<Variable>& wanted,
              const std::optional<Variable>& multiplicity, std::vector<IdRange> ranges)
      : pattern_(pattern),
        shape_(pattern),
        order_(scan_order(pattern.graph, order)),
        counts_(multiplicity.has_value()),
        ranges_(std::move(ranges)) {
    index_reading_ = counts_ ? IndexReading::Estimate : IndexReading::Unknown;
    const auto positions = order_positions(order_);
    while (columns_ < kGraphColumn && shape_.constants.terms[positions[columns_]])
      ++columns_;
    first_ = columns_;
    for (; schema_.size() < wanted.size(); ++columns_) {
      check(columns_ < kGraphColumn, "a counted scan's order does not fit what is wanted");
      const int variable = shape_.variable[positions[columns_]];
      check(variable >= 0, "a counted scan's order does not fit its constants");
      const Variable& name = shape_.schema[static_cast<std::size_t>(variable)];
      check(wanted.contains(name) && !schema_.find(name), "a counted scan of a wrong variable");
      sorted_by_.push_back(schema_.add(name));
    }
    check(order_ != QuadOrder::Gspo, "a counted scan by graph");
    if (counts_) schema_.add(*multiplicity);
    always_bound_.assign(schema_.size(), true);
  }

  void open(QueryContext& context) override {
    context_ = &context;
    scan_.emplace(context, order_, shape_.constants, choose_graphs(pattern_.graph, context));
    runs_.runs = at_ = 0;
    has_ended_ = false;
    range_ = 0;
    if (!ranges_.empty()) jump();
  }

  /// The last run of a call may go on in the next: it waits, in place 0 of runs_.
  bool next(Batch& out) override {
    context_->interrupt.check();
    out.reset(schema_.size());
    while (out.rows == 0 && at_ + (has_ended_ ? 0 : 1) >= runs_.runs) {
      if (has_ended_) return false;
      read_on();
    }
    const std::size_t ready = runs_.runs - (has_ended_ ? 0 : 1);
    const std::size_t end = std::min(ready, at_ + context_->batch_rows);
    const auto from = static_cast<std::ptrdiff_t>(at_), to = static_cast<std::ptrdiff_t>(end);
    for (std::size_t column = 0; column < sorted_by_.size(); ++column) {
      const std::vector<TermId>& values = runs_.columns[first_ + column];
      out.columns[column].assign(values.begin() + from, values.begin() + to);
    }
    if (counts_)
      for (std::size_t run = at_; run < end; ++run)
        out.columns.back().push_back(multiplicity_id(runs_.counts[run]));
    out.rows = end - at_;
    at_ = end;
    return out.rows > 0;
  }

  OperatorDescription describe() const override {
    std::string details = describe_pattern(pattern_);
    details += sorted_by_.empty() ? ", all as one" : " by";
    for (std::size_t column = 0; column < sorted_by_.size(); ++column)
      details += " ?" + schema_[column].name;
    return {counts_ ? "CountedScan" : "DistinctScan",
            details + " in order " + describe_order(order_) +
                (ranges_.empty() ? "" : ", ranges of ids")};
  }

 private:
  /// To the first row of the current range.
  void jump() {
    Quad row = to_order(shape_.constants, order_);
    row.terms[first_] = ranges_[range_].first;
    scan_->seek(row);
  }

  /// Runs in the ranges, and some between them.
  bool read_runs() {
    if (ranges_.empty()) return scan_->next_runs(runs_, columns_, context_->batch_rows);
    if (range_ == ranges_.size() || !scan_->next_runs(runs_, columns_, context_->batch_rows))
      return false;
    const TermId last = runs_.columns[first_][runs_.runs - 1];
    while (range_ < ranges_.size() && ranges_[range_].end <= last)
      ++range_;
    if (range_ < ranges_.size() && last < ranges_[range_].first) jump();
    return true;
  }

  /// Reads runs behind the one that waits, which they may go on with.
  void read_on() {
    const bool waits = runs_.runs > 0;
    std::swap(runs_, before_);
    if (!read_runs()) {
      has_ended_ = true;
      std::swap(runs_, before_);
      at_ = waits ? runs_.runs - 1 : 0;
      return;
    }
    at_ = 0;
    if (!waits) return;
    const std::size_t last = before_.runs - 1;
    bool goes_on = true;
    for (std::size_t column = 0; column < columns_; ++column)
      goes_on = goes_on && before_.columns[column][last] == runs_.columns[column][0];
    if (goes_on) {
      runs_.counts[0] += before_.counts[last];
      return;
    }
    for (std::size_t column = 0; column < columns_; ++column)
      runs_.columns[column].insert(runs_.columns[column].begin(), before_.columns[column][last]);
    runs_.counts.insert(runs_.counts.begin(), before_.counts[last]);
    ++runs_.runs;
  }

  ScanPattern pattern_;
  PatternShape shape_;
  QuadOrder order_;
  bool counts_;
  std::vector<IdRange> ranges_;
  std::size_t range_ = 0;    // the one that the runs are in, or before
  std::size_t first_ = 0;    // column of the order that is the first wanted one
  std::size_t columns_ = 0;  // constants and wanted ones
  QueryContext* context_ = nullptr;
  std::optional<GraphScan> scan_{};
  ColumnRuns runs_{}, before_{};
  std::size_t at_ = 0;  // the run to give next
  bool has_ended_ = false;
};

}  // namespace

OperatorPtr counted_scan(const ScanPattern& pattern, QuadOrder order,
                         const std::set<Variable>& wanted,
                         const std::optional<Variable>& multiplicity, std::vector<IdRange> ranges) {
  return std::make_unique<CountedScan>(pattern, order, wanted, multiplicity, std::move(ranges));
}

}  // namespace tripten
