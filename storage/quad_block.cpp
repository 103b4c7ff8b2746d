#include "storage/quad_block.h"

#include <vector>

#include "base/check.h"
#include "storage/checksum.h"
#include "storage/compression.h"

namespace tripten {
namespace {

constexpr int kLevel = 1;  // of zstd; docs/decisions/0001-blocks.md
constexpr std::size_t kMostBodyBytes = kMostBlockRows * 4 * 16;

}  // namespace

std::string encode_quad_block(std::span<const Quad> rows) {
  check(!rows.empty() && rows.size() <= kMostBlockRows, "a block has a wrong number of rows");
  std::array<std::string, 4> columns;
  std::vector<TermId> ids(rows.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    for (std::size_t i = 0; i < rows.size(); ++i)
      ids[i] = rows[i].terms[c];
    append_column(ids, columns[c]);
  }
  std::string body;
  for (const std::string& column : columns)
    append_u32(static_cast<std::uint32_t>(column.size()), body);
  for (const std::string& column : columns)
    body += column;
  std::string block(1, '\0');
  append_u32(static_cast<std::uint32_t>(rows.size()), block);
  append_u32(static_cast<std::uint32_t>(body.size()), block);
  block[0] = static_cast<char>(append_compressed(body, kLevel, block));
  append_checksum(block);
  return block;
}

QuadBlock::QuadBlock(std::string_view bytes, const ColumnOrder& order) {
  ByteReader in(verified(bytes));
  const auto compression = static_cast<Compression>(in.u8());
  rows_ = in.u32();
  const std::size_t size = in.u32();
  if (rows_ == 0 || rows_ > kMostBlockRows || size > kMostBodyBytes)
    throw Error(ErrorCode::Corrupt, "it has a wrong size");
  body_.reserve(size + PackedSequence::kSlack);
  append_decompressed(compression, in.rest(), size, body_);
  body_.append(PackedSequence::kSlack, '\0');
  ByteReader body(std::string_view(body_).substr(0, size));
  std::array<std::size_t, 4> sizes;
  for (std::size_t& column : sizes)
    column = body.u32();
  std::array<BlockColumn, 4> stored;
  for (std::size_t c = 0; c < stored.size(); ++c) {
    ByteReader column(body.bytes(sizes[c]));
    stored[c] = BlockColumn::read(column, rows_);
  }
  for (std::size_t c = 0; c < columns_.size(); ++c)
    columns_[c] = std::move(stored[order[c]]);
  if (!body.at_end()) throw Error(ErrorCode::Corrupt, "it has bytes too many");
}

Quad QuadBlock::row(std::size_t index) const {
  Quad quad;
  for (std::size_t c = 0; c < columns_.size(); ++c)
    quad.terms[c] = columns_[c].at(index);
  return quad;
}

std::size_t QuadBlock::lower_bound(const Quad& row) const {
  return prefix_range(row, columns_.size()).first;
}

std::pair<std::size_t, std::size_t> QuadBlock::prefix_range(const Quad& prefix,
                                                            std::size_t columns) const {
  std::pair<std::size_t, std::size_t> range{0, rows_};
  for (std::size_t c = 0; c < columns && range.first < range.second; ++c)
    range = columns_[c].equal_range(range.first, range.second, prefix.terms[c]);
  return range;
}

std::size_t QuadBlock::memory() const {
  std::size_t bytes = sizeof(QuadBlock) + body_.capacity();
  for (const BlockColumn& column : columns_)
    bytes += column.memory();
  return bytes;
}

}  // namespace tripten
