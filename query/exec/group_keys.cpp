#include "query/exec/group_keys.h"

#include <algorithm>

#include "base/grow.h"

namespace tripten {

void GroupKeys::open(Way way, std::size_t width, std::vector<std::size_t> part_keys,
                     MemoryBudget& budget, const Interrupt& interrupt) {
  way_ = way;
  width_ = width;
  part_keys_ = std::move(part_keys);
  other_keys_.clear();
  for (std::size_t key = 0; key < width; ++key)
    if (std::find(part_keys_.begin(), part_keys_.end(), key) == part_keys_.end())
      other_keys_.push_back(key);
  budget_ = &budget;
  interrupt_ = &interrupt;
  count_ = part_begin_ = 0;
  if (way != Way::Sorted)
    table_.open(way == Way::Parted ? other_keys_.size() : width, budget, interrupt);
  keys_ = std::vector<Column>(width);
  lease_.emplace(budget);
}

void GroupKeys::find(const Keys& keys, std::size_t rows, std::vector<std::uint32_t>& numbers) {
  switch (way_) {
    case Way::Sorted:
      find_changes(keys, rows, numbers);
      break;
    case Way::Parted:
      find_in_parts(keys, rows, numbers);
      break;
    case Way::Hashed:
      table_.find(keys, rows, numbers);
      count_ = table_.size();
      return;
  }
  std::size_t kept = 0;
  for (const Column& column : keys_)
    kept += column.capacity() * sizeof(TermId);
  lease_->resize(kept);
}

std::size_t GroupKeys::complete() const {
  switch (way_) {
    case Way::Sorted:
      return count_ - std::min<std::size_t>(count_, 1);
    case Way::Parted:
      return part_begin_;
    default:
      return 0;
  }
}

void GroupKeys::append_keys(const Keys& keys, std::size_t row) {
  for (std::size_t key = 0; key < width_; ++key)
    keys_[key].push_back((*keys[key])[row]);
}

void GroupKeys::find_changes(const Keys& keys, std::size_t rows,
                             std::vector<std::uint32_t>& numbers) {
  numbers.resize(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    if (count_ == 0 || !is_of_last(keys, row)) {
      append_keys(keys, row);
      ++count_;
    }
    numbers[row] = static_cast<std::uint32_t>(count_ - 1);
  }
}

bool GroupKeys::is_of_last(const Keys& keys, std::size_t row) const {
  for (std::size_t key = 0; key < width_; ++key)
    if (keys_[key].back() != (*keys[key])[row]) return false;
  return true;
}

void GroupKeys::find_in_parts(const Keys& keys, std::size_t rows,
                              std::vector<std::uint32_t>& numbers) {
  numbers.resize(rows);
  for (std::size_t begin = 0, end = 0; begin < rows; begin = end) {
    end = end_of_part(keys, begin, rows);
    if (!is_of_last_part(keys, begin)) {
      part_begin_ = count_;
      table_.clear();
    }
    find_in_part(keys, begin, end, numbers);
  }
}

std::size_t GroupKeys::end_of_part(const Keys& keys, std::size_t begin, std::size_t rows) const {
  std::size_t end = rows;
  for (const std::size_t key : part_keys_) {
    const Column& values = *keys[key];
    std::size_t at = begin + 1;
    while (at < end && values[at] == values[begin])
      ++at;
    end = at;
  }
  return end;
}

bool GroupKeys::is_of_last_part(const Keys& keys, std::size_t row) const {
  return std::all_of(part_keys_.begin(), part_keys_.end(), [&](std::size_t key) {
    return !keys_[key].empty() && keys_[key].back() == (*keys[key])[row];
  });
}

/// Rows [begin, end) are of the part at hand.
void GroupKeys::find_in_part(const Keys& keys, std::size_t begin, std::size_t end,
                             std::vector<std::uint32_t>& numbers) {
  part_columns_.resize(other_keys_.size());
  Keys columns;
  for (std::size_t i = 0; i < other_keys_.size(); ++i) {
    const Column& values = *keys[other_keys_[i]];
    if (begin == 0) {
      columns.push_back(&values);
      continue;
    }
    part_columns_[i].assign(values.begin() + static_cast<std::ptrdiff_t>(begin),
                            values.begin() + static_cast<std::ptrdiff_t>(end));
    columns.push_back(&part_columns_[i]);
  }
  table_.find(columns, end - begin, numbers_in_part_);
  for (std::size_t row = begin; row < end; ++row) {
    const std::size_t number = part_begin_ + numbers_in_part_[row - begin];
    numbers[row] = static_cast<std::uint32_t>(number);
    if (number != count_) continue;
    append_keys(keys, row);
    ++count_;
  }
}

void GroupKeys::keep_from(std::size_t group) {
  for (Column& column : keys_)
    column.erase(column.begin(), column.begin() + static_cast<std::ptrdiff_t>(group));
  count_ -= group;
  part_begin_ -= std::min(part_begin_, group);
}

std::size_t GroupKeys::most_in_part() const {
  constexpr std::size_t kFewest = 1024, kMost = std::size_t{1} << 20, kBytesOfGroup = 1024;
  return std::clamp(budget_->limit() / kBytesOfGroup, kFewest, kMost);
}

void GroupKeys::leave_parts() {
  way_ = Way::Hashed;
  table_.open(width_, *budget_, *interrupt_);
  Keys columns;
  for (const Column& column : keys_)
    columns.push_back(&column);
  table_.find(columns, count_, numbers_in_part_);
  for (Column& column : keys_)
    release(column);
  lease_->resize(0);
}

}  // namespace tripten
