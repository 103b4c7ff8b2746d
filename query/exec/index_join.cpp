// IndexJoin: each row of the left input with the matches of a pattern into which the row's values
// are put.
//
// Left's rows are taken in windows. The different keys of a window are looked up together, in
// sorted order; then the rows are joined in their own order. A key with very many matches is not
// kept but streamed, each time a row has it. The window starts small, so that the first rows come
// soon, and grows while its matches stay few.
#include <algorithm>
#include <optional>

#include "query/exec/describe.h"
#include "query/exec/join_layout.h"
#include "query/exec/operators.h"
#include "query/exec/pattern_lookup.h"
#include "query/exec/row_set.h"

namespace tripten {

namespace {

constexpr std::size_t kFirstWindow = 64;
constexpr std::size_t kMostMatches = std::size_t{1} << 16;       // kept for a window, about
constexpr std::size_t kMostMatchesOfKey = std::size_t{1} << 13;  // kept for one key

class IndexJoin : public Operator {
 public:
  IndexJoin(OperatorPtr left, const ScanPattern& pattern, bool optional)
      : pattern_(pattern),
        optional_(optional),
        lookup_(pattern),
        layout_(left->schema(), lookup_.schema()) {
    index_reading_ = IndexReading::Unknown;
    schema_ = layout_.schema;
    sorted_by_ = order_after_join(*left, layout_.shared);
    always_bound_.assign(schema_.size(), !optional);
    for (std::size_t column = 0; column < left->schema().size(); ++column)
      always_bound_[column] = left->always_bound(column);
    if (!optional)
      for (const JoinLayout::Shared& pair : layout_.shared)
        always_bound_[pair.left] = true;
    const std::vector<std::size_t>& order = left->sorted_by();
    in_order_ = layout_.shared.size() == 1 && !order.empty() &&
                order[0] == layout_.shared[0].left && left->always_bound(order[0]);
    inputs_.push_back(std::move(left));
  }

  void open(QueryContext& context) override {
    context_ = &context;
    inputs_[0]->open(context);
    lookup_.open(context);
    keys_.open(layout_.shared.size(), context.budget, context.interrupt);
    left_.rows = 0;
    window_begin_ = window_end_ = row_ = 0;
    window_ = kFirstWindow;
    streams_ = false;
  }

  bool next(Batch& out) override {
    out.reset(schema_.size());
    while (out.rows == 0) {
      context_->interrupt.check();
      if (streams_) {
        next_of_stream(out);
      } else if (row_ < window_end_) {
        join_kept(out);
      } else if (!next_window()) {
        return false;
      }
    }
    return true;
  }

  void keep_columns(const std::set<Variable>& wanted) override { layout_.keep(narrow(wanted)); }

  OperatorDescription describe() const override {
    return {"IndexJoin", (optional_ ? "optional " : "") + describe_pattern(pattern_)};
  }

 private:
  bool next_window() {
    if (window_end_ == left_.rows) {
      window_begin_ = window_end_ = row_ = 0;
      if (!inputs_[0]->next(left_)) {
        left_.rows = 0;
        return false;
      }
    }
    window_begin_ = row_ = window_end_;
    window_end_ = std::min(left_.rows, window_begin_ + window_);
    look_up();
    if (found_.rows >= kMostMatches)
      window_ = std::max<std::size_t>(1, window_ / 8);
    else if (found_.rows < kMostMatches / 8)
      window_ = std::min<std::size_t>(window_ * 2, 65536);
    return true;
  }

  void look_up() {
    key_of_row_.resize(window_end_ - window_begin_);
    key_columns_.resize(lookup_.schema().size());
    partial_ = false;
    const std::size_t keys = in_order_ ? number_neighbours() : number_keys();
    wanted_ = 0;
    for (const std::size_t column : layout_.right_only)
      wanted_ |= std::uint32_t{1} << column;
    for (const JoinLayout::Shared& pair : layout_.shared)
      if (partial_) wanted_ |= std::uint32_t{1} << pair.right;
    lookup_.find(key_columns_, keys, wanted_, kMostMatchesOfKey, kMostMatches, found_);
    at_ = 0;
  }

