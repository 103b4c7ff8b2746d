// GroupTable: the keys of groups, numbered in the order they came.
//
// A key of one column whose ids lie close together (and ids of one kind of thing do, being numbered
// in the order of their terms) is found in an array over the ids' range; all others by their hash.
// A batch is looked up in passes, so that the memory that one row waits for is on its way while
// others are worked on:
//
//   hash all ─▶ fetch the slots ─▶ fetch the keys that the slots name ─▶ compare
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/interrupt.h"
#include "base/memory_budget.h"
#include "query/exec/number_slots.h"
#include "query/expr/batch.h"

namespace tripten {

class GroupTable {
 public:
  /// Empties it; keys have `width` columns from here on, at least one.
  /// Growing asks `interrupt`, which outlives the table's use.
  void open(std::size_t width, MemoryBudget& budget, const Interrupt& interrupt);

  /// Replaces `numbers` by the number of each row's group; rows [0, rows) of `keys`. The first row
  /// that has the number size() had before is the first of a new group, and so on. Throws Limit,
  /// and then knows what it knew before.
  void find(const std::vector<const Column*>& keys, std::size_t rows,
            std::vector<std::uint32_t>& numbers);

  /// The same without new groups: kNoGroup where there is none.
  static constexpr std::uint32_t kNoGroup = ~std::uint32_t{0};
  void find_known(const std::vector<const Column*>& keys, std::size_t rows,
                  std::vector<std::uint32_t>& numbers);
  /// Forgets all groups, at a cost in proportion to their number.
  void clear();
  /// Forgets the groups before that one, which gets number 0. Keys of several columns.
  void keep_from(std::size_t group);

  std::size_t size() const { return width_ == 0 ? 0 : keys_.size() / width_; }
  TermId key(std::size_t group, std::size_t column) const { return keys_[group * width_ + column]; }

 private:
  bool find_near(const Column& keys, std::size_t rows, std::vector<std::uint32_t>& numbers);
  bool cover(const Column& keys, std::size_t rows);
  void leave_array();
  void enter_array();
  void make_room_for_keys(std::size_t more);
  std::uint32_t add_key(const std::vector<const Column*>& keys, std::size_t row);
  bool is_key(std::uint32_t number, const std::vector<const Column*>& keys, std::size_t row) const;
  void hash_keys();
  void charge(std::size_t numbers, std::size_t keys);

  std::size_t width_ = 0;
  const Interrupt* interrupt_ = nullptr;
  std::vector<TermId> keys_{};  // row by row

  bool is_array_ = false;
  std::uint64_t low_ = 0;                 // numbers_[i] is of id low_ + i
  std::vector<std::uint32_t> numbers_{};  // from 1; 0: no such group
  std::size_t enter_at_ = 0;              // groups; an array may be worth it by then

  NumberSlots slots_{};  // where no array
  std::vector<std::uint64_t> hashes_{};
  std::optional<MemoryLease> lease_{};
};

}  // namespace tripten
