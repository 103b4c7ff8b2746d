// NumberSlots: numbers of rows by the hashes of the rows; open addressing with linear probing.
//
// A slot has a number (from 1; 0 is free) and the upper half of its row's hash, the tag, whose
// upper bits are the place to look first. So slots lie in the order of their tags, and a table that
// grows is read from its first slot to its last and written likewise, without a look at the rows:
//
//   tag 0010..  0101..  0110..  1101..      slots 0 to 3    by 2 bits
//       └──┐       └──┐   └──┐     └───┐
//   .  0010..  .  .  0101..  0110.. .. 1101..  slots 0 to 7    by 3 bits
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/interrupt.h"
#include "base/memory_budget.h"

namespace tripten {

class NumberSlots {
 public:
  struct Slot {
    std::uint32_t number = 0;
    std::uint32_t tag = 0;
  };

  /// Empties it. Growing asks `interrupt`, which outlives the table's use.
  void open(MemoryBudget& budget, const Interrupt& interrupt);
  void clear() { std::fill(slots_.begin(), slots_.end(), Slot()); }
  /// Drops the numbers, and most of the memory where so few of them were in so much of it.
  void clear(std::size_t numbers);

  /// Makes room for so many numbers in all, with half of the slots free. Throws Limit, and the
  /// table is as it was; where it is interrupted the table is lost.
  void make_room(std::size_t numbers) {
    if (2 * numbers > slots_.size()) grow(numbers);
  }
  bool is_empty() const { return slots_.empty(); }

  /// Asks for the memory of the slot that is looked at first.
  void prefetch(std::uint64_t hash) const { __builtin_prefetch(&slots_[place(tag_of(hash))]); }
  /// The number in that slot, whoever's it is.
  std::uint32_t first_number(std::uint64_t hash) const {
    return slots_[place(tag_of(hash))].number;
  }
  /// The slot of the row that `is_row(number)` knows, or the free one where it belongs. There is
  /// room.
  template <typename IsRow>
  Slot& find(std::uint64_t hash, const IsRow& is_row) {
    return slots_[search(hash, is_row)];
  }
  template <typename IsRow>
  const Slot& find(std::uint64_t hash, const IsRow& is_row) const {
    return slots_[search(hash, is_row)];
  }
  /// For a row that is not there.
  void add(std::uint64_t hash, std::uint32_t number) { put(slot_of(hash, number)); }
  static Slot slot_of(std::uint64_t hash, std::uint32_t number) { return {number, tag_of(hash)}; }

 private:
  static std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }
  std::size_t place(std::uint32_t tag) const { return tag >> shift_; }
  std::size_t behind(std::size_t at) const { return (at + 1) & (slots_.size() - 1); }

  template <typename IsRow>
  std::size_t search(std::uint64_t hash, const IsRow& is_row) const {
    const std::uint32_t tag = tag_of(hash);
    std::size_t at = place(tag);
    while (slots_[at].number && (slots_[at].tag != tag || !is_row(slots_[at].number)))
      at = behind(at);
    return at;
  }
  void grow(std::size_t numbers);
  void put(Slot slot) {
    std::size_t at = place(slot.tag);
    while (slots_[at].number)
      at = behind(at);
    slots_[at] = slot;
  }

  std::vector<Slot> slots_{};  // a power of two, at most half full
  int shift_ = 0;              // of a tag: what is left are the bits of a place
  std::optional<MemoryLease> lease_{};
  const Interrupt* interrupt_ = nullptr;
};

}  // namespace tripten
