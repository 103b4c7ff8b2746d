// IdSet: a set of ids for DISTINCT aggregates: open addressing in one array, memory charged.
#pragma once

#include <optional>
#include <vector>

#include "base/memory_budget.h"
#include "storage/term_id.h"

namespace tripten {

class IdSet {
 public:
  /// Whether the id is new. Throws Limit where the budget is used up.
  bool insert(TermId id, MemoryBudget& budget);
  std::size_t size() const { return size_; }

 private:
  void grow(MemoryBudget& budget);
  /// The slot of the id, or the empty one where it belongs.
  std::size_t slot_of(TermId id) const;

  // A power of two of slots, at most three quarters full; empty ones hold kUnbound, which itself is
  // remembered apart.
  std::vector<TermId> slots_{};
  std::size_t size_ = 0;
  bool has_unbound_ = false;
  std::optional<MemoryLease> lease_{};
};

}  // namespace tripten
