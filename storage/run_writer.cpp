#include "storage/run_writer.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "storage/bytes.h"
#include "storage/checksum.h"
#include "storage/format.h"
#include "storage/keys.h"

namespace tripten {
namespace {

constexpr std::size_t kBlockBytes = 16384;  // of unpacked terms; docs/decisions/0001-blocks.md
constexpr std::size_t kBlocksAtOnce = 64;

/// The shortest prefix of `high` that is above `low`, which is below `high`.
std::string_view separator_of(std::string_view low, std::string_view high) {
  std::size_t shared = 0;
  while (shared < low.size() && low[shared] == high[shared])
    ++shared;
  return high.substr(0, shared + 1);
}

}  // namespace

RunWriter::RunWriter(Rocks& rocks, std::uint64_t run, std::uint64_t first_entry,
                     const std::string& prefix)
    : blocks_(rocks, Family::Terms, fmt::format("{}terms-", prefix)) {
  written_.record = {.run = run, .first_entry = first_entry};
}

std::uint64_t RunWriter::add(std::string_view term) {
  if (block_.terms() != 0 && block_.bytes() + term.size() > kBlockBytes) {
    const std::string separator(separator_of(block_.last(), term));
    end_block();
    separator_ = separator;
  }
  block_.add(term);
  return written_.record.first_entry + written_.record.entries++;
}

void RunWriter::end_block() {
  append_varint(block_.terms(), index_chunk_);
  append_varint(separator_.size(), index_chunk_);
  index_chunk_ += separator_;
  if (++index_chunk_blocks_ == kIndexChunkBlocks) finish_index_chunk();
  ++written_.record.blocks;
  full_.push_back(std::exchange(block_, {}));
  if (full_.size() == kBlocksAtOnce) write_full_blocks();
}

void RunWriter::write_full_blocks() {
  if (writing_.valid()) writing_.get();
  writing_ = std::async(std::launch::async,
                        [this, number = first_full_, blocks = std::exchange(full_, {})]() mutable {
                          for (TermBlockWriter& block : blocks)
                            blocks_.put(terms_key(written_.record.run, number++), block.finish());
                        });
  first_full_ = written_.record.blocks;
}

void RunWriter::finish_index_chunk() {
  append_checksum(index_chunk_);
  written_.index.emplace_back(term_index_key(written_.record.run, written_.record.index_chunks++),
                              std::move(index_chunk_));
  index_chunk_.clear();
  index_chunk_blocks_ = 0;
}

RunWriter::Written RunWriter::finish() {
  if (block_.terms() != 0) end_block();
  if (!full_.empty()) write_full_blocks();
  if (writing_.valid()) writing_.get();
  if (index_chunk_blocks_ != 0) finish_index_chunk();
  written_.files = blocks_.finish();
  return std::move(written_);
}

}  // namespace tripten
