#include "query/exec/sorted_trie.h"

#include <algorithm>
#include <numeric>

#include "base/grow.h"
#include "query/exec/gallop.h"

namespace tripten {

namespace {

constexpr std::size_t kPlacesPerHead = 8;  // at most so many, or places_ stays empty
constexpr std::size_t kRowsPerInterrupt = std::size_t{1} << 16;

}  // namespace

void SortedTrie::open(std::size_t levels, MemoryBudget& budget, const Interrupt& interrupt) {
  rows_.open(levels, budget, interrupt);
  release(heads_);
  release(starts_);
  release(places_);
  lease_.emplace(budget);
  budget_ = &budget;
  interrupt_ = &interrupt;
}

void SortedTrie::append(const std::vector<const Column*>& columns, std::size_t rows) {
  rows_.append(columns, rows);
}

void SortedTrie::finish(bool is_sorted) {
  if (!is_sorted) sort();
  find_heads();
  note_places();
}

void SortedTrie::sort() {
  MemoryLease lease(*budget_);
  lease.resize(rows_.rows() * (sizeof(RowNumber) + sizeof(TermId)));
  std::vector<RowNumber> order(rows_.rows());
  std::iota(order.begin(), order.end(), RowNumber{0});
  std::size_t compared = 0;
  std::sort(order.begin(), order.end(), [&](RowNumber a, RowNumber b) {
    if (++compared % kRowsPerInterrupt == 0) interrupt_->check();
    for (const Column& column : rows_.columns())
      if (column[a] != column[b]) return column[a] < column[b];
    return false;
  });
  rows_.rearrange(order);
}

void SortedTrie::find_heads() {
  const Column& first = column(0);
  std::size_t count = 0;
  for (std::size_t row = 0; row < first.size(); ++row)
    count += row == 0 || first[row] != first[row - 1];
  lease_->resize(count * sizeof(TermId) + (count + 1) * sizeof(RowNumber));
  heads_.reserve(count);
  starts_.reserve(count + 1);
  for (std::size_t row = 0; row < first.size(); ++row) {
    if (row % kRowsPerInterrupt == 0) interrupt_->check();
    if (row > 0 && first[row] == first[row - 1]) continue;
    heads_.push_back(first[row]);
    starts_.push_back(static_cast<RowNumber>(row));
  }
  starts_.push_back(static_cast<RowNumber>(first.size()));
}

void SortedTrie::note_places() {
  if (heads_.empty()) return;
  const std::uint64_t range = heads_.back().bits() - heads_.front().bits();
  if (range / kPlacesPerHead >= heads_.size()) return;
  lease_->resize(lease_->bytes() + (range + 1) * sizeof(RowNumber));
  places_.reserve(range + 1);
  for (std::size_t head = 0; head < heads_.size(); ++head)
    places_.resize(heads_[head].bits() - heads_.front().bits() + 1, static_cast<RowNumber>(head));
}

std::size_t SortedTrie::seek_head(std::size_t from, TermId value) const {
  if (places_.empty())
    return gallop(from, heads_.size(), [&](std::size_t head) { return heads_[head] < value; });
  if (value <= heads_.front()) return from;
  if (value > heads_.back()) return heads_.size();
  return std::max<std::size_t>(from, places_[value.bits() - heads_.front().bits()]);
}

}  // namespace tripten
