// Distinct: each row once, the first time it comes.
//
//   sorted by all columns    equal rows are neighbours, nothing is kept
//   sorted by some of them   rows with the same values of these are kept, as a table of all columns
//   not sorted               all different rows; what memory has no room for waits on the disk
//                            (SetAside), unless the rows must stay in their order
#include <algorithm>
#include <set>

#include "tripten/error.h"

#include "query/exec/group_table.h"
#include "query/exec/operators.h"
#include "query/exec/row_hash.h"
#include "query/exec/set_aside.h"

namespace tripten {

namespace {

class DistinctRows : public Operator {
 public:
  DistinctRows(OperatorPtr input, bool keeps_order) : keeps_order_(keeps_order) {
    take_columns(*input);
    neighbours_ =
        std::set<std::size_t>(sorted_by_.begin(), sorted_by_.end()).size() == schema_.size();
    inputs_.push_back(std::move(input));
  }

  void open(QueryContext& context) override {
    context_ = &context;
    inputs_[0]->open(context);
    aside_.open(context);
    if (!neighbours_) seen_.open(schema_.size(), context.budget, context.interrupt);
    forget_at_ = kForgetAt;
    has_last_ = false;
  }

  bool next(Batch& out) override {
    while (take_rows(out)) {
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
    return {"Distinct", neighbours_          ? "of sorted rows"
                        : sorted_by_.empty() ? ""
                                             : "of partly sorted rows"};
  }

 private:
  /// The next rows of the input, or of a part of it that was set aside.
  bool take_rows(Batch& out) {
    if (aside_.is_part() ? aside_.next(out) : inputs_[0]->next(out)) return true;
    while (aside_.next_round()) {
      seen_.open(schema_.size(), context_->budget, context_->interrupt);
      if (aside_.next(out)) return true;
    }
    return false;
  }

  void select_new(const Batch& rows) {
    columns_.clear();
    for (const Column& column : rows.columns)
      columns_.push_back(&column);
    if (!sorted_by_.empty() && seen_.size() >= forget_at_) forget_passed();
    std::size_t known = seen_.size();
    if (!aside_.has_begun()) find(rows);
    if (aside_.has_begun()) {
      set_others_aside(rows);
      return;
    }
    for (std::size_t row = 0; row < rows.rows; ++row) {
      if (numbers_[row] != known) continue;
      ++known;
      selection_.push_back(static_cast<std::uint32_t>(row));
    }
  }

  /// Begins to set rows aside where memory does not suffice for the batch's new ones.
  void find(const Batch& rows) {
    const bool must_stay = keeps_order_ || !sorted_by_.empty();
    if (!must_stay) aside_.keep_room();
    try {
      seen_.find(columns_, rows.rows, numbers_);
    } catch (const Error& error) {
      if (error.code != ErrorCode::Limit || must_stay || seen_.size() == 0 || !aside_.can_begin())
        throw;
      aside_.begin(schema_.size());
    }
  }

  void set_others_aside(const Batch& rows) {
    seen_.find_known(columns_, rows.rows, numbers_);
    hash_rows(columns_, rows.rows, hashes_);
    row_.resize(columns_.size());
    for (std::size_t row = 0; row < rows.rows; ++row) {
      if (numbers_[row] != GroupTable::kNoGroup) continue;
      for (std::size_t column = 0; column < columns_.size(); ++column)
        row_[column] = (*columns_[column])[row];
      aside_.append_row(row_.data(), hashes_[row]);
    }
  }

  /// Rows before the last one's values of the sorted columns will not come again.
  void forget_passed() {
    std::size_t first = seen_.size() - 1;
    const auto is_of_last = [&](std::size_t row) {
      return std::all_of(sorted_by_.begin(), sorted_by_.end(), [&](std::size_t column) {
        return seen_.key(row, column) == seen_.key(seen_.size() - 1, column);
      });
    };
    while (first > 0 && is_of_last(first - 1))
      --first;
    if (first > seen_.size() / 2) seen_.keep_from(first);
    forget_at_ = std::max(kForgetAt, 2 * seen_.size());
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

  static constexpr std::size_t kForgetAt = std::size_t{1} << 13;

  bool keeps_order_;
  bool neighbours_;
  QueryContext* context_ = nullptr;
  GroupTable seen_{};
  SetAside aside_{};
  std::size_t forget_at_ = kForgetAt;  // rows of seen_, where partly sorted
  std::vector<const Column*> columns_{};
  std::vector<std::uint32_t> numbers_{};
  std::vector<std::uint64_t> hashes_{};
  std::vector<TermId> row_{};
  std::vector<std::uint32_t> selection_{};
  bool has_last_ = false;
  std::vector<TermId> last_{};  // the last row, where neighbours_
};

}  // namespace

OperatorPtr distinct_rows(OperatorPtr input, bool keeps_order) {
  return std::make_unique<DistinctRows>(std::move(input), keeps_order);
}

}  // namespace tripten
