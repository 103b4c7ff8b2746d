#include "query/exec/group_table.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "tripten/error.h"

#include "base/check.h"
#include "base/grow.h"
#include "query/exec/row_hash.h"

namespace tripten {

namespace {

// The array may have so many entries, and more where there are groups to fill them.
constexpr std::uint64_t kArrayEntries = std::uint64_t{1} << 18;
constexpr std::uint64_t kEntriesPerGroup = 16;
constexpr std::size_t kLeastToEnter = std::size_t{1} << 14;
constexpr std::size_t kGroupsPerInterrupt = std::size_t{1} << 16;
constexpr std::size_t kMostGroups = ~std::uint32_t{0} - 1;

}  // namespace

void GroupTable::open(std::size_t width, MemoryBudget& budget, const Interrupt& interrupt) {
  interrupt_ = &interrupt;
  width_ = width;
  release(keys_);
  is_array_ = width == 1;
  low_ = 0;
  release(numbers_);
  slots_.open(budget, interrupt);
  lease_.emplace(budget);
}

void GroupTable::charge(std::size_t numbers, std::size_t keys) {
  lease_->resize(numbers * sizeof(std::uint32_t) + keys * sizeof(TermId));
}

void GroupTable::make_room_for_keys(std::size_t more) {
  if (size() + more >= kMostGroups)
    throw Error(ErrorCode::Limit, "a step of the query would keep more than 4 billion groups");
  if (keys_.size() + more * width_ <= keys_.capacity()) return;
  const std::size_t wanted = std::max(2 * keys_.capacity(), keys_.size() + more * width_);
  charge(numbers_.size(), wanted);
  reserve_in_parts(keys_, wanted, *interrupt_);
}

std::uint32_t GroupTable::add_key(const std::vector<const Column*>& keys, std::size_t row) {
  for (const Column* column : keys)
    keys_.push_back((*column)[row]);
  return static_cast<std::uint32_t>(size());
}

void GroupTable::find(const std::vector<const Column*>& keys, std::size_t rows,
                      std::vector<std::uint32_t>& numbers) {
  numbers.resize(rows);
  make_room_for_keys(rows);
  if (width_ == 1 && !is_array_ && size() >= enter_at_) enter_array();
  if (is_array_ && find_near(*keys[0], rows, numbers)) return;
  slots_.make_room(size() + rows);
  if (is_array_) leave_array();
  hash_rows(keys, rows, hashes_);
  for (std::size_t row = 0; row < rows; ++row)
    slots_.prefetch(hashes_[row]);
  for (std::size_t row = 0; row < rows; ++row)
    if (const std::uint32_t number = slots_.first_number(hashes_[row]))
      __builtin_prefetch(&keys_[(number - 1) * width_]);
  for (std::size_t row = 0; row < rows; ++row) {
    NumberSlots::Slot& slot =
        slots_.find(hashes_[row], [&](std::uint32_t number) { return is_key(number, keys, row); });
    if (!slot.number) slot = NumberSlots::slot_of(hashes_[row], add_key(keys, row));
    numbers[row] = slot.number - 1;
  }
}

void GroupTable::find_known(const std::vector<const Column*>& keys, std::size_t rows,
                            std::vector<std::uint32_t>& numbers) {
  numbers.assign(rows, kNoGroup);
  if (is_array_) {
    for (std::size_t row = 0; row < rows; ++row) {
      const std::uint64_t at = (*keys[0])[row].bits() - low_;
      if (at < numbers_.size() && numbers_[at]) numbers[row] = numbers_[at] - 1;
    }
    return;
  }
  if (slots_.is_empty()) return;
  hash_rows(keys, rows, hashes_);
  for (std::size_t row = 0; row < rows; ++row) {
    const NumberSlots::Slot& slot =
        slots_.find(hashes_[row], [&](std::uint32_t number) { return is_key(number, keys, row); });
    if (slot.number) numbers[row] = slot.number - 1;
  }
}

void GroupTable::clear() {
  if (is_array_)
    for (const TermId key : keys_)
      numbers_[key.bits() - low_] = 0;
  else
    slots_.clear(size());
  keys_.clear();
}

void GroupTable::keep_from(std::size_t group) {
  check(!is_array_, "groups of one column are not forgotten");
  keys_.erase(keys_.begin(), keys_.begin() + static_cast<std::ptrdiff_t>(group * width_));
  slots_.clear();
  hash_keys();
}

bool GroupTable::is_key(std::uint32_t number, const std::vector<const Column*>& keys,
                        std::size_t row) const {
  const TermId* key = &keys_[(number - 1) * width_];
  for (std::size_t i = 0; i < width_; ++i)
    if (key[i] != (*keys[i])[row]) return false;
  return true;
}

/// Puts all keys into empty slots.
void GroupTable::hash_keys() {
  const std::size_t groups = size();
  slots_.make_room(groups);
  for (std::size_t group = 0; group < groups; ++group) {
    if (group % kGroupsPerInterrupt == 0) interrupt_->check();
    std::uint64_t hash = 0;
    for (std::size_t i = 0; i < width_; ++i)
      hash = mix_hash(hash, key(group, i));
    slots_.add(hash, static_cast<std::uint32_t>(group + 1));
  }
}

/// The array's way; false where the ids lie too far apart.
bool GroupTable::find_near(const Column& keys, std::size_t rows,
                           std::vector<std::uint32_t>& numbers) {
  if (!cover(keys, rows)) return false;
  const std::vector<const Column*> columns{&keys};
  for (std::size_t row = 0; row < rows; ++row) {
    std::uint32_t& number = numbers_[keys[row].bits() - low_];
    if (number == 0) number = add_key(columns, row);
    numbers[row] = number - 1;
  }
  return true;
}

/// Makes the array reach over the keys.
bool GroupTable::cover(const Column& keys, std::size_t rows) {
  if (rows == 0) return true;
  const auto [first, last] =
      std::minmax_element(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(rows));
  const std::uint64_t low = first->bits(), high = last->bits(), end = low_ + numbers_.size();
  if (low >= low_ && high < end) return true;
  const std::uint64_t from = numbers_.empty() ? low : std::min(low, low_);
  const std::uint64_t to = numbers_.empty() ? high : std::max(high, end - 1);
  if (to - from >= std::max(kArrayEntries, kEntriesPerGroup * this->size())) return false;
  // Grow towards where the ids went, twice as large at least.
  const std::uint64_t size = std::max(to - from + 1, std::uint64_t{2} * numbers_.size());
  if (to >= ~std::uint64_t{0} - 2 * size) return false;
  const bool grows_up = numbers_.empty() || from == low_;
  const std::uint64_t start = grows_up ? from : to + 1 - std::min(size, to + 1);
  charge(numbers_.size() + size, keys_.capacity());
  std::vector<std::uint32_t> wider;
  assign_in_parts(wider, size, 0u, *interrupt_);
  if (!numbers_.empty())
    std::copy(numbers_.begin(), numbers_.end(),
              wider.begin() + static_cast<std::ptrdiff_t>(low_ - start));
  numbers_ = std::move(wider);
  low_ = start;
  charge(numbers_.size(), keys_.capacity());
  return true;
}

/// Keys that are few for their range leave the array, and come back where there are many of them,
/// if memory has room for it.
void GroupTable::enter_array() {
  enter_at_ = 2 * size();
  const auto [first, last] = std::minmax_element(keys_.begin(), keys_.end());
  const std::uint64_t entries = last->bits() - first->bits() + 1;
  if (entries > kEntriesPerGroup * size()) return;
  try {
    charge(entries, keys_.capacity());
  } catch (const Error& error) {
    if (error.code != ErrorCode::Limit) throw;
    return;
  }
  assign_in_parts(numbers_, entries, 0u, *interrupt_);
  low_ = first->bits();
  for (std::size_t group = 0; group < size(); ++group) {
    if (group % kGroupsPerInterrupt == 0) interrupt_->check();
    numbers_[keys_[group].bits() - low_] = static_cast<std::uint32_t>(group + 1);
  }
  slots_.clear(0);
  is_array_ = true;
}

void GroupTable::leave_array() {
  is_array_ = false;
  enter_at_ = std::max(kLeastToEnter, 2 * size());
  release(numbers_);
  charge(0, keys_.capacity());
  hash_keys();
}

}  // namespace tripten
