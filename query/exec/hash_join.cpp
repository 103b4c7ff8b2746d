// HashJoin: joins, OPTIONAL, EXISTS and MINUS over a table of one input.
//
// One input is kept in a JoinTable, the other probes it, a batch at a time. A batch of candidate
// pairs is collected, the condition is evaluated over all of them at once, and what the kind of
// join asks is decided at the end of each probing row:
//
//   pairs   (p1,r4) (p1,r9) | (p2,r4) | | (p4,r1) ...      | is the end of p1, p2, p3
//   Inner   pairs that pass          Semi         the rows with a pair that passes, at their end
//   Left    those, and rows without  Anti, Minus  the rows without one, at their end
//           one, at their end
//
// Where the rows of both sides bind all shared variables, as nearly always, what the table finds
// for the whole batch is all that there is to compare.
//
// A table that memory has no room for, and with it the rows that look into it, goes to the disk
// (SpilledJoin). Where an order was promised, the pieces' answers, each in order, go there too and
// are merged.
#include <algorithm>
#include <string>
#include <utility>

#include "query/algebra/print.h"
#include "query/exec/describe.h"
#include "query/exec/join_layout.h"
#include "query/exec/join_table.h"
#include "query/exec/operators.h"
#include "query/exec/sorted_runs.h"
#include "query/exec/spilled_join.h"

namespace tripten {

namespace {

class HashJoin : public Operator {
 public:
  HashJoin(OperatorPtr left, OperatorPtr right, JoinKind kind,
           const std::optional<Expression>& condition, const ExistsFactory& exists, bool build_left,
           bool keeps_table)
      : kind_(kind),
        keeps_table_(keeps_table),
        build_left_(build_left && kind == JoinKind::Inner),
        layout_(left->schema(), right->schema()),
        result_(layout_) {
    const bool extends = kind == JoinKind::Inner || kind == JoinKind::Left;
    schema_ = extends ? layout_.schema : left->schema();
    if (condition) {
      condition_ = to_string(*condition);
      evaluator_.emplace(*condition, layout_.schema, exists);
    }
    set_bound(*left, *right);
    set_order(*left, *right);
    inputs_.push_back(std::move(left));
    inputs_.push_back(std::move(right));
    for (const JoinLayout::Shared& pair : layout_.shared) {
      probe_keys_.push_back(build_left_ ? pair.right : pair.left);
      build_keys_.push_back(build_left_ ? pair.left : pair.right);
      if (!build().always_bound(build_keys_.back()) || !probe().always_bound(probe_keys_.back()))
        continue;
      parted_by_build_.push_back(build_keys_.back());
      parted_by_probe_.push_back(probe_keys_.back());
    }
  }

  void open(QueryContext& context) override {
    const bool is_same_run = std::exchange(context_, &context) == &context;
    probe().open(context);
    probe_.rows = 0;
    row_ = 0;
    in_row_ = false;
    if (keeps_table_ && built_ && is_same_run && !spilled_ && !ordered_) return;
    build().open(context);
    key_.resize(std::min(build_keys_.size(), JoinTable::kMostKeys));
    open_table();
    spilled_.reset();
    ordered_.reset();
    built_ = false;
  }

  bool next(Batch& out) override {
    context_->interrupt.check();
    if (!built_) fill_table();
    if (!spilled_ || sorted_by_.empty()) return join_next(out);
    if (!ordered_) order_pieces();
    return ordered_->next(out, context_->batch_rows);
  }

  void keep_columns(const std::set<Variable>& wanted) override { result_.keep(narrow(wanted)); }

  OperatorDescription describe() const override;
  /// The table is of the whole input, for every part.
  std::size_t parts_of(const Operator& input, std::size_t parts) const override {
    return keeps_table_ && &input == &build() ? 1 : parts;
  }

 private:
  Operator& build() const { return *inputs_[build_left_ ? 0 : 1]; }
  Operator& probe() const { return *inputs_[build_left_ ? 1 : 0]; }

  bool join_next(Batch& out) {
    out.reset(schema_.size());
    if (!spilled_ && is_hopeless()) return false;
    while (out.rows == 0) {
      context_->interrupt.check();
      if (row_ == probe_.rows && !next_probe()) return false;
      if (is_found_ && !evaluator_ && !spilled_ && !gives_pairs()) {
        give_found(out);
        continue;
      }
      if (is_found_)
        collect_found();
      else
        collect_candidates();
      if (evaluator_) test_candidates();
      give(out);
    }
    return true;
  }

