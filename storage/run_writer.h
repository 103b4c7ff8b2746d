// RunWriter: sorted new terms into the blocks and the index of one dictionary run.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/manifest.h"
#include "storage/order_writer.h"
#include "storage/sst_series.h"
#include "storage/term_block.h"

namespace tripten {

class RunWriter {
 public:
  RunWriter(Rocks& rocks, std::uint64_t run, std::uint64_t first_entry, const std::string& prefix);

  /// The entry number of an encoded term, which is above all terms before it.
  std::uint64_t add(std::string_view term);

  std::uint64_t entries() const { return written_.record.entries; }

  struct Written {
    RunRecord record{};
    Rocks::Incoming files{};
    IndexEntries index{};
  };
  Written finish();

 private:
  void write_block();
  void finish_index_chunk();

  SstSeries blocks_;
  TermBlockWriter block_{};
  std::string separator_{};  // of the block at hand
  std::string index_chunk_{};
  std::size_t index_chunk_blocks_ = 0;
  Written written_{};
};

}  // namespace tripten
