#include "storage/block_index.h"

#include <algorithm>

#include "storage/bytes.h"
#include "storage/checksum.h"

namespace tripten {
namespace {

void append_ids(const std::array<TermId, 4>& ids, std::string& out) {
  for (const TermId id : ids)
    append_u64(id.bits(), out);
}

std::array<TermId, 4> read_ids(ByteReader& in) {
  std::array<TermId, 4> ids;
  for (TermId& id : ids)
    id = TermId(in.u64());
  return ids;
}

}  // namespace

BlockMeta describe_block(std::span<const Quad> rows) {
  BlockMeta meta{.first = rows.front(), .last = rows.back()};
  meta.low = meta.high = rows.front().terms;
  meta.rows = static_cast<std::uint32_t>(rows.size());
  meta.distinct.fill(1);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto& now = rows[i].terms;
    for (std::size_t c = 0; c < now.size(); ++c) {
      meta.low[c] = std::min(meta.low[c], now[c]);
      meta.high[c] = std::max(meta.high[c], now[c]);
    }
    std::size_t same = 0;
    while (same < meta.distinct.size() && now[same] == rows[i - 1].terms[same])
      ++same;
    for (std::size_t c = same; c < meta.distinct.size(); ++c)
      ++meta.distinct[c];
  }
  return meta;
}

void append_block_meta(const BlockMeta& meta, std::string& out) {
  append_ids(meta.first.terms, out);
  append_ids(meta.last.terms, out);
  append_ids(meta.low, out);
  append_ids(meta.high, out);
  append_u32(meta.rows, out);
  for (const std::uint32_t count : meta.distinct)
    append_u32(count, out);
}

void BlockIndex::add_chunk(std::string_view chunk) {
  ByteReader in(verified(chunk));
  while (!in.at_end()) {
    BlockMeta meta;
    meta.first.terms = read_ids(in);
    meta.last.terms = read_ids(in);
    meta.low = read_ids(in);
    meta.high = read_ids(in);
    meta.rows = in.u32();
    for (std::uint32_t& count : meta.distinct)
      count = in.u32();
    if (meta.rows == 0 || meta.last < meta.first ||
        (!blocks_.empty() && meta.first <= blocks_.back().last))
      throw Error(ErrorCode::Corrupt, "its blocks are out of order");
    add(meta);
  }
}

void BlockIndex::add(BlockMeta meta) {
  meta.first_row = rows_;
  rows_ += meta.rows;
  blocks_.push_back(meta);
  firsts_.push_back(meta.first);
}

std::size_t BlockIndex::block_of(const Quad& row) const {
  const auto after = std::upper_bound(firsts_.begin(), firsts_.end(), row);
  return after == firsts_.begin() ? 0 : static_cast<std::size_t>(after - firsts_.begin()) - 1;
}

}  // namespace tripten
