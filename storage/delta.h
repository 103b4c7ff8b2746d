// DeltaImage: the quads that differ from the base, sorted in all seven orders, in memory.
//
// Each order is a list of chunks of sorted rows. An image that others may read is frozen: copies
// share its chunks, and an edit copies those that it touches. So a snapshot costs one pointer, and
// a transaction starts from the image it changes.
//
//     image A:   [chunk 1] [chunk 2] [chunk 3]
//                     \        |         \            edit of a row of chunk 2
//     image B:   [chunk 1] [chunk 2'] [chunk 3]
//
// Invariant: rows that are present are not in the base, rows that are deleted are.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "storage/quad.h"
#include "storage/rocks.h"

namespace tripten {

enum class DeltaState : std::uint8_t { Deleted = 0, Present = 1 };

struct DeltaChunk {
  std::uint64_t edit = 0;  ///< The edit that may change it in place.
  std::vector<Quad> rows{};
  std::vector<DeltaState> states{};
  std::int64_t net = 0;  ///< Present rows less deleted ones.
};
using DeltaChunks = std::vector<std::shared_ptr<DeltaChunk>>;

/// A place between the rows of one order.
struct DeltaPosition {
  std::size_t chunk = 0, row = 0;
  friend auto operator<=>(const DeltaPosition&, const DeltaPosition&) = default;
};

class DeltaImage {
 public:
  std::optional<DeltaState> find(const Quad& quad) const;
  std::size_t rows() const { return rows_; }
  bool empty() const { return rows_ == 0; }

  /// In column order, as all rows of an order.
  DeltaPosition lower_bound(QuadOrder order, const Quad& row) const;
  const DeltaChunks& chunks(QuadOrder order) const {
    return *orders_[static_cast<std::size_t>(order)];
  }
  /// Present rows less deleted ones in [from, to).
  std::int64_t net(QuadOrder order, DeltaPosition from, DeltaPosition to) const;
  /// Calls `visit` for each row in [from, to).
  void each(QuadOrder order, DeltaPosition from, DeltaPosition to,
            const std::function<void(const Quad&, DeltaState)>& visit) const;
  DeltaPosition begin() const { return {}; }
  DeltaPosition end(QuadOrder order) const { return {chunks(order).size(), 0}; }

  /// Edits need a number that no other image of this line of copies has used since it was frozen.
  void set(const Quad& quad, DeltaState state, std::uint64_t edit);
  void remove(const Quad& quad, std::uint64_t edit);

  /// What `now` comes to on top of a base that `folded`, an earlier image of the same base, has
  /// become part of.
  static DeltaImage rebased(const DeltaImage& folded, const DeltaImage& now, std::uint64_t edit);

 private:
  void set_in(QuadOrder order, const Quad& row, DeltaState state, std::uint64_t edit);
  void remove_in(QuadOrder order, const Quad& row, std::uint64_t edit);
  DeltaChunks& own_chunks(QuadOrder order, std::uint64_t edit);
  DeltaChunk& own_chunk(DeltaChunks& chunks, std::size_t index, std::uint64_t edit);

  static std::shared_ptr<DeltaChunks> no_chunks() { return std::make_shared<DeltaChunks>(); }

  std::array<std::shared_ptr<DeltaChunks>, kQuadOrders> orders_{
      no_chunks(), no_chunks(), no_chunks(), no_chunks(), no_chunks(), no_chunks(), no_chunks()};
  std::array<std::uint64_t, kQuadOrders> owner_{};  // edit that may change the list in place
  std::size_t rows_ = 0;
};

/// Adds to `batch` the removal of an image's rows from the column family `delta`.
void clear_delta(const Rocks& rocks, const DeltaImage& image, rocksdb::WriteBatch& batch);
/// Adds an image's rows to it.
void write_delta(const Rocks& rocks, const DeltaImage& image, rocksdb::WriteBatch& batch);

}  // namespace tripten
