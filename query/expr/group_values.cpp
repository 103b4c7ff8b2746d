#include "query/expr/group_values.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace tripten {

GroupValues::Slot GroupValues::slot_of(TermId value, std::uint32_t group) {
  constexpr std::uint64_t kMask = (std::uint64_t{1} << kChunkBits) - 1;
  return {value.bits() >> kChunkBits, group, std::uint32_t{1} << (value.bits() & kMask)};
}

std::uint64_t GroupValues::hash(const Slot& slot) {
  return std::hash<TermId>{}(TermId(slot.chunk + slot.group * 0x9e3779b97f4a7c15ULL));
}

void GroupValues::grow(std::size_t groups, std::size_t rows) {
  make_room(rows);
  if (groups <= last_.size()) return;
  const std::size_t before = last_.capacity();
  if (groups > before) {
    const std::size_t wanted = std::max({groups, 2 * before, std::size_t{16}});
    lease_.resize(slots_.size() * sizeof(Slot) + wanted * sizeof(TermId));
    last_.reserve(wanted);
  }
  last_.resize(groups);
}

void GroupValues::make_room(std::size_t more) {
  const std::size_t wanted = (size_ + more) * 2;
  if (wanted > slots_.size()) rehash(std::bit_ceil(std::max<std::size_t>(wanted, 64)));
}

void GroupValues::rehash(std::size_t size) {
  const std::size_t last_bytes = last_.capacity() * sizeof(TermId);
  lease_.resize((size + slots_.size()) * sizeof(Slot) + last_bytes);
  {
    const std::vector<Slot> before = std::exchange(slots_, std::vector<Slot>(size));
    shift_ = 64 - std::countr_zero(size);
    size_ = 0;
    for (const Slot& slot : before)
      if (slot.members) insert(slot, hash(slot));
  }
  lease_.resize(size * sizeof(Slot) + last_bytes);
}

bool GroupValues::insert(const Slot& added, std::uint64_t hash) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = place(hash);
  while (slots_[at].members && (slots_[at].chunk != added.chunk || slots_[at].group != added.group))
    at = (at + 1) & mask;
  Slot& slot = slots_[at];
  const std::uint32_t before = slot.members;
  if (!before) ++size_;
  slot = {added.chunk, added.group, before | added.members};
  return slot.members != before;
}

void GroupValues::add(std::span<const TermId> values, std::span<const std::uint32_t> groups,
                      std::vector<std::uint32_t>& added) {
  added.clear();
  for (std::uint32_t row = 0; row < values.size(); ++row) {
    TermId& last = last_[groups[row]];
    if (values[row] && last == values[row]) continue;
    last = values[row];
    added.push_back(row);
  }
  make_room(added.size());
  hashes_.resize(added.size());
  for (std::size_t i = 0; i < added.size(); ++i) {
    hashes_[i] = hash(slot_of(values[added[i]], groups[added[i]]));
    __builtin_prefetch(&slots_[place(hashes_[i])], 1);
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < added.size(); ++i)
    if (insert(slot_of(values[added[i]], groups[added[i]]), hashes_[i])) added[kept++] = added[i];
  added.resize(kept);
}

void GroupValues::keep_from(std::size_t group) {
  const auto first = static_cast<std::uint32_t>(group);
  std::vector<Slot> kept;
  for (Slot& slot : slots_) {
    if (slot.members && slot.group >= first)
      kept.push_back({slot.chunk, slot.group - first, slot.members});
    slot = Slot();
  }
  constexpr std::size_t kMostPerSlot = 32;
  if (slots_.size() > kMostPerSlot * (kept.size() + 2)) {
    std::vector<Slot>(std::bit_ceil(2 * (kept.size() + 2))).swap(slots_);
    shift_ = 64 - std::countr_zero(slots_.size());
    lease_.resize(slots_.size() * sizeof(Slot) + last_.capacity() * sizeof(TermId));
  }
  size_ = 0;
  for (const Slot& slot : kept)
    insert(slot, hash(slot));
  last_.erase(last_.begin(), last_.begin() + static_cast<std::ptrdiff_t>(group));
}

}  // namespace tripten
