#include "storage/order_writer.h"

#include <algorithm>

#include <fmt/format.h>

#include "storage/base.h"
#include "storage/bytes.h"
#include "storage/checksum.h"
#include "storage/format.h"
#include "storage/keys.h"
#include "storage/quad_block.h"

namespace tripten {

OrderWriter::OrderWriter(Rocks& rocks, std::uint64_t generation, QuadOrder order,
                         std::uint32_t block_rows, const std::string& prefix)
    : generation_(generation),
      order_(order),
      block_rows_(block_rows),
      has_groups_(order == QuadOrder::Psog || order == QuadOrder::Gspo),
      blocks_(rocks, Family::Quads, fmt::format("{}{}-", prefix, name_of(order))) {
  rows_.reserve(block_rows_);
}

void OrderWriter::write_block() {
  const BlockMeta meta = describe_block(rows_);
  blocks_.put(quads_key(generation_, order_, written_.record.blocks++), encode_quad_block(rows_));
  append_block_meta(meta, index_chunk_);
  if (++index_chunk_blocks_ == kIndexChunkBlocks) finish_index_chunk();
  if (has_groups_) count_groups();
  written_.quads += rows_.size();
  rows_.clear();
}

void OrderWriter::count_groups() {
  for (std::size_t i = 0; i < rows_.size();) {
    const TermId leading = rows_[i].terms[0];
    const auto end = std::find_if(rows_.begin() + static_cast<std::ptrdiff_t>(i), rows_.end(),
                                  [&](const Quad& row) { return row.terms[0] != leading; });
    const auto next = static_cast<std::size_t>(end - rows_.begin());
    if (leading != group_ && group_quads_ != 0) {
      append_u64(group_.bits(), group_chunk_);
      append_u64(group_quads_, group_chunk_);
      group_quads_ = 0;
      if (++group_chunk_entries_ == kGroupChunkEntries) finish_group_chunk();
    }
    group_ = leading;
    group_quads_ += next - i;
    i = next;
  }
}

void OrderWriter::finish_index_chunk() {
  append_checksum(index_chunk_);
  written_.index.emplace_back(
      index_key(IndexKind::Quads, generation_, order_, written_.record.index_chunks++),
      std::move(index_chunk_));
  index_chunk_.clear();
  index_chunk_blocks_ = 0;
}

void OrderWriter::finish_group_chunk() {
  append_checksum(group_chunk_);
  written_.index.emplace_back(
      index_key(IndexKind::Groups, generation_, order_, written_.record.group_chunks++),
      std::move(group_chunk_));
  group_chunk_.clear();
  group_chunk_entries_ = 0;
}

OrderWriter::Written OrderWriter::finish() {
  if (!rows_.empty()) write_block();
  if (index_chunk_blocks_ != 0) finish_index_chunk();
  if (group_quads_ != 0) {
    append_u64(group_.bits(), group_chunk_);
    append_u64(group_quads_, group_chunk_);
    finish_group_chunk();
  }
  written_.files = blocks_.finish();
  return std::move(written_);
}

}  // namespace tripten
