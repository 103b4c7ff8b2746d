#include "query/exec/join_table.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "base/grow.h"
#include "query/exec/row_hash.h"

namespace tripten {

namespace {

// Indexes of one part. Probes that would need more (each leaves other variables unbound) look
// through the whole part.
constexpr std::size_t kMostIndexes = 32;
constexpr std::size_t kStepsPerInterrupt = 4096;
// The array of first rows may have so many entries for each row: they take what slots would. One
// that the caches hold may have more of them.
constexpr std::uint64_t kEntriesPerRow = 8, kCachedEntriesPerRow = 64;
constexpr std::uint64_t kSmallArray = 1024, kCachedArray = std::uint64_t{1} << 20;

std::uint64_t most_entries(std::uint64_t rows) {
  return std::max(
      {kSmallArray, kEntriesPerRow * rows, std::min(kCachedArray, kCachedEntriesPerRow * rows)});
}
// Rows that are put into slots together: fewer than a processor's cache has lines.
constexpr RowNumber kRowsPerPass = 256;

bool holds(SharedSet set, std::size_t key) {
  return (set >> key & 1) != 0;
}

bool have_same(const std::vector<const Column*>& columns, RowNumber a, RowNumber b) {
  return std::all_of(columns.begin(), columns.end(),
                     [&](const Column* column) { return (*column)[a] == (*column)[b]; });
}

}  // namespace

void JoinTable::open(std::size_t width, std::vector<std::size_t> keys, MemoryBudget& budget,
                     const Interrupt& interrupt) {
  parts_.clear();
  complete_ = nullptr;
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
  is_complete_ = std::all_of(keys_.begin(), keys_.end(), [&](std::size_t column) {
    interrupt_->check();
    const Column& values = rows_.columns()[column];
    return std::find(values.begin(), values.end(), kUnbound) == values.end();
  });
  if (is_complete_)
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
    if (index->keys == keys && !index->has_runs) return *index;
  if (part.indexes.size() >= kMostIndexes && keys != 0) return index_for(part, 0);
  part.indexes.push_back(build(part, keys));
  return *part.indexes.back();
}

std::unique_ptr<JoinTable::Index> JoinTable::build(const Part& part, SharedSet keys) {
  const std::size_t count = part.end - part.begin;
  auto index = std::make_unique<Index>(keys, *budget_);
  index->lease.resize(count * sizeof(RowNumber));
  assign_in_parts(index->next, count, kNoRow, *interrupt_);
  std::vector<const Column*> columns;
  for (std::size_t key = 0; key < keys_.size(); ++key)
    if (holds(keys, key)) columns.push_back(&rows_.columns()[keys_[key]]);
  if (keys == 0)
    for (std::size_t row = 0; row + 1 < count; ++row)
      index->next[row] = part.begin + static_cast<RowNumber>(row) + 1;
  else if (columns.size() > 1 || !fill_array(*index, part, *columns[0]))
    fill_slots(*index, part, columns);
  return index;
}

/// False where the ids lie too far apart.
bool JoinTable::fill_array(Index& index, const Part& part, const Column& values) const {
  const auto begin = values.begin() + static_cast<std::ptrdiff_t>(part.begin);
  const auto [low, high] =
      std::minmax_element(begin, begin + static_cast<std::ptrdiff_t>(part.end - part.begin));
  const std::uint64_t last = high->bits() - low->bits();
  if (last >= most_entries(part.end - part.begin)) return false;
  index.is_array = true;
  index.low = low->bits();
  index.lease.resize((index.next.size() + last + 1) * sizeof(RowNumber));
  assign_in_parts(index.firsts, last + 1, kNoRow, *interrupt_);
  // From the last row to the first: each goes in front of its chain, which so ascends.
  for (RowNumber row = part.end; row-- > part.begin;) {
    if (row % kStepsPerInterrupt == 0) interrupt_->check();
    RowNumber& first = index.firsts[values[row].bits() - index.low];
    index.next[row - part.begin] = std::exchange(first, row);
  }
  return true;
}

void JoinTable::fill_slots(Index& index, const Part& part,
                           const std::vector<const Column*>& columns) const {
  index.slots.open(*budget_, *interrupt_);
  index.slots.make_room(part.end - part.begin);
  std::array<std::uint64_t, kRowsPerPass> hashes;
  for (RowNumber end = part.end; end > part.begin;) {
    interrupt_->check();
    const RowNumber begin = end - std::min(kRowsPerPass, end - part.begin);
    for (RowNumber row = begin; row < end; ++row) {
      std::uint64_t& hash = hashes[row - begin] = 0;
      for (const Column* column : columns)
        hash = mix_hash(hash, (*column)[row]);
      index.slots.prefetch(hash);
    }
    for (RowNumber row = end; row-- > begin;) {
      const std::uint64_t hash = hashes[row - begin];
      NumberSlots::Slot& slot = index.slots.find(
          hash, [&](std::uint32_t number) { return have_same(columns, number - 1, row); });
      if (slot.number) index.next[row - part.begin] = slot.number - 1;
      slot = NumberSlots::slot_of(hash, row + 1);
    }
    end = begin;
  }
}

RowNumber JoinTable::first(const Part& part, const Index& index, const TermId* probe) const {
  if (index.keys == 0) return part.begin;
  if (index.is_array) {
    const std::uint64_t at =
        probe[static_cast<std::size_t>(std::countr_zero(index.keys))].bits() - index.low;
    return at < index.firsts.size() ? index.firsts[at] : kNoRow;
  }
  std::uint64_t hash = 0;
  for (std::size_t key = 0; key < keys_.size(); ++key)
    if (holds(index.keys, key)) hash = mix_hash(hash, probe[key]);
  const NumberSlots::Slot& slot = index.slots.find(hash, [&](std::uint32_t number) {
    for (std::size_t key = 0; key < keys_.size(); ++key)
      if (holds(index.keys, key) && rows_.columns()[keys_[key]][number - 1] != probe[key])
        return false;
    return true;
  });
  return slot.number ? slot.number - 1 : kNoRow;
}

/// Turns chains of neighbours into ends of runs; cursors have no use for the index from then on.
void JoinTable::find_runs(Index& index) const {
  std::vector<RowNumber>& next = index.next;
  for (RowNumber row = 0; row < next.size(); ++row) {
    if (row % kStepsPerInterrupt == 0) interrupt_->check();
    if (next[row] != kNoRow && next[row] != row + 1) return;
  }
  index.has_runs = true;
  RowNumber end = 0;
  for (auto row = static_cast<RowNumber>(next.size()); row-- > 0;) {
    if (next[row] == kNoRow) end = row + 1;
    next[row] = end;
  }
}

void JoinTable::find_firsts(const std::vector<const Column*>& probe, std::size_t rows,
                            std::vector<RowNumber>& firsts) {
  firsts.assign(rows, kNoRow);
  if (parts_.empty()) return;
  const Part& part = parts_[0];
  if (!complete_) {
    parts_[0].indexes.push_back(build(part, part.bound));
    find_runs(*parts_[0].indexes.back());
    complete_ = parts_[0].indexes.back().get();
  }
  const Index& index = *complete_;
  if (index.keys == 0) {
    std::fill(firsts.begin(), firsts.end(), part.begin);
    return;
  }
  if (index.is_array) {
    const Column& values = *probe[0];
    for (std::size_t row = 0; row < rows; ++row) {
      const std::uint64_t at = values[row].bits() - index.low;
      if (at < index.firsts.size()) firsts[row] = index.firsts[at];
    }
    for (const RowNumber first : firsts)
      if (first != kNoRow) __builtin_prefetch(&index.next[first]);
    return;
  }
  hash_rows(probe, rows, hashes_);
  for (std::size_t row = 0; row < rows; ++row)
    index.slots.prefetch(hashes_[row]);
  for (std::size_t row = 0; row < rows; ++row) {
    const NumberSlots::Slot& slot = index.slots.find(hashes_[row], [&](std::uint32_t number) {
      for (std::size_t key = 0; key < keys_.size(); ++key)
        if (rows_.columns()[keys_[key]][number - 1] != (*probe[key])[row]) return false;
      return true;
    });
    if (slot.number) firsts[row] = slot.number - 1;
  }
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
