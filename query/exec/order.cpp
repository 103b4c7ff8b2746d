// Order: ORDER BY. The rows are kept with their keys, the keys are ranked, the row numbers sorted
// by the ranks.
//
// Where only the first rows are wanted, the table is cut back to them whenever it has grown to a
// multiple of that, and rows beyond the last one kept are not taken: memory and work stay in
// proportion to what is wanted. Keys are computed one after the other, each for the rows that those
// before it did not decide against, be it by the last row kept or, in the first batch, by the other
// rows: STR(?x) as a last key is computed for few.
//
// Rows that memory has no room for are sorted as far as they have come and go to the disk as a run
// (SortedRuns); what is left is one more run, and the answer is their merge.
#include <algorithm>
#include <compare>
#include <functional>
#include <string>

#include "tripten/error.h"

#include "base/grow.h"
#include "query/algebra/print.h"
#include "query/exec/describe.h"
#include "query/exec/join_layout.h"
#include "query/exec/operators.h"
#include "query/exec/rank_order.h"
#include "query/exec/sorted_runs.h"
#include "query/exec/term_ranks.h"
#include "query/expr/compare.h"

namespace tripten {

namespace {

constexpr std::uint64_t kSmallestCut = 256;  // rows; below that a cut is not worth its sort
constexpr std::size_t kLeastRun = 1024;      // rows; less is not worth a run
// What sorting takes for each row, and for each row and key, beside the rows: order and ranks, and
// while a key is ranked its different terms, most of them with a short text.
constexpr std::size_t kSortBytes = 32, kRankBytes = 128;

/// The order of two numbers that are in their ids, where these tell it at once.
std::optional<std::strong_ordering> order_by_numbers(TermId a, TermId b) {
  if (a.kind() != b.kind()) return std::nullopt;
  if (a.kind() == IdKind::Integer || a.kind() == IdKind::Decimal) return a <=> b;
  // Neighbours may be one double, and with and without a point one value (storage/inline_term.h).
  constexpr std::uint64_t kSurelyApart = 16;
  if (a.kind() != IdKind::PlainDouble) return std::nullopt;
  const std::uint64_t apart = std::max(a.bits(), b.bits()) - std::min(a.bits(), b.bits());
  return apart > kSurelyApart ? std::optional(a <=> b) : std::nullopt;
}

class OrderRows : public Operator {
 public:
  OrderRows(OperatorPtr input, const std::vector<OrderCondition>& conditions,
            std::optional<std::uint64_t> first, const ExistsFactory& exists)
      : first_(first) {
    take_columns(*input);
    sorted_by_.clear();  // no order by ids is left
    for (std::size_t column = 0; column < schema_.size(); ++column)
      source_.push_back(column);
    for (const OrderCondition& condition : conditions) {
      if (!text_.empty()) text_ += ' ';
      text_ += to_string(condition);
      Key& key = keys_.emplace_back(Key{Evaluator(condition.expression, schema_, exists)});
      key.descending = condition.descending;
      if (const auto* variable = std::get_if<Variable>(&condition.expression.node))
        key.input_column = schema_.find(*variable);
    }
    inputs_.push_back(std::move(input));
  }

  void open(QueryContext& context) override {
    context_ = &context;
    inputs_[0]->open(context);
    rows_.open(place_keys(), context.budget, context.interrupt);
    lease_.emplace(context.budget);
    release(sorted_);
    runs_.reset();
    is_sorted_ = false;
    last_.clear();
    at_ = 0;
  }

  bool next(Batch& out) override {
    context_->interrupt.check();
    if (!is_sorted_) sort_input();
    if (runs_) return next_of_runs(out);
    out.reset(schema_.size());
    const std::size_t end = std::min(sorted_.size(), at_ + context_->batch_rows);
    part_.assign(sorted_.begin() + static_cast<std::ptrdiff_t>(at_),
                 sorted_.begin() + static_cast<std::ptrdiff_t>(end));
    for (std::size_t column = 0; column < schema_.size(); ++column)
      append_gathered(rows_.columns()[column], part_, out.columns[column]);
    out.rows = end - at_;
    at_ = end;
    return out.rows > 0;
  }

  void keep_columns(const std::set<Variable>& wanted) override { narrow(wanted, source_); }

  OperatorDescription describe() const override {
    return {"Order", text_ + (first_ ? ", the first " + std::to_string(*first_) : "")};
  }

 private:
  /// Keys that are among our columns are kept once, others behind them. Gives the number of all.
  std::size_t place_keys() {
    std::size_t width = schema_.size();
    for (Key& key : keys_) {
      const auto found = key.input_column
                             ? std::find(source_.begin(), source_.end(), *key.input_column)
                             : source_.end();
      key.column =
          found == source_.end() ? width++ : static_cast<std::size_t>(found - source_.begin());
    }
    return width;
  }

