// BlockIndex: what is known of the blocks of one order without reading them, in memory.
//
// It finds the block of a row, counts rows before it, and skips blocks that can't match.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/quad.h"

namespace tripten {

/// All rows and columns in the order's column order.
struct BlockMeta {
  Quad first{}, last{};
  std::array<TermId, 4> low{}, high{};  ///< Per column.
  std::uint32_t rows = 0;
  /// How many different values columns 0, 0-1 and 0-2 have inside the block.
  std::array<std::uint32_t, 3> distinct{};
  std::uint64_t first_row = 0;  ///< Rows in the blocks before; not stored.

  friend bool operator==(const BlockMeta&, const BlockMeta&) = default;
};

/// The metadata of sorted rows, at least one; first_row is left 0.
BlockMeta describe_block(std::span<const Quad> rows);

void append_block_meta(const BlockMeta& meta, std::string& out);

class BlockIndex {
 public:
  /// Adds the blocks of one chunk (storage/format.h); throws Corrupt where it is none.
  void add_chunk(std::string_view chunk);
  void add(BlockMeta meta);

  const std::vector<BlockMeta>& blocks() const { return blocks_; }
  std::uint64_t rows() const { return rows_; }

  /// The last block whose first row is not above `row`; 0 where there is none such.
  std::size_t block_of(const Quad& row) const;

 private:
  std::vector<BlockMeta> blocks_{};
  std::vector<Quad> firsts_{};  // of the blocks, close together for the search
  std::uint64_t rows_ = 0;
};

}  // namespace tripten
