// Order: ORDER BY. The rows are kept with their keys, the keys are ranked, the row numbers sorted.
//
// Where only the first rows are wanted, the table is cut back to them whenever it has grown to a
// multiple of that: memory stays in proportion to what is wanted.
#include <algorithm>
#include <numeric>
#include <string>

#include "query/algebra/print.h"
#include "query/exec/describe.h"
#include "query/exec/join_layout.h"
#include "query/exec/operators.h"
#include "query/exec/term_ranks.h"

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
  }

  /// Puts the numbers of the first rows into sorted_.
  void sort() {
    const std::size_t rows = rows_.rows();
    lease_->resize(rows * sizeof(RowNumber) * (keys_.size() + 2));
    std::vector<std::vector<std::uint32_t>> ranks;
    for (std::size_t key = 0; key < keys_.size(); ++key) {
      ranks.push_back(rank_terms(rows_.columns()[schema_.size() + key], *context_));
      if (keys_[key].descending)
        for (std::uint32_t& rank : ranks.back())
          rank = ~rank;
    }
    sorted_.resize(rows);
    std::iota(sorted_.begin(), sorted_.end(), RowNumber{0});
    const auto below = [&, steps = std::size_t{0}](RowNumber a, RowNumber b) mutable {
      if (++steps % kStepsPerInterrupt == 0) context_->interrupt.check();
      for (const std::vector<std::uint32_t>& rank : ranks)
        if (rank[a] != rank[b]) return rank[a] < rank[b];
      return a < b;
    };
    if (first_ && *first_ < rows) {
      const auto middle = sorted_.begin() + static_cast<std::ptrdiff_t>(*first_);
      std::partial_sort(sorted_.begin(), middle, sorted_.end(), below);
      sorted_.resize(*first_);
    } else {
      std::sort(sorted_.begin(), sorted_.end(), below);
    }
  }

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
  std::vector<RowNumber> part_{};
};

}  // namespace

OperatorPtr order_rows(OperatorPtr input, const std::vector<OrderCondition>& conditions,
                       std::optional<std::uint64_t> first, const ExistsFactory& exists) {
  return std::make_unique<OrderRows>(std::move(input), conditions, first, exists);
}

}  // namespace tripten
