// Manifest and counters: the two small records that say what the database is (storage/format.h,
// "default").
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/quad.h"

namespace tripten {

struct OrderRecord {
  std::uint32_t blocks = 0, index_chunks = 0, group_chunks = 0;
};

struct RunRecord {
  std::uint64_t run = 0, first_entry = 0, entries = 0;
  std::uint32_t blocks = 0, index_chunks = 0;
};

/// The entries from `first_entry` on; those before are of earlier epochs, which compactions ended.
struct DictionaryEpoch {
  std::uint64_t number = 0, first_entry = 0;
};

/// Which keys are the base and the dictionary.
struct Manifest {
  std::uint64_t generation = 0, quads = 0;
  std::uint32_t block_rows = 0;
  TermId one_graph{};  ///< All quads are in it, and Gspo is not stored; unbound: it is.
  std::array<OrderRecord, kQuadOrders> orders{};
  std::uint32_t set_chunks = 0;  ///< Of characteristic sets.
  DictionaryEpoch epoch{};
  std::vector<RunRecord> runs{};

  std::string encode() const;
  /// Throws Corrupt.
  static Manifest decode(std::string_view value);
};

/// Rewritten by every commit.
struct Counters {
  std::uint64_t commit = 0;
  std::uint64_t next_entry = 0;  ///< Of the dictionary.
  std::uint64_t next_blank = 0;

  std::string encode() const;
  /// Throws Corrupt.
  static Counters decode(std::string_view value);
};

}  // namespace tripten