  /// Numbers the window's keys, which are one column in order: equal ones are neighbours.
  std::size_t number_neighbours() {
    const TermId* values = left_.columns[layout_.shared[0].left].data() + window_begin_;
    Column& keys = key_columns_[layout_.shared[0].right];
    keys.clear();
    for (std::size_t i = 0; i < key_of_row_.size(); ++i) {
      if (i == 0 || values[i] != values[i - 1]) keys.push_back(values[i]);
      key_of_row_[i] = static_cast<RowNumber>(keys.size() - 1);
    }
    return keys.size();
  }

  std::size_t number_keys() {
    keys_.clear();
    key_.resize(layout_.shared.size());
    for (std::size_t i = 0; i < key_of_row_.size(); ++i) {
      for (std::size_t k = 0; k < key_.size(); ++k) {
        key_[k] = left_.columns[layout_.shared[k].left][window_begin_ + i];
        partial_ = partial_ || !key_[k];
      }
      key_of_row_[i] = keys_.add(key_.data()).number;
    }
    for (std::size_t k = 0; k < key_.size(); ++k)
      key_columns_[layout_.shared[k].right] = keys_.columns()[k];
    return keys_.size();
  }

  /// Joins rows from row_ on with what was found, until `out` is full or a row needs a stream.
  void join_kept(Batch& out) {
    pairs_.clear();
    while (row_ < window_end_ && pairs_.size() < context_->batch_rows) {
      const Matches::Range& range = found_.ranges[key_of_row_[row_ - window_begin_]];
      if (range.cut) {
        streams_ = true;
        streamed_ = 0;
        lookup_.begin_stream(key_columns_, key_of_row_[row_ - window_begin_], wanted_);
        break;
      }
      const std::size_t count = range.end - range.begin;
      const std::size_t taken = std::min(count - at_, context_->batch_rows - pairs_.size());
      for (std::size_t i = 0; i < taken; ++i)
        pairs_.add(static_cast<RowNumber>(row_), static_cast<RowNumber>(range.begin + at_ + i));
      at_ += taken;
      if (at_ < count) break;
      if (count == 0 && optional_) pairs_.add(static_cast<RowNumber>(row_), kNoRow);
      at_ = 0;
      ++row_;
    }
    append_joined(layout_, left_.columns, found_.columns, pairs_, out, !partial_);
  }

  void next_of_stream(Batch& out) {
    pairs_.clear();
    if (lookup_.next_stream(context_->batch_rows, part_)) {
      for (std::size_t i = 0; i < part_.rows; ++i)
        pairs_.add(static_cast<RowNumber>(row_), static_cast<RowNumber>(i));
      streamed_ += part_.rows;
    } else {
      if (streamed_ == 0 && optional_) pairs_.add(static_cast<RowNumber>(row_), kNoRow);
      streams_ = false;
      ++row_;
    }
    append_joined(layout_, left_.columns, part_.columns, pairs_, out, !partial_);
  }

  ScanPattern pattern_;
  bool optional_;
  PatternLookup lookup_;
  JoinLayout layout_;      // right: the pattern's variables
  bool in_order_ = false;  // left is sorted by the only shared variable
  QueryContext* context_ = nullptr;

  Batch left_{};
  std::size_t window_begin_ = 0, window_end_ = 0;  // the rows of left_ that were looked up
  std::size_t window_ = kFirstWindow;              // rows of the next window
  RowSet keys_{};                                  // the window's different keys
  std::vector<TermId> key_{};
  std::vector<RowNumber> key_of_row_{};
  std::vector<Column> key_columns_{};  // the same keys, by the pattern's variables
  bool partial_ = false;               // a key has an unbound value, which the match then gives
  std::uint32_t wanted_ = 0;
  Matches found_{};

  std::size_t row_ = 0;   // the row of left_ to go on with,
  std::size_t at_ = 0;    // and how many of its matches are out
  bool streams_ = false;  // row_'s matches come from a stream
  std::size_t streamed_ = 0;
  Matches part_{};
  RowPairs pairs_{};
};

}  // namespace

OperatorPtr index_join(OperatorPtr left, const ScanPattern& pattern, bool optional) {
  return std::make_unique<IndexJoin>(std::move(left), pattern, optional);
}

}  // namespace tripten
