// MergeJoin: joins two inputs that are sorted by the same variable.
//
//   left    1 1 3 7 7 9        Both sides skip what the other does not have, in doubling steps.
//   right   2 3 3 3 7 8        Each left row of a value meets the right rows of that value: a range
//                              of right's batch, or a table where they reach beyond the batch.
//
// Where the sides share a second variable by which right is sorted next, a left row searches its
// range for the value of that one, too, and goes on from where the last row was where it can.
#include <algorithm>
#include <optional>

#include "base/check.h"
#include "query/exec/describe.h"
#include "query/exec/gallop.h"
#include "query/exec/join_layout.h"
#include "query/exec/operators.h"

namespace tripten {

namespace {

class MergeJoin : public Operator {
 public:
  MergeJoin(OperatorPtr left, OperatorPtr right, const Variable& variable)
      : variable_(variable),
        layout_(left->schema(), right->schema()) {
    const auto left_key = left->schema().find(variable);
    const auto right_key = right->schema().find(variable);
    check(left_key && right_key, "a merge join's variable is missing on one side");
    left_.key = *left_key;
    right_.key = *right_key;
    schema_ = layout_.schema;
    sorted_by_ = order_after_join(*left, others());
    for (std::size_t column = 0; column < left->schema().size(); ++column)
      always_bound_.push_back(left->always_bound(column));
    for (const JoinLayout::Shared& pair : layout_.shared)
      if (right->always_bound(pair.right)) always_bound_[pair.left] = true;
    for (const std::size_t column : layout_.right_only)
      always_bound_.push_back(right->always_bound(column));
    always_bound_[left_.key] = true;
    others_ = others();
    for (const JoinLayout::Shared& pair : others_)
      bound_on_left_ = bound_on_left_ && left->always_bound(pair.left);
    choose_second(*left, *right);
    inputs_.push_back(std::move(left));
    inputs_.push_back(std::move(right));
  }

  void open(QueryContext& context) override {
    context_ = &context;
    for (std::size_t i = 0; i < 2; ++i) {
      Side& side = i == 0 ? left_ : right_;
      side.input = inputs_[i].get();
      side.input->open(context);
      side.rows.rows = 0;
      side.at = 0;
      side.ended = false;
    }
    kept_.open(right_.input->schema().size(), context.budget, context.interrupt);
    in_group_ = in_row_ = false;
    pairs_.clear();
  }

  bool next(Batch& out) override {
    context_->interrupt.check();
    out.reset(schema_.size());
    while (out.rows + pairs_.size() < context_->batch_rows) {
      if (in_group_ ? !join_group(out) : !find_group(out)) break;
    }
    flush(out);
    return out.rows > 0;
  }

  void keep_columns(const std::set<Variable>& wanted) override { layout_.keep(narrow(wanted)); }

  OperatorDescription describe() const override {
    return {"MergeJoin", "on " + describe_variables({variable_})};
  }

 private:
  struct Side {
    std::size_t key = 0;
    Operator* input = nullptr;
    Batch rows{};
    std::size_t at = 0;  // rows before are done
    bool ended = false;
    TermId value() const { return rows.columns[key][at]; }
  };

  std::vector<JoinLayout::Shared> others() const {
    std::vector<JoinLayout::Shared> pairs = layout_.shared;
    std::erase_if(pairs, [&](const JoinLayout::Shared& pair) { return pair.left == left_.key; });
    return pairs;
  }

  /// The shared variable that right is sorted by next, if any: it need not be compared.
  void choose_second(const Operator& left, const Operator& right) {
    if (right.sorted_by().size() < 2) return;
    const auto second =
        std::find_if(others_.begin(), others_.end(), [&](const JoinLayout::Shared& pair) {
          return pair.right == right.sorted_by()[1] && left.always_bound(pair.left) &&
                 right.always_bound(pair.right);
        });
    if (second == others_.end()) return;
    second_ = *second;
    others_.erase(second);
  }

  /// Makes sure that a side stands on a row; false at its end. Pairs point into the batches, so
  /// they go out before a batch does.
  bool has_row(Side& side, Batch& out) {
    if (side.at < side.rows.rows) return true;
    if (side.ended) return false;
    flush(out);
    context_->interrupt.check();
    side.ended = !side.input->next(side.rows);
    if (side.ended) side.rows.rows = 0;
    side.at = 0;
    return !side.ended;
  }

  static std::size_t first_not_below(const Side& side, TermId value) {
    const Column& column = side.rows.columns[side.key];
    return gallop(side.at, side.rows.rows, [&](std::size_t row) { return column[row] < value; });
  }
  static std::size_t first_above(const Side& side, TermId value) {
    const Column& column = side.rows.columns[side.key];
    return gallop(side.at, side.rows.rows, [&](std::size_t row) { return column[row] <= value; });
  }

