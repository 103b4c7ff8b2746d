// RunWriter: sorted new terms into the blocks and the index of one dictionary run.
//
// Whoever adds terms merges and numbers them meanwhile: full blocks are compressed and written some
// dozens at a time by a thread of its own, one such at a time.
#pragma once

#include <cstdint>
#include <future>
#include <string>
#include <string_view>
#include <vector>

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
  void end_block();
  void finish_index_chunk();
  void write_full_blocks();

  SstSeries blocks_;
  TermBlockWriter block_{};
  std::vector<TermBlockWriter> full_{};  // not yet being written
  std::uint32_t first_full_ = 0;         // the number of the first of them
  std::string separator_{};              // of the block at hand
  std::string index_chunk_{};
  std::size_t index_chunk_blocks_ = 0;
  Written written_{};
  std::future<void> writing_{};  // the blocks before full_; waits when it goes
};

}  // namespace tripten
