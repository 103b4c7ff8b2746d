// Base: the quads of one generation, in immutable blocks. Shared by all that read it.
//
// Where all quads are in one graph, the order Gspo is not stored: its blocks are those of Spog with
// the constant column in front, its index and counts follow from Spog's.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "storage/block_cache.h"
#include "storage/block_index.h"
#include "storage/characteristic_sets.h"
#include "storage/manifest.h"
#include "storage/quad_block.h"
#include "storage/rocks.h"

namespace tripten {

using QuadCache = BlockCache<QuadBlock>;
using QuadBlockPtr = std::shared_ptr<const QuadBlock>;

/// A place before a row of one order; the end is {number of blocks, 0}.
struct BasePosition {
  std::size_t block = 0, row = 0;
  friend auto operator<=>(const BasePosition&, const BasePosition&) = default;
};

/// Neighbouring rows of one order.
struct BaseRange {
  BasePosition from{}, to{};
  QuadBlockPtr block{};  ///< That of `from`, where it had to be read.
};

/// How many quads have one leading column.
struct GroupCount {
  TermId id;
  std::uint64_t quads = 0;
  std::uint64_t values = 0;  ///< Different values of the next column; 0 where nobody counted them.

  friend bool operator==(const GroupCount&, const GroupCount&) = default;
};

class Base {
 public:
  /// Reads the group counts; throws Corrupt where they do not fit the manifest.
  Base(RocksPtr rocks, std::shared_ptr<QuadCache> cache, const Manifest& manifest);
  Base(const Base&) = delete;
  Base& operator=(const Base&) = delete;
  /// Removes the generation's keys, if it is obsolete.
  ~Base();

  const Manifest& manifest() const { return manifest_; }
  /// Read when it is first asked for, since most processes ask for few orders. Throws Corrupt where
  /// it does not fit the manifest.
  const BlockIndex& index(QuadOrder order) const {
    const LazyIndex& lazy = orders_[static_cast<std::size_t>(order)];
    if (!lazy.is_loaded.load(std::memory_order_acquire)) load_order(order);
    return lazy.index;
  }
  /// Reads those of all orders; throws as index() does.
  void load_indexes() const {
    for (int order = 0; order < kQuadOrders; ++order)
      static_cast<void>(index(static_cast<QuadOrder>(order)));
  }
  /// By leading column; Psog, Posg and Gspo only.
  const std::vector<GroupCount>& groups(QuadOrder order) const {
    return groups_[static_cast<std::size_t>(order)];
  }

  /// Read when they are first asked for; throws Corrupt.
  const CharacteristicSets& characteristic_sets() const;

  /// Throws Corrupt, naming the block.
  QuadBlockPtr block(QuadOrder order, std::size_t number) const;
  /// The same past the cache.
  QuadBlockPtr read_block(QuadOrder order, std::size_t number) const;

  /// The first row that is not below `row` (both in column order). Reads at most one block.
  BasePosition lower_bound(QuadOrder order, const Quad& row) const;
  /// The first row that is above `row`.
  BasePosition upper_bound(QuadOrder order, const Quad& row) const;
  /// The rows that start with the first `columns` ids of `prefix`. Reads at most the two blocks in
  /// which they begin and end.
  BaseRange prefix_range(QuadOrder order, const Quad& prefix, std::size_t columns) const;
  BasePosition end(QuadOrder order) const { return {index(order).blocks().size(), 0}; }
  /// Rows before a position.
  std::uint64_t row_number(QuadOrder order, BasePosition position) const;
  bool contains(const Quad& quad) const;

  /// The keys may go with the last reader: another generation is the base now.
  void set_obsolete() { is_obsolete_ = true; }

 private:
  struct LazyIndex {
    std::mutex mutex{};  // of the one who loads
    BlockIndex index{};
    std::atomic<bool> is_loaded{false};
  };

  void load_order(QuadOrder order) const;
  BlockIndex stored_index(QuadOrder order) const;
  BlockIndex derived_graph_index() const;
  void load_groups(QuadOrder order);

  RocksPtr rocks_;
  std::shared_ptr<QuadCache> cache_;
  Manifest manifest_;
  mutable std::array<LazyIndex, kQuadOrders> orders_{};
  std::array<std::vector<GroupCount>, kQuadOrders> groups_{};
  mutable std::mutex sets_mutex_{};
  mutable std::unique_ptr<const CharacteristicSets> sets_{};
  std::atomic<bool> is_obsolete_{false};
};
using BasePtr = std::shared_ptr<Base>;

/// Removes all keys of one generation.
void remove_generation(Rocks& rocks, std::uint64_t generation);

/// Whether the groups of an order are counted.
constexpr bool has_group_counts(QuadOrder order) {
  return order == QuadOrder::Psog || order == QuadOrder::Posg || order == QuadOrder::Gspo;
}

/// "POS" and so on.
std::string_view name_of(QuadOrder order);

}  // namespace tripten
