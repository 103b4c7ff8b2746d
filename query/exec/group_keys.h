// GroupKeys: which group each row is of, and the keys of the groups.
//
// Three ways to the number of a row's group:
//   sorted   rows come sorted by the keys: a row begins a group or goes on with the last one
//   parted   rows come sorted by some keys: rows with the same values of these are a part, inside
//            which a GroupTable knows the groups by the other keys
//   hashed   a GroupTable of all keys
//
//   sorted by a, keys a b    (1 7) (1 3) (1 7) | (2 3) ...      groups 0 1 0 | 2
//                             part a = 1         part a = 2     complete: 0 1, at the first 2
//
// Groups are numbered in the order they come, whichever the way.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/interrupt.h"
#include "base/memory_budget.h"
#include "query/exec/group_table.h"
#include "query/expr/batch.h"

namespace tripten {

class GroupKeys {
 public:
  enum class Way : std::uint8_t { Sorted, Parted, Hashed };
  using Keys = std::vector<const Column*>;

  /// Empties it. There are `width` keys, at least one; `part_keys` are those that rows come sorted
  /// by, where parted. Growing asks `interrupt`, which outlives the use.
  void open(Way way, std::size_t width, std::vector<std::size_t> part_keys, MemoryBudget& budget,
            const Interrupt& interrupt);
  Way way() const { return way_; }

  /// Replaces `numbers` by the number of each row's group; rows [0, rows) of `keys`. Throws Limit,
  /// and where hashed then knows what it knew before.
  void find(const Keys& keys, std::size_t rows, std::vector<std::uint32_t>& numbers);
  /// The same without new groups, where hashed: GroupTable::kNoGroup where there is none.
  void find_known(const Keys& keys, std::size_t rows, std::vector<std::uint32_t>& numbers) {
    table_.find_known(keys, rows, numbers);
  }

  std::size_t size() const { return count_; }
  /// The groups before it get no more rows; where hashed nobody knows before the end.
  std::size_t complete() const;
  TermId key(std::size_t group, std::size_t key) const {
    return way_ == Way::Hashed ? table_.key(group, key) : keys_[key][group];
  }

  /// Forgets the groups before that one, complete ones, which gets number 0. Not where hashed.
  void keep_from(std::size_t group);
  /// How many groups of one part are to be known by its other keys alone: a larger part may outgrow
  /// memory, and rows are only set aside by all keys.
  std::size_t most_in_part() const;
  /// From here on the way is hashed. All groups are of the part at hand.
  void leave_parts();

 private:
  void find_changes(const Keys& keys, std::size_t rows, std::vector<std::uint32_t>& numbers);
  bool is_of_last(const Keys& keys, std::size_t row) const;
  void find_in_parts(const Keys& keys, std::size_t rows, std::vector<std::uint32_t>& numbers);
  std::size_t end_of_part(const Keys& keys, std::size_t begin, std::size_t rows) const;
  bool is_of_last_part(const Keys& keys, std::size_t row) const;
  void find_in_part(const Keys& keys, std::size_t begin, std::size_t end,
                    std::vector<std::uint32_t>& numbers);
  void append_keys(const Keys& keys, std::size_t row);

  Way way_ = Way::Hashed;
  std::size_t width_ = 0;
  std::vector<std::size_t> part_keys_{}, other_keys_{};
  MemoryBudget* budget_ = nullptr;
  const Interrupt* interrupt_ = nullptr;

  std::size_t count_ = 0;
  std::size_t part_begin_ = 0;          // the first group of the part at hand
  GroupTable table_{};                  // where hashed; of the part at hand by its other keys
  std::vector<Column> keys_{};          // by group, where sorted or parted
  std::optional<MemoryLease> lease_{};  // for keys_
  std::vector<std::uint32_t> numbers_in_part_{};
  std::vector<Column> part_columns_{};
};

}  // namespace tripten
