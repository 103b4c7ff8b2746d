#include "query/exec/join_table.h"

#include <algorithm>
#include <bit>

#include "base/grow.h"
#include "query/exec/row_hash.h"

namespace tripten {

namespace {

// Indexes of one part. Probes that would need more (each leaves other variables unbound) look
// through the whole part.
constexpr std::size_t kMostIndexes = 32;
constexpr std::size_t kStepsPerInterrupt = 4096;

bool holds(SharedSet set, std::size_t key) {
  return (set >> key & 1) != 0;
}

std::uint32_t tag_of(std::uint64_t hash) {
  return static_cast<std::uint32_t>(hash >> 32);
}

}  // namespace

void JoinTable::open(std::size_t width, std::vector<std::size_t> keys, MemoryBudget& budget,
                     const Interrupt& interrupt) {
  parts_.clear();
  rows_.open(width, budget, interrupt);
  keys_ = std::move(keys);
  budget_ = &budget;
  interrupt_ = &interrupt;
}

void JoinTable::finish() {
  const RowNumber rows = static_cast<RowNumber>(rows_.rows());
  if (rows == 0) return;
  SharedSet all = 0;
  for (std::size_t key = 0; key < keys_.size(); ++key)
    all |= SharedSet{1} << key;
  const bool complete = std::all_of(keys_.begin(), keys_.end(), [&](std::size_t column) {
    interrupt_->check();
    const Column& values = rows_.columns()[column];
    return std::find(values.begin(), values.end(), kUnbound) == values.end();
  });
  if (complete)
    parts_.push_back({.bound = all, .begin = 0, .end = rows});
  else
    group_by_bound();
}

void JoinTable::group_by_bound() {
  const RowNumber rows = static_cast<RowNumber>(rows_.rows());
  MemoryLease lease(*budget_);
  lease.resize(rows * (sizeof(SharedSet) + sizeof(RowNumber) + sizeof(TermId)));
  std::vector<SharedSet> bound(rows);
  for (std::size_t key = 0; key < keys_.size(); ++key) {
    const Column& values = rows_.columns()[keys_[key]];
    interrupt_->check();
    for (RowNumber row = 0; row < rows; ++row)
      bound[row] |= static_cast<SharedSet>(static_cast<bool>(values[row])) << key;
  }
  std::vector<RowNumber> order(rows);
  for (RowNumber row = 0; row < rows; ++row)
    order[row] = row;
  std::size_t compared = 0;
  std::sort(order.begin(), order.end(), [&](RowNumber a, RowNumber b) {
    if (++compared % kStepsPerInterrupt == 0) interrupt_->check();
    return bound[a] != bound[b] ? bound[a] < bound[b] : a < b;
  });
  rows_.rearrange(order);
  for (RowNumber row = 0; row < rows; ++row) {
    if (parts_.empty() || parts_.back().bound != bound[order[row]])
      parts_.push_back({.bound = bound[order[row]], .begin = row, .end = row});
    parts_.back().end = row + 1;
  }
}

const JoinTable::Index& JoinTable::index_for(Part& part, SharedSet keys) {
  for (const auto& index : part.indexes)
    if (index->keys == keys) return *index;
  if (part.indexes.size() >= kMostIndexes && keys != 0) return index_for(part, 0);
  part.indexes.push_back(build(part, keys));
  return *part.indexes.back();
}

std::unique_ptr<JoinTable::Index> JoinTable::build(const Part& part, SharedSet keys) {
  const std::size_t count = part.end - part.begin;
  const std::size_t size = keys == 0 ? 0 : std::bit_ceil(count * 2);
  auto index = std::make_unique<Index>(keys, *budget_);
  index->lease.resize(size * sizeof(Slot) + count * sizeof(RowNumber));
  assign_in_parts(index->next, count, kNoRow, *interrupt_);
  assign_in_parts(index->slots, size, Slot(), *interrupt_);
  std::vector<const Column*> columns;
  for (std::size_t key = 0; key < keys_.size(); ++key)
    if (holds(keys, key)) columns.push_back(&rows_.columns()[keys_[key]]);
  const auto equal = [&](RowNumber a, RowNumber b) {
    return std::all_of(columns.begin(), columns.end(),
                       [&](const Column* column) { return (*column)[a] == (*column)[b]; });
  };
  // From the last row to the first: each goes in front of its chain, which so ascends.
  for (RowNumber row = part.end; row-- > part.begin;) {
    if (row % kStepsPerInterrupt == 0) interrupt_->check();
    if (keys == 0) {
      if (row + 1 < part.end) index->next[row - part.begin] = row + 1;
      continue;
    }
    std::uint64_t hash = 0;
    for (const Column* column : columns)
      hash = mix_hash(hash, (*column)[row]);
    std::size_t at = hash & (size - 1);
    while (index->slots[at].first != kNoRow &&
           (index->slots[at].tag != tag_of(hash) || !equal(index->slots[at].first, row)))
      at = (at + 1) & (size - 1);
    index->next[row - part.begin] = index->slots[at].first;
    index->slots[at] = {row, tag_of(hash)};
  }
  return index;
}

RowNumber JoinTable::first(const Part& part, const Index& index, const TermId* probe) const {
  if (index.keys == 0) return part.begin;
  std::uint64_t hash = 0;
  for (std::size_t key = 0; key < keys_.size(); ++key)
    if (holds(index.keys, key)) hash = mix_hash(hash, probe[key]);
  const auto equal = [&](RowNumber row) {
    for (std::size_t key = 0; key < keys_.size(); ++key)
      if (holds(index.keys, key) && rows_.columns()[keys_[key]][row] != probe[key]) return false;
    return true;
  };
  const std::size_t mask = index.slots.size() - 1;
  for (std::size_t at = hash & mask; index.slots[at].first != kNoRow; at = (at + 1) & mask)
    if (index.slots[at].tag == tag_of(hash) && equal(index.slots[at].first))
      return index.slots[at].first;
  return kNoRow;
}

bool JoinTable::compatible(RowNumber row, const TermId* probe) const {
  for (std::size_t key = 0; key < keys_.size(); ++key) {
    const TermId value = rows_.columns()[keys_[key]][row];
    if (value && probe[key] && value != probe[key]) return false;
  }
  return true;
}

JoinTable::Cursor JoinTable::find(const std::vector<TermId>& probe, bool must_share) {
  Cursor cursor;
  cursor.table_ = this;
  cursor.probe_ = probe.data();
  cursor.must_share_ = must_share;
  for (std::size_t key = 0; key < keys_.size(); ++key)
    cursor.bound_ |= static_cast<SharedSet>(static_cast<bool>(probe[key])) << key;
  return cursor;
}

bool JoinTable::Cursor::next_part() {
  while (table_ && part_ < table_->parts_.size()) {
    Part& part = table_->parts_[part_++];
    const SharedSet both = part.bound & bound_;
    if (must_share_ && both == 0) continue;
    const Index& index = table_->index_for(part, both);
    row_ = table_->first(part, index, probe_);
    next_ = index.next.data();
    begin_ = part.begin;
    compare_ = index.keys != both;
    if (row_ != kNoRow) return true;
  }
  return false;
}

RowNumber JoinTable::Cursor::next() {
  while (row_ != kNoRow || next_part()) {
    const RowNumber found = row_;
    row_ = next_[found - begin_];
    if (++steps_ % kStepsPerInterrupt == 0) table_->interrupt_->check();
    if (!compare_ || table_->compatible(found, probe_)) return found;
  }
  return kNoRow;
}

}  // namespace tripten
