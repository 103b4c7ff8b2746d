// Order: ORDER BY. The rows are kept with their keys, the keys are ranked, the row numbers sorted.
//
// Where only the first rows are wanted, the table is cut back to them whenever it has grown to a
// multiple of that, and rows whose first key is beyond the last one kept are not taken: memory and
// work stay in proportion to what is wanted.
#include <algorithm>
#include <string>

#include "query/algebra/print.h"
#include "query/exec/describe.h"
#include "query/exec/join_layout.h"
#include "query/exec/operators.h"
#include "query/exec/term_ranks.h"
#include "query/expr/compare.h"

namespace tripten {

namespace {

constexpr std::uint64_t kSmallestCut = 8192;  // rows; below that a cut is not worth its sort
constexpr std::size_t kStepsPerInterrupt = 4096;

class OrderRows : public Operator {
 public:
  OrderRows(OperatorPtr input, const std::vector<OrderCondition>& conditions,
            std::optional<std::uint64_t> first, const ExistsFactory& exists)
      : first_(first) {
    schema_ = input->schema();
    for (std::size_t column = 0; column < schema_.size(); ++column)
      always_bound_.push_back(input->always_bound(column));
    for (const OrderCondition& condition : conditions) {
      if (!text_.empty()) text_ += ' ';
      text_ += to_string(condition);
      keys_.push_back({Evaluator(condition.expression, schema_, exists), condition.descending});
    }
    inputs_.push_back(std::move(input));
  }

  void open(QueryContext& context) override {
    context_ = &context;
    inputs_[0]->open(context);
    rows_.open(schema_.size() + keys_.size(), context.budget);
    lease_.emplace(context.budget);
    sorted_ = {};
    is_sorted_ = false;
    has_last_ = false;
    at_ = 0;
  }

  bool next(Batch& out) override {
    context_->interrupt.check();
    if (!is_sorted_) sort_input();
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

  OperatorDescription describe() const override {
    return {"Order", text_ + (first_ ? ", the first " + std::to_string(*first_) : "")};
  }

 private:
  void sort_input() {
    Batch batch;
    Column values;
    const bool cuts = first_ && *first_ < kNoRow / 4;
    const std::uint64_t most = cuts ? std::max(*first_ * 2, kSmallestCut) : 0;
    while (first_ != std::uint64_t{0} && inputs_[0]->next(batch)) {
      context_->interrupt.check();
      for (Key& key : keys_) {
        key.evaluator.evaluate(batch, *context_, values);
        batch.columns.push_back(values);
      }
      if (has_last_) drop_beyond_last(batch);
      rows_.append(batch.columns, batch.rows);
      batch.columns.resize(schema_.size());
      if (cuts && rows_.rows() > most) cut();
    }
    sort();
    is_sorted_ = true;
  }

  void cut() {
    sort();
    lease_->resize(lease_->bytes() + rows_.rows() * sizeof(TermId));
    rows_.rearrange(sorted_);
    sorted_ = {};
    lease_->resize(0);
    has_last_ = !keys_.empty();
    if (has_last_) last_ = rows_.columns()[schema_.size()].back();
  }

  /// Drops rows that can't be among the first: their first key comes after that of the last kept.
  void drop_beyond_last(Batch& batch) {
    const Column& values = batch.columns[schema_.size()];
    selection_.clear();
    for (std::size_t row = 0; row < batch.rows; ++row) {
      const auto order = order_terms(values[row], last_, context_->terms);
      if (keys_[0].descending ? order >= 0 : order <= 0)
        selection_.push_back(static_cast<std::uint32_t>(row));
    }
    if (selection_.size() < batch.rows) batch.keep(selection_);
  }

  /// Puts the numbers of the first rows into sorted_.
  void sort() {
    const std::size_t rows = rows_.rows();
    lease_->resize(rows * sizeof(RowNumber) * (keys_.size() + 4));
    std::vector<std::vector<std::uint32_t>> ranks;
    for (std::size_t key = 0; key < keys_.size(); ++key) {
      ranks.push_back(rank_terms(rows_.columns()[schema_.size() + key], *context_));
      if (keys_[key].descending)
        for (std::uint32_t& rank : ranks.back())
          rank = ~rank;
    }
    // Row numbers below their first key's rank: most comparisons end there.
    std::vector<std::uint64_t> order(rows);
    for (std::size_t row = 0; row < rows; ++row)
      order[row] = (ranks.empty() ? 0 : std::uint64_t{ranks[0][row]} << 32) | row;
    const auto below = [&, steps = std::size_t{0}](std::uint64_t a, std::uint64_t b) mutable {
      if (++steps % kStepsPerInterrupt == 0) context_->interrupt.check();
      if (a >> 32 != b >> 32) return a < b;
      for (std::size_t key = 1; key < ranks.size(); ++key)
        if (ranks[key][row_of(a)] != ranks[key][row_of(b)])
          return ranks[key][row_of(a)] < ranks[key][row_of(b)];
      return a < b;
    };
    const std::size_t wanted = std::min<std::uint64_t>(rows, first_.value_or(rows));
    const auto middle = order.begin() + static_cast<std::ptrdiff_t>(wanted);
    if (wanted < rows)
      std::partial_sort(order.begin(), middle, order.end(), below);
    else
      std::sort(order.begin(), order.end(), below);
    sorted_.resize(wanted);
    std::transform(order.begin(), middle, sorted_.begin(), row_of);
  }

  static RowNumber row_of(std::uint64_t packed) { return static_cast<RowNumber>(packed); }

  struct Key {
    Evaluator evaluator;
    bool descending;
  };
  std::vector<Key> keys_{};
  std::optional<std::uint64_t> first_;
  std::string text_{};
  QueryContext* context_ = nullptr;
  RowTable rows_{};  // our columns, then a column a key
  bool is_sorted_ = false;
  std::vector<RowNumber> sorted_{};
  std::optional<MemoryLease> lease_{};  // for sorted_ and the ranks
  std::size_t at_ = 0;                  // of sorted_, to give next
  bool has_last_ = false;               // rows were cut; the first key of the last one kept:
  TermId last_{};
  std::vector<std::uint32_t> selection_{};
  std::vector<RowNumber> part_{};
};

}  // namespace

OperatorPtr order_rows(OperatorPtr input, const std::vector<OrderCondition>& conditions,
                       std::optional<std::uint64_t> first, const ExistsFactory& exists) {
  return std::make_unique<OrderRows>(std::move(input), conditions, first, exists);
}

}  // namespace tripten
