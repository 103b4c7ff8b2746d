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
      has_groups_(has_group_counts(order)),
      blocks_(rocks, Family::Quads, fmt::format("{}{}-", prefix, name_of(order))) {
  rows_.reserve(block_rows_);
}

void OrderWriter::write_block() {
  const BlockMeta meta = describe_block(rows_);
  blocks_.put(quads_key(generation_, order_, written_.record.blocks++), encode_quad_block(rows_));
  append_block_meta(meta, index_chunk_);
  if (++index_chunk_blocks_ == kIndexChunkBlocks) finish_index_chunk();
  if (has_groups_) count_groups();
  if (order_ == QuadOrder::Spog)
    for (const Quad& row : rows_)
      sets_.add(row);
  written_.quads += rows_.size();
  rows_.clear();
}

void OrderWriter::count_groups() {
  for (const Quad& row : rows_) {
    if (row.terms[0] != group_ || group_quads_ == 0) {
      finish_group();
      group_ = row.terms[0];
      second_ = kUnbound;
    }
    group_values_ += row.terms[1] != second_;
    second_ = row.terms[1];
    ++group_quads_;
  }
}

void OrderWriter::finish_group() {
  if (group_quads_ == 0) return;
  append_u64(group_.bits(), group_chunk_);
  append_u64(group_quads_, group_chunk_);
  append_u64(group_values_, group_chunk_);
  group_quads_ = group_values_ = 0;
  if (++group_chunk_entries_ == kGroupChunkEntries) finish_group_chunk();
}

void OrderWriter::finish_sets() {
  for (std::string& chunk : sets_.finish().encode()) {
    append_checksum(chunk);
    written_.index.emplace_back(sets_key(generation_, written_.set_chunks++), std::move(chunk));
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
  finish_group();
  if (group_chunk_entries_ != 0) finish_group_chunk();
  if (order_ == QuadOrder::Spog) finish_sets();
  written_.files = blocks_.finish();
  return std::move(written_);
}

}  // namespace tripten