  bool gives_pairs() const { return kind_ == JoinKind::Inner || kind_ == JoinKind::Left; }

  /// Whether no row can find a match that it needs.
  bool is_hopeless() const {
    return table_.rows().rows() == 0 && (kind_ == JoinKind::Inner || kind_ == JoinKind::Semi);
  }

  /// The next rows to look up, and where they are spilled the table for them.
  bool next_probe() {
    row_ = 0;
    if (!spilled_) {
      if (!probe().next(probe_)) probe_.rows = 0;
      matched_.assign(probe_.rows, SpilledJoin::None);
      if (probe_.rows > 0) find_firsts();
      return probe_.rows > 0;
    }
    spilled_->note(matched_);
    while (is_hopeless() || !spilled_->next(probe_, matched_)) {
      open_table();
      matched_.clear();
      probe_.rows = 0;
      if (!spilled_->next_piece(table_)) return false;
    }
    find_firsts();
    return true;
  }

  /// Looks up all rows of probe_ at once, where both sides bind all that is compared.
  void find_firsts() {
    is_found_ = table_.is_complete() && probe_keys_.size() == key_.size() &&
                (kind_ != JoinKind::Minus || !probe_keys_.empty());
    probed_.clear();
    for (const std::size_t key : probe_keys_) {
      const Column& values = probe_.columns[key];
      is_found_ = is_found_ && (probe().always_bound(key) ||
                                std::find(values.begin(), values.end(), kUnbound) == values.end());
      probed_.push_back(&values);
    }
    if (is_found_) table_.find_firsts(probed_, probe_.rows, found_);
  }

  void open_table() {
    std::vector<std::size_t> keys(build_keys_.begin(),
                                  build_keys_.begin() + static_cast<std::ptrdiff_t>(key_.size()));
    table_.open(build().schema().size(), std::move(keys), context_->budget, context_->interrupt);
  }

  void set_bound(const Operator& left, const Operator& right) {
    always_bound_.assign(schema_.size(), false);
    for (std::size_t column = 0; column < left.schema().size(); ++column)
      always_bound_[column] = left.always_bound(column);
    if (kind_ != JoinKind::Inner) return;
    for (const JoinLayout::Shared& pair : layout_.shared)
      if (right.always_bound(pair.right)) always_bound_[pair.left] = true;
    for (std::size_t i = 0; i < layout_.right_only.size(); ++i)
      always_bound_[left.schema().size() + i] = right.always_bound(layout_.right_only[i]);
  }

  /// The probing side's order stays.
  void set_order(const Operator& left, const Operator& right) {
    if (kind_ == JoinKind::Inner || kind_ == JoinKind::Left) {
      std::vector<JoinLayout::Shared> shared = layout_.shared;
      if (build_left_)
        for (JoinLayout::Shared& pair : shared)
          std::swap(pair.left, pair.right);
      sorted_by_ = order_after_join(build_left_ ? right : left, shared);
      if (build_left_)
        for (std::size_t& column : sorted_by_)
          column = *schema_.find(right.schema()[column]);
    } else {
      sorted_by_ = left.sorted_by();
    }
  }

  void fill_table() {
    Batch rows;
    while (build().next(rows)) {
      context_->interrupt.check();
      if (spilled_)
        spilled_->append_to_table(rows);
      else
        table_.append(rows);
      if (!spilled_ &&
          SpilledJoin::is_short(table_.rows().rows(), table_.rows().width(), *context_))
        begin_spilling();
    }
    built_ = true;
    if (!spilled_) {
      table_.finish();
      return;
    }
    while (probe().next(rows)) {
      context_->interrupt.check();
      spilled_->append_looked_up(rows);
    }
    spilled_->finish();
  }

  void begin_spilling() {
    spilled_.emplace(SpilledJoin::Side{build().schema().size(), parted_by_build_},
                     SpilledJoin::Side{probe().schema().size(), parted_by_probe_}, *context_);
    const RowTable& rows = table_.rows();
    Batch part;
    part.columns.resize(rows.width());
    for (std::size_t begin = 0; begin < rows.rows(); begin += SpilledRows::kBlockRows) {
      context_->interrupt.check();
      part.rows = std::min(SpilledRows::kBlockRows, rows.rows() - begin);
      for (std::size_t column = 0; column < rows.width(); ++column) {
        const auto from = rows.columns()[column].begin() + static_cast<std::ptrdiff_t>(begin);
        part.columns[column].assign(from, from + static_cast<std::ptrdiff_t>(part.rows));
      }
      spilled_->append_to_table(part);
    }
    open_table();  // gives its memory back
  }