  void sort_input() {
    Batch batch;
    Column values;
    const bool cuts = first_ && *first_ < kNoRow / 4;
    const std::uint64_t most = cuts ? std::max(*first_ * 2, kSmallestCut) : 0;
    while (first_ != std::uint64_t{0} && inputs_[0]->next(batch)) {
      context_->interrupt.check();
      tied_.assign(batch.rows, 1);
      for (std::size_t key = 0; key < keys_.size() && batch.rows > 0; ++key) {
        keys_[key].evaluator.evaluate(batch, *context_, values);
        batch.columns.push_back(values);
        if (!last_.empty())
          drop_beyond_last(key, batch);
        else if (cuts)
          drop_beyond_first(key, batch);
      }
      if (batch.rows == 0) continue;
      append(batch);
      if (cuts && rows_.rows() >= (last_.empty() ? *first_ : most)) cut();
      if (is_short()) spill();
    }
    if (runs_ || !try_sort()) {
      spill();
      rows_.open(rows_.width(), context_->budget, context_->interrupt);  // gives its memory back
    }
    is_sorted_ = true;
  }

  /// Keeps a batch's rows: our columns, then the other keys. All keys are behind the batch's own.
  void append(const Batch& batch) {
    kept_.clear();
    for (const std::size_t column : source_)
      kept_.push_back(&batch.columns[column]);
    for (std::size_t key = 0; key < keys_.size(); ++key)
      if (keys_[key].column == kept_.size())
        kept_.push_back(&batch.columns[inputs_[0]->schema().size() + key]);
    rows_.append(kept_, batch.rows);
  }

  bool next_of_runs(Batch& out) {
    const std::uint64_t left = first_ ? *first_ - std::min<std::uint64_t>(*first_, at_) : kNoRow;
    if (!runs_->next(out, std::min<std::uint64_t>(left, context_->batch_rows))) return false;
    at_ += out.rows;
    return true;
  }

  bool is_short() const {
    const std::size_t row_bytes = rows_.width() * sizeof(TermId);
    const std::size_t sort_bytes = kSortBytes + keys_.size() * kRankBytes;
    return context_->spill && rows_.rows() >= kLeastRun &&
           context_->budget.is_short(rows_.rows() * (row_bytes + sort_bytes),
                                     rows_.rows() * (row_bytes + sort_bytes));
  }

  /// Sorts, or leaves the rows as they are where that needs more memory than there is and the disk
  /// may help.
  bool try_sort() {
    try {
      sort();
      return true;
    } catch (const Error& error) {
      if (error.code != ErrorCode::Limit || !context_->spill || rows_.rows() < 2) throw;
      context_->interrupt.check();  // that it was the time
      release(sorted_);
      lease_->resize(0);
      return false;
    }
  }

  /// Makes the rows a run, or several: texts may be so long that few of them can be ranked at once.
  void spill() {
    if (rows_.rows() == 0) return;
    if (!runs_) {
      std::vector<SortedRuns::Key> keys;
      for (const Key& key : keys_)
        keys.push_back({key.column, key.descending});
      runs_ =
          std::make_unique<SortedRuns>(rows_.width(), schema_.size(), std::move(keys), *context_);
    }
    if (try_sort()) {
      runs_->add(rows_.columns(), sorted_);
      release(sorted_);
      lease_->resize(0);
      rows_.clear();
      return;
    }
    const std::size_t middle = rows_.rows() / 2;
    SpilledRows second(make_spill_file(*context_), rows_.width(), context_->budget);
    second.append(rows_.columns(), middle, rows_.rows());
    second.finish();
    rows_.keep_first(middle);
    spill();
    SpilledRows::Reader reader(second, context_->budget);
    for (Batch batch; reader.next(batch);)
      rows_.append(batch.columns, batch.rows);
    spill();
  }

  void cut() {
    sort();
    lease_->resize(lease_->bytes() + rows_.rows() * sizeof(TermId));
    rows_.rearrange(sorted_);
    release(sorted_);
    lease_->resize(0);
    last_.clear();
    for (std::size_t key = 0; key < keys_.size(); ++key) {
      last_.push_back(rows_.columns()[keys_[key].column].back());
      keys_[key].compared.assign(kCompared,
                                 {kUnbound, order_terms(kUnbound, last_[key], context_->terms)});
    }
  }

  /// Drops rows that this key puts behind the last one kept; with the last key also those that are
  /// equal to it, since they came later.
  void drop_beyond_last(std::size_t key, Batch& batch) {
    const Column& values = batch.columns.back();
    const bool is_last_key = key + 1 == keys_.size();
    selection_.clear();
    for (std::size_t row = 0; row < batch.rows; ++row) {
      if (tied_[row]) {
        const auto order = against_last(key, values[row]);
        const bool is_before = keys_[key].descending ? order > 0 : order < 0;
        if (!is_before && (order != 0 || is_last_key)) continue;
        tied_[row] = order == 0 ? 1 : 0;
      }
      tied_[selection_.size()] = tied_[row];
      selection_.push_back(static_cast<std::uint32_t>(row));
    }
    if (selection_.size() < batch.rows) batch.keep(selection_);
  }

