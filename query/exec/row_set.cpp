#include "query/exec/row_set.h"

#include <algorithm>
#include <bit>

#include "base/grow.h"
#include "query/exec/row_hash.h"

namespace tripten {

namespace {

constexpr std::size_t kRowsPerInterrupt = std::size_t{1} << 16;

std::uint32_t tag_of(std::uint64_t hash) {
  return static_cast<std::uint32_t>(hash >> 32);
}

std::uint64_t hash_values(const TermId* values, std::size_t width) {
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < width; ++i)
    hash = mix_hash(hash, values[i]);
  return hash;
}

bool is_row(const std::vector<Column>& columns, RowNumber row, const TermId* values) {
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i][row] != values[i]) return false;
  return true;
}

}  // namespace

void RowSet::open(std::size_t width, MemoryBudget& budget, const Interrupt& interrupt) {
  rows_.open(width, budget, interrupt);
  interrupt_ = &interrupt;
  lease_.emplace(budget);
  slots_ = {};
  row_.resize(width);
}

void RowSet::clear() {
  rows_.clear();
  std::fill(slots_.begin(), slots_.end(), Slot());
}

void RowSet::make_room(std::size_t more) {
  const std::size_t wanted = (rows_.rows() + more) * 2;
  if (wanted > slots_.size()) rehash(std::bit_ceil(std::max<std::size_t>(wanted, 32)));
}

void RowSet::rehash(std::size_t size) {
  lease_->resize(size * sizeof(Slot));
  assign_in_parts(slots_, size, Slot(), *interrupt_);
  for (RowNumber row = 0; row < rows_.rows(); ++row) {
    if (row % kRowsPerInterrupt == 0) interrupt_->check();
    std::uint64_t hash = 0;
    for (const Column& column : rows_.columns())
      hash = mix_hash(hash, column[row]);
    std::size_t at = hash & (size - 1);
    while (slots_[at].number)
      at = (at + 1) & (size - 1);
    slots_[at] = {row + 1, tag_of(hash)};
  }
}

RowSet::Added RowSet::insert(const TermId* values, std::uint64_t hash) {
  make_room(1);
  std::size_t at = hash & (slots_.size() - 1);
  while (slots_[at].number) {
    if (slots_[at].tag == tag_of(hash) && is_row(rows_.columns(), slots_[at].number - 1, values))
      return {slots_[at].number - 1, false};
    at = (at + 1) & (slots_.size() - 1);
  }
  rows_.append_row(values);
  slots_[at] = {static_cast<RowNumber>(rows_.rows()), tag_of(hash)};
  return {slots_[at].number - 1, true};
}

void RowSet::add(const std::vector<const Column*>& columns, std::size_t rows,
                 std::vector<RowNumber>& numbers) {
  hash_rows(columns, rows, hashes_);
  numbers.resize(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t i = 0; i < columns.size(); ++i)
      row_[i] = (*columns[i])[row];
    numbers[row] = insert(row_.data(), hashes_[row]).number;
  }
}

RowSet::Added RowSet::add(const TermId* values) {
  return insert(values, hash_values(values, rows_.width()));
}

RowNumber RowSet::find(const TermId* values) const {
  if (slots_.empty()) return kNoRow;
  const std::uint64_t hash = hash_values(values, rows_.width());
  for (std::size_t at = hash & (slots_.size() - 1); slots_[at].number;
       at = (at + 1) & (slots_.size() - 1))
    if (slots_[at].tag == tag_of(hash) && is_row(rows_.columns(), slots_[at].number - 1, values))
      return slots_[at].number - 1;
  return kNoRow;
}

}  // namespace tripten
