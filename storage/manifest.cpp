#include "storage/manifest.h"

#include "storage/bytes.h"
#include "storage/checksum.h"

namespace tripten {

std::string Manifest::encode() const {
  std::string value;
  append_u64(generation, value);
  append_u64(quads, value);
  append_u32(block_rows, value);
  append_u64(one_graph.bits(), value);
  for (const OrderRecord& order : orders) {
    append_u32(order.blocks, value);
    append_u32(order.index_chunks, value);
    append_u32(order.group_chunks, value);
  }
  append_u32(set_chunks, value);
  append_u64(epoch.number, value);
  append_u64(epoch.first_entry, value);
  append_u32(static_cast<std::uint32_t>(runs.size()), value);
  for (const RunRecord& run : runs) {
    append_u64(run.run, value);
    append_u64(run.first_entry, value);
    append_u64(run.entries, value);
    append_u32(run.blocks, value);
    append_u32(run.index_chunks, value);
  }
  append_checksum(value);
  return value;
}

Manifest Manifest::decode(std::string_view value) {
  ByteReader in(verified(value));
  Manifest manifest{.generation = in.u64(),
                    .quads = in.u64(),
                    .block_rows = in.u32(),
                    .one_graph = TermId(in.u64())};
  for (OrderRecord& order : manifest.orders)
    order = {.blocks = in.u32(), .index_chunks = in.u32(), .group_chunks = in.u32()};
  manifest.set_chunks = in.u32();
  manifest.epoch = {.number = in.u64(), .first_entry = in.u64()};
  const std::uint32_t runs = in.u32();
  for (std::uint32_t i = 0; i < runs; ++i)
    manifest.runs.push_back({.run = in.u64(),
                             .first_entry = in.u64(),
                             .entries = in.u64(),
                             .blocks = in.u32(),
                             .index_chunks = in.u32()});
  if (!in.at_end()) throw Error(ErrorCode::Corrupt, "it has bytes too many");
  return manifest;
}

std::string Counters::encode() const {
  std::string value;
  append_u64(commit, value);
  append_u64(next_entry, value);
  append_u64(next_blank, value);
  append_checksum(value);
  return value;
}

Counters Counters::decode(std::string_view value) {
  ByteReader in(verified(value));
  Counters counters{.commit = in.u64(), .next_entry = in.u64(), .next_blank = in.u64()};
  if (!in.at_end()) throw Error(ErrorCode::Corrupt, "it has bytes too many");
  return counters;
}

}  // namespace tripten
