#include "query/exec/row_set.h"

#include "query/exec/row_hash.h"

namespace tripten {

namespace {

std::uint64_t hash_values(const TermId* values, std::size_t width) {
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < width; ++i)
    hash = mix_hash(hash, values[i]);
  return hash;
}

}  // namespace

void RowSet::open(std::size_t width, MemoryBudget& budget, const Interrupt& interrupt) {
  rows_.open(width, budget, interrupt);
  slots_.open(budget, interrupt);
  row_.resize(width);
}

void RowSet::clear() {
  rows_.clear();
  slots_.clear();
}

bool RowSet::is_row(RowNumber row, const TermId* values) const {
  for (std::size_t i = 0; i < rows_.width(); ++i)
    if (rows_.columns()[i][row] != values[i]) return false;
  return true;
}

RowSet::Added RowSet::insert(const TermId* values, std::uint64_t hash) {
  NumberSlots::Slot& slot =
      slots_.find(hash, [&](std::uint32_t number) { return is_row(number - 1, values); });
  if (slot.number) return {slot.number - 1, false};
  rows_.append_row(values);
  slot = NumberSlots::slot_of(hash, static_cast<std::uint32_t>(rows_.rows()));
  return {slot.number - 1, true};
}

void RowSet::add(const std::vector<const Column*>& columns, std::size_t rows,
                 std::vector<RowNumber>& numbers) {
  slots_.make_room(size() + rows);
  hash_rows(columns, rows, hashes_);
  for (std::size_t row = 0; row < rows; ++row)
    slots_.prefetch(hashes_[row]);
  numbers.resize(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t i = 0; i < columns.size(); ++i)
      row_[i] = (*columns[i])[row];
    numbers[row] = insert(row_.data(), hashes_[row]).number;
  }
}

RowSet::Added RowSet::add(const TermId* values) {
  slots_.make_room(size() + 1);
  return insert(values, hash_values(values, rows_.width()));
}

RowNumber RowSet::find(const TermId* values) const {
  if (slots_.is_empty()) return kNoRow;
  const NumberSlots::Slot& slot =
      slots_.find(hash_values(values, rows_.width()),
                  [&](std::uint32_t number) { return is_row(number - 1, values); });
  return slot.number ? slot.number - 1 : kNoRow;
}

}  // namespace tripten
