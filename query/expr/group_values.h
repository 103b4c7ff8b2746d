// GroupValues: the different values that each of many groups has had; DISTINCT in aggregates.
//
// One hash table over pairs of a group and a chunk of ids that are neighbours, open addressing; a
// slot has a bit for each id of its chunk, and the upper bits of its hash are its place, so that a
// table which grows is read and written from one end to the other. Values of one kind are
// neighbours in the dictionary, so slots serve many of them; where they are not, a slot for one
// value takes no more than its id and group would. Before the table is asked, each group's last
// value is: where the input is sorted by the value, that alone answers most questions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/memory_budget.h"
#include "storage/term_id.h"

namespace tripten {

class GroupValues {
 public:
  explicit GroupValues(MemoryBudget& budget) : lease_(budget) {}

  /// There are groups [0, groups) from here on, and `rows` will be added next. Throws Limit.
  void grow(std::size_t groups, std::size_t rows = 0);
  /// Replaces `added` by the rows whose pair is new, ascending. Throws Limit.
  void add(std::span<const TermId> values, std::span<const std::uint32_t> groups,
           std::vector<std::uint32_t>& added);
  /// Forgets the groups before that one, which gets number 0.
  void keep_from(std::size_t group);

 private:
  struct Slot {
    std::uint64_t chunk = 0;
    std::uint32_t group = 0, members = 0;  // no members: a free slot
  };
  static constexpr int kChunkBits = 5;

  static Slot slot_of(TermId value, std::uint32_t group);
  static std::uint64_t hash(const Slot& slot);
  void make_room(std::size_t more);
  void rehash(std::size_t size);
  void charge();
  /// Whether a member of `added` is new.
  bool insert(const Slot& added, std::uint64_t hash);

  std::size_t place(std::uint64_t hash) const { return hash >> shift_; }

  std::vector<Slot> slots_{};  // a power of two, at most half full
  int shift_ = 0;              // of a hash: what is left are the bits of a place
  std::size_t size_ = 0;
  std::vector<TermId> last_{};  // by group; kUnbound where none
  std::vector<std::uint64_t> hashes_{};
  MemoryLease lease_;
};

}  // namespace tripten
