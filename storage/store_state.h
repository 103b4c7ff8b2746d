// StoreState: one committed state of a store, and the questions that views ask it. Immutable parts,
// shared by all snapshots of the state.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "storage/base.h"
#include "storage/delta.h"
#include "storage/dictionary.h"
#include "storage/manifest.h"
#include "storage/store.h"

namespace tripten {

/// What a state was asked once. Shared by the state's readers.
struct PredicateMemory {
  std::mutex mutex{};
  std::optional<std::vector<PredicateCounts>> predicates{};
};

struct StoreState {
  BasePtr base{};
  DictionaryPtr dictionary{};
  std::shared_ptr<const DeltaImage> delta{};
  Counters counters{};
  /// Remembers predicates(), where nothing of the state changes any more.
  std::shared_ptr<PredicateMemory> memory{};

  bool contains(const Quad& quad) const;
  std::uint64_t count(const QuadPattern& pattern) const;
  std::vector<TermId> split_points(QuadOrder order, const QuadPattern& pattern,
                                   std::size_t parts) const;
  std::uint64_t quads() const;
  /// Counts by the leading column of Psog or Gspo, those of zero left out.
  std::vector<GroupCount> groups(QuadOrder order) const;
  /// The same with the values of the second column counted; Psog and Posg.
  std::vector<GroupCount> groups_with_values(QuadOrder order) const;
  std::vector<TermId> graphs() const;
  std::vector<PredicateCounts> predicates() const;
  std::vector<PredicateCounts> count_predicates() const;

  /// Ids that need no new entry: inline ones, blank nodes by their number, entries of the
  /// dictionary.
  std::optional<TermId> find(const TermView& term) const;
};
using StoreStatePtr = std::shared_ptr<const StoreState>;

/// The blank node of a label that term() gave, if its number is below `next_blank`.
std::optional<TermId> blank_of_label(std::string_view label, std::uint64_t next_blank);

}  // namespace tripten
