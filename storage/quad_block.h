// QuadBlock: up to 65,536 sorted quads in four columns, and the way to its bytes and back
// (storage/format.h, "QUAD BLOCK").
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "storage/block_column.h"
#include "storage/quad.h"

namespace tripten {

constexpr std::size_t kMostBlockRows = 65536;

/// The bytes of a block of sorted rows (in column order), 1 to kMostBlockRows of them.
std::string encode_quad_block(std::span<const Quad> rows);

/// A block as it lies in the cache: decompressed, its columns still packed. Immutable.
class QuadBlock {
 public:
  /// Which column of the bytes is column i of the block.
  using ColumnOrder = std::array<std::uint8_t, 4>;
  static constexpr ColumnOrder kAsStored{0, 1, 2, 3};

  /// Throws Corrupt where the bytes are no block.
  explicit QuadBlock(std::string_view bytes, const ColumnOrder& order = kAsStored);
  QuadBlock(const QuadBlock&) = delete;
  QuadBlock& operator=(const QuadBlock&) = delete;

  std::size_t rows() const { return rows_; }
  const BlockColumn& column(std::size_t index) const { return columns_[index]; }
  Quad row(std::size_t index) const;

  /// The first row that is not below `row`.
  std::size_t lower_bound(const Quad& row) const;
  /// The rows [first, second) that start with the first `columns` ids of `prefix`.
  std::pair<std::size_t, std::size_t> prefix_range(const Quad& prefix, std::size_t columns) const;

  /// Bytes in memory.
  std::size_t memory() const;

 private:
  std::string body_{};
  std::size_t rows_ = 0;
  std::array<BlockColumn, 4> columns_{};  // views into body_
};

}  // namespace tripten
