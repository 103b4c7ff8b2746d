// The terms of a state that some quad uses, and their order over all runs and rows.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>
#include <vector>

#include "base/interrupt.h"
#include "storage/store_state.h"

namespace tripten {

/// A bit for each entry of the state's epoch.
class LiveTerms {
 public:
  /// Reads all quads.
  LiveTerms(const StoreState& state, const Interrupt& interrupt);

  bool contains(std::uint64_t entry) const {
    const std::uint64_t bit = entry - first_entry_;
    return bits_[bit / 64] >> (bit % 64) & 1;
  }
  /// Entries of the epoch, and those of them that are used.
  std::uint64_t entries() const { return entries_; }
  std::uint64_t live() const { return live_; }

 private:
  void add(TermId id);

  std::uint64_t first_entry_, entries_;
  std::uint64_t live_ = 0;
  std::vector<std::uint64_t> bits_;
};

/// Visits the live terms in the order of their encoding. Terms of rows that do not fit into
/// `memory_bytes` are sorted in a file without name in `folder`.
void each_live_term(
    const StoreState& state, const LiveTerms& live, const std::filesystem::path& folder,
    std::size_t memory_bytes,
    const std::function<void(std::string_view encoded, std::uint64_t entry)>& visit);

}  // namespace tripten