  /// The answers of each piece are in the order that was promised.
  void order_pieces() {
    ordered_ = std::make_unique<SortedRuns>(schema_.size(), sorted_by_, *context_);
    Batch rows;
    std::size_t piece = 0;
    while (join_next(rows)) {
      if (spilled_->pieces() != piece) ordered_->end_run();
      piece = spilled_->pieces();
      ordered_->append(rows);
    }
    ordered_->end_run();
  }

  /// Collects candidates from row_ on: as many as a batch has rows, the ends of rows included.
  void collect_candidates() {
    const bool has_ends = kind_ != JoinKind::Inner;
    const bool one_is_enough = !evaluator_ && has_ends && kind_ != JoinKind::Left;
    pairs_.clear();
    ends_.clear();
    while (row_ < probe_.rows && pairs_.size() + ends_.size() < context_->batch_rows) {
      if (!in_row_) begin_row();
      const bool decided =
          has_ends && kind_ != JoinKind::Left && matched_[row_] != SpilledJoin::None;
      RowNumber found = kNoRow;
      while (!decided && pairs_.size() + ends_.size() < context_->batch_rows &&
             (found = cursor_.next()) != kNoRow) {
        if (!fits(found)) continue;
        pairs_.add(static_cast<RowNumber>(row_), found);
        if (one_is_enough) break;
      }
      if (found != kNoRow && !one_is_enough) break;  // the batch is full
      if (has_ends) ends_.push_back({pairs_.size(), static_cast<RowNumber>(row_)});
      in_row_ = false;
      ++row_;
    }
  }

  /// The same where found_ has for each row the first that it meets; it goes on from there.
  void collect_found() {
    const bool has_ends = kind_ != JoinKind::Inner;
    const bool one_is_enough = !evaluator_ && !gives_pairs();
    const bool has_runs = table_.has_runs();
    const std::size_t most = context_->batch_rows;
    pairs_.clear();
    ends_.clear();
    while (row_ < probe_.rows && pairs_.size() + ends_.size() < most) {
      RowNumber& found = found_[row_];
      if (has_ends && kind_ != JoinKind::Left && matched_[row_] != SpilledJoin::None)
        found = kNoRow;
      if (has_runs && found != kNoRow) {
        const RowNumber end = one_is_enough ? found + 1 : table_.end_of_run(found);
        const std::size_t room = most - pairs_.size() - ends_.size();
        const auto rows = static_cast<RowNumber>(std::min<std::size_t>(room, end - found));
        pairs_.add_run(static_cast<RowNumber>(row_), found, rows);
        found = found + rows == end ? kNoRow : found + rows;
      }
      while (!has_runs && found != kNoRow && pairs_.size() + ends_.size() < most) {
        pairs_.add(static_cast<RowNumber>(row_), found);
        found = one_is_enough ? kNoRow : table_.behind(found);
      }
      if (found != kNoRow) break;  // the batch is full
      if (has_ends) ends_.push_back({pairs_.size(), static_cast<RowNumber>(row_)});
      ++row_;
    }
  }

  /// The rows of probe_ that meet one, or those that meet none.
  void give_found(Batch& out) {
    given_.clear();
    for (; row_ < probe_.rows; ++row_)
      if ((found_[row_] != kNoRow) == (kind_ == JoinKind::Semi))
        given_.left.push_back(static_cast<RowNumber>(row_));
    give_rows(out);
  }

  void give_rows(Batch& out) {
    for (std::size_t i = 0; i < result_.from_left.size(); ++i)
      append_gathered(probe_.columns[result_.from_left[i]], given_.left, out.columns[i]);
    out.rows = given_.size();
  }

  void begin_row() {
    for (std::size_t key = 0; key < key_.size(); ++key)
      key_[key] = probe_.columns[probe_keys_[key]][row_];
    cursor_ = table_.find(key_, kind_ == JoinKind::Minus && probe_keys_.size() == key_.size());
    in_row_ = true;
  }

  /// What the table did not compare: shared variables beyond the number that it can have as keys.
  bool fits(RowNumber found) const {
    if (probe_keys_.size() == key_.size()) return true;
    bool shares = kind_ != JoinKind::Minus;
    for (std::size_t i = 0; i < probe_keys_.size(); ++i) {
      const TermId left = probe_.columns[probe_keys_[i]][row_];
      const TermId right = table_.rows().columns()[build_keys_[i]][found];
      if (!left || !right) continue;
      if (left != right) return false;
      shares = true;
    }
    return shares;
  }