  /// Drops the rows of a batch that are behind as many of it as are wanted. `tied_` are those that
  /// the keys so far put at the end of what is wanted, all alike.
  void drop_beyond_first(std::size_t key, Batch& batch) {
    if (key == 0) sure_ = 0;
    if (batch.rows <= *first_) return;
    tied_rows_.clear();
    tied_terms_.clear();
    for (std::size_t row = 0; row < batch.rows; ++row)
      if (tied_[row]) {
        tied_rows_.push_back(static_cast<std::uint32_t>(row));
        tied_terms_.push_back(batch.columns.back()[row]);
      }
    Ranks ranks = rank_terms(tied_terms_, *context_);
    if (keys_[key].descending) reverse(ranks);
    Ranks ordered = ranks;
    const auto at = ordered.begin() + static_cast<std::ptrdiff_t>(*first_ - sure_ - 1);
    std::nth_element(ordered.begin(), at, ordered.end());
    std::vector<char> stays(batch.rows, 1);
    for (std::size_t i = 0; i < ranks.size(); ++i) {
      tied_[tied_rows_[i]] = ranks[i] == *at ? 1 : 0;
      stays[tied_rows_[i]] = ranks[i] <= *at ? 1 : 0;
      sure_ += ranks[i] < *at ? 1 : 0;
    }
    selection_.clear();
    for (std::size_t row = 0; row < batch.rows; ++row) {
      if (!stays[row]) continue;
      tied_[selection_.size()] = tied_[row];
      selection_.push_back(static_cast<std::uint32_t>(row));
    }
    if (selection_.size() < batch.rows) batch.keep(selection_);
  }

  /// How a term orders against the key of the last row kept. A term of the dictionary has to be
  /// fetched for that, and columns repeat few of them: the latest answers are remembered.
  std::strong_ordering against_last(std::size_t key, TermId term) {
    if (const auto order = order_by_numbers(term, last_[key])) return *order;
    std::vector<Compared>& known = keys_[key].compared;
    Compared& place = known[std::hash<TermId>()(term) % known.size()];
    if (place.term != term) place = {term, order_terms(term, last_[key], context_->terms)};
    return place.order;
  }

  /// Puts the numbers of the first rows into sorted_.
  void sort() {
    const std::size_t rows = rows_.rows();
    lease_->resize(rows * sizeof(RowNumber) * (keys_.size() + 2));
    std::vector<Ranks> ranks;
    for (const Key& key : keys_) {
      ranks.push_back(rank_terms(rows_.columns()[key.column], *context_));
      if (key.descending) reverse(ranks.back());
    }
    sorted_ = order_by_ranks(ranks, rows, context_->interrupt);
    if (first_ && *first_ < rows) sorted_.resize(*first_);
  }

  static void reverse(Ranks& ranks) {
    if (ranks.empty()) return;
    const std::uint32_t last = *std::max_element(ranks.begin(), ranks.end());
    for (std::uint32_t& rank : ranks)
      rank = last - rank;
  }

  struct Compared {
    TermId term;
    std::strong_ordering order;
  };
  static constexpr std::size_t kCompared = std::size_t{1} << 12;

  struct Key {
    Evaluator evaluator;
    bool descending = false;
    std::optional<std::size_t> input_column{};  // that it is
    std::size_t column = 0;                     // of rows_
    std::vector<Compared> compared{};           // with last_
  };
  std::vector<Key> keys_{};
  std::optional<std::uint64_t> first_;
  std::string text_{};
  QueryContext* context_ = nullptr;
  std::vector<std::size_t> source_{};  // the input's column of each of ours
  std::vector<const Column*> kept_{};  // of a batch
  RowTable rows_{};                    // our columns, then the keys that are none of them
  bool is_sorted_ = false;
  std::vector<RowNumber> sorted_{};
  std::unique_ptr<SortedRuns> runs_{};  // where memory did not suffice
  std::optional<MemoryLease> lease_{};  // for sorted_ and the ranks
  std::size_t at_ = 0;                  // of all rows, to give next
  std::vector<TermId> last_{};          // the keys of the last row kept; empty: none was cut yet
  std::vector<char> tied_{};            // whether the keys so far are those of last_, by row
  std::vector<std::uint32_t> selection_{};
  std::uint64_t sure_ = 0;                  // rows of the first batch that are before those tied
  std::vector<std::uint32_t> tied_rows_{};  // their numbers and keys, in drop_beyond_first()
  Column tied_terms_{};
  std::vector<RowNumber> part_{};
};

}  // namespace

OperatorPtr order_rows(OperatorPtr input, const std::vector<OrderCondition>& conditions,
                       std::optional<std::uint64_t> first, const ExistsFactory& exists) {
  return std::make_unique<OrderRows>(std::move(input), conditions, first, exists);
}

}  // namespace tripten
