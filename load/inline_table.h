// InlineTable: the distinct inline ids of a part of a load, numbered in the order they came.
// Belongs to one thread.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "storage/term_id.h"

namespace tripten {

class InlineTable {
 public:
  InlineTable();

  /// The number of an id, the next one where it is new.
  std::uint32_t number(TermId id);

  /// Bytes held.
  std::size_t memory() const;
  /// The ids by their numbers, moved out: the last call.
  std::vector<TermId> take_ids() { return std::move(ids_); }

 private:
  void grow();

  std::vector<std::uint32_t> slots_;  // number + 1, 0 is empty; a power of two, at most half full
  std::vector<TermId> ids_{};
};

}  // namespace tripten