  void join(const JoinLayout& layout, const RowPairs& pairs, Batch& out) const {
    if (build_left_)
      append_joined(layout, table_.rows().columns(), probe_.columns, {pairs.right, pairs.left}, out,
                    is_found_);
    else
      append_joined(layout, probe_.columns, table_.rows().columns(), pairs, out, is_found_);
  }

  void test_candidates() {
    if (pairs_.size() == 0) return;
    candidates_.reset(layout_.schema.size());
    join(layout_, pairs_, candidates_);
    evaluator_->test(candidates_, *context_, truths_);
  }

  bool is_last_table() const { return !spilled_ || spilled_->is_last_piece(); }
  bool passes(std::size_t pair) const { return !evaluator_ || truths_[pair] == Truth::True; }

  void give(Batch& out) {
    given_.clear();
    std::size_t pair = 0;
    const auto take_pairs = [&](std::size_t end) {
      for (; pair < end; ++pair) {
        if (!passes(pair)) continue;
        matched_[pairs_.left[pair]] = SpilledJoin::Now;
        if (gives_pairs()) given_.add(pairs_.left[pair], pairs_.right[pair]);
      }
    };
    for (const RowEnd& end : ends_) {
      take_pairs(end.pairs);
      const bool ends_here = kind_ == JoinKind::Semi
                                 ? matched_[end.row] == SpilledJoin::Now
                                 : matched_[end.row] == SpilledJoin::None && is_last_table();
      if (ends_here) given_.add(end.row, kNoRow);
    }
    take_pairs(pairs_.size());
    if (gives_pairs())
      join(result_, given_, out);
    else
      give_rows(out);
  }

  JoinKind kind_;
  bool keeps_table_;
  bool build_left_;
  JoinLayout layout_;                                     // all columns: the condition's
  JoinLayout result_;                                     // those that are kept
  std::vector<std::size_t> probe_keys_{}, build_keys_{};  // the shared columns, pair by pair
  std::vector<std::size_t> parted_by_probe_{}, parted_by_build_{};  // those that are always bound
  std::optional<Evaluator> evaluator_{};                            // over the layout's schema
  std::string condition_{};
  QueryContext* context_ = nullptr;

  JoinTable table_{};
  bool built_ = false;
  Batch probe_{};
  std::size_t row_ = 0;    // of probe_, to go on with
  bool is_found_ = false;  // found_ has the table's next row for each of probe_
  std::vector<RowNumber> found_{};
  std::vector<const Column*> probed_{};
  bool in_row_ = false;        // cursor_ is at work for row_
  std::vector<TermId> key_{};  // of row_
  JoinTable::Cursor cursor_{};
  std::vector<std::uint8_t> matched_{};  // by row of probe_: a SpilledJoin::Match
  std::optional<SpilledJoin> spilled_{};
  std::unique_ptr<SortedRuns> ordered_{};  // the answers of spilled_

  // One batch of candidates.
  struct RowEnd {
    std::size_t pairs;  // how many there were when the row's were all out
    RowNumber row;
  };
  RowPairs pairs_{};  // probing row, row of the table
  std::vector<RowEnd> ends_{};
  Batch candidates_{};
  std::vector<Truth> truths_{};
  RowPairs given_{};
};

OperatorDescription HashJoin::describe() const {
  static constexpr std::string_view kNames[] = {"Join", "LeftJoin", "SemiJoin", "AntiJoin",
                                                "Minus"};
  std::vector<Variable> shared;
  for (const JoinLayout::Shared& pair : layout_.shared)
    shared.push_back(layout_.schema[pair.left]);
  std::string details(kNames[static_cast<std::size_t>(kind_)]);
  details += shared.empty() ? " of all pairs" : " on " + describe_variables(shared);
  if (build_left_) details += ", table of the first input";
  if (!condition_.empty()) details += ", if " + condition_;
  return {"HashJoin", details};
}

}  // namespace

OperatorPtr hash_join(OperatorPtr left, OperatorPtr right, JoinKind kind,
                      const std::optional<Expression>& condition, const ExistsFactory& exists,
                      bool build_left, bool keeps_table) {
  return std::make_unique<HashJoin>(std::move(left), std::move(right), kind, condition, exists,
                                    build_left, keeps_table);
}

}  // namespace tripten