  /// Moves both sides to the next value that both have; false when there is none.
  bool find_group(Batch& out) {
    while (has_row(left_, out) && has_row(right_, out)) {
      if (left_.value() < right_.value()) {
        left_.at = first_not_below(left_, right_.value());
      } else if (right_.value() < left_.value()) {
        right_.at = first_not_below(right_, left_.value());
      } else {
        begin_group(out);
        return true;
      }
    }
    return false;
  }

  /// Finds right's rows of the value at hand and moves right behind them.
  void begin_group(Batch& out) {
    group_value_ = left_.value();
    group_begin_ = right_.at;
    group_end_ = right_.at = first_above(right_, group_value_);
    group_is_kept_ = false;
    if (group_end_ == right_.rows.rows) {
      flush(out);
      kept_.clear();
      kept_.append(right_.rows.columns, group_begin_, group_end_);
      while (has_row(right_, out) && right_.value() == group_value_) {
        const std::size_t end = first_above(right_, group_value_);
        kept_.append(right_.rows.columns, right_.at, end);
        right_.at = end;
      }
      group_is_kept_ = true;
      group_begin_ = 0;
      group_end_ = kept_.rows();
    }
    in_group_ = true;
    group_at_ = row_begin_ = group_begin_;
    last_second_ = {};
  }

  /// Finds the rows of the group that the left row at hand meets; false behind the left rows of the
  /// value.
  bool begin_row(Batch& out) {
    if (!has_row(left_, out) || left_.value() != group_value_) return false;
    group_at_ = group_begin_;
    row_end_ = group_end_;
    in_row_ = true;
    if (!second_) return true;
    const TermId value = left_.rows.columns[second_->left][left_.at];
    const Column& column = group_columns()[second_->right];
    const std::size_t from = last_second_ <= value ? row_begin_ : group_begin_;
    group_at_ = row_begin_ =
        gallop(from, group_end_, [&](std::size_t row) { return column[row] < value; });
    row_end_ = gallop(group_at_, group_end_, [&](std::size_t row) { return column[row] == value; });
    last_second_ = value;
    return true;
  }

  /// Pairs left's rows of the value with the group until `out` is full. True: go on.
  bool join_group(Batch& out) {
    if (!in_row_ && !begin_row(out)) {
      // What comes next may replace right's batch or the table.
      if (group_is_kept_) flush(out);
      in_group_ = false;
      return true;
    }
    const std::size_t room = context_->batch_rows - out.rows - pairs_.size();
    const std::size_t end = group_at_ + std::min(room, row_end_ - group_at_);
    const Columns& right = group_columns();
    for (; group_at_ < end; ++group_at_)
      if (others_.empty() || compatible(right)) pairs_.add(row(left_.at), row(group_at_));
    if (++looked_ % 1024 == 0) context_->interrupt.check();
    if (group_at_ == row_end_) {
      in_row_ = false;
      ++left_.at;
    }
    return true;
  }

  static RowNumber row(std::size_t number) { return static_cast<RowNumber>(number); }

  const Columns& group_columns() const {
    return group_is_kept_ ? kept_.columns() : right_.rows.columns;
  }

  bool compatible(const Columns& right) const {
    for (const JoinLayout::Shared& pair : others_) {
      const TermId a = left_.rows.columns[pair.left][left_.at];
      const TermId b = right[pair.right][group_at_];
      if (a && b && a != b) return false;
    }
    return true;
  }

  void flush(Batch& out) {
    if (pairs_.size() == 0) return;
    append_joined(layout_, left_.rows.columns, group_columns(), pairs_, out, bound_on_left_);
    pairs_.clear();
  }

  Variable variable_;
  JoinLayout layout_;
  std::optional<JoinLayout::Shared> second_{};  // the group is sorted by it: searched
  std::vector<JoinLayout::Shared> others_{};    // further shared variables: compared
  bool bound_on_left_ = true;                   // every row of left binds all shared variables
  QueryContext* context_ = nullptr;
  Side left_{}, right_{};

  // Right's rows of the value that both sides have: [begin, end) of its batch, or of kept_.
  bool in_group_ = false;
  TermId group_value_{};
  bool group_is_kept_ = false;
  std::size_t group_begin_ = 0, group_end_ = 0;

  // Those of them that the left row at hand meets.
  bool in_row_ = false;
  std::size_t row_begin_ = 0, row_end_ = 0;
  std::size_t group_at_ = 0;  // the next one
  TermId last_second_{};      // the value whose rows begin at row_begin_
  RowTable kept_{};
  std::size_t looked_ = 0;

  RowPairs pairs_{};  // rows of left's batch and of the group's columns, not yet in `out`
};

}  // namespace

OperatorPtr merge_join(OperatorPtr left, OperatorPtr right, const Variable& variable) {
  return std::make_unique<MergeJoin>(std::move(left), std::move(right), variable);
}

}  // namespace tripten
