// OrderWriter: the sorted quads of one order into blocks, their metadata and group counts.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "storage/block_index.h"
#include "storage/characteristic_sets.h"
#include "storage/manifest.h"
#include "storage/quad.h"
#include "storage/sst_series.h"

namespace tripten {

/// Keys and values of the column family `indexes`, by key.
using IndexEntries = std::vector<std::pair<std::string, std::string>>;

class OrderWriter {
 public:
  OrderWriter(Rocks& rocks, std::uint64_t generation, QuadOrder order, std::uint32_t block_rows,
              const std::string& prefix);

  /// `row`, in column order, is above all rows before it.
  void add(const Quad& row) {
    rows_.push_back(row);
    if (rows_.size() == block_rows_) write_block();
  }

  struct Written {
    OrderRecord record{};
    std::uint64_t quads = 0;
    std::uint32_t set_chunks = 0;  ///< Spog only.
    Rocks::Incoming files{};
    IndexEntries index{};
  };
  Written finish();

 private:
  void write_block();
  void count_groups();
  void finish_index_chunk();
  void finish_group();
  void finish_group_chunk();
  void finish_sets();

  std::uint64_t generation_;
  QuadOrder order_;
  std::size_t block_rows_;
  bool has_groups_;
  SstSeries blocks_;
  std::vector<Quad> rows_{};  // of the block at hand
  Written written_{};
  std::string index_chunk_{}, group_chunk_{};
  std::size_t index_chunk_blocks_ = 0, group_chunk_entries_ = 0;
  TermId group_{}, second_{};  // the leading columns at hand
  std::uint64_t group_quads_ = 0, group_values_ = 0;
  CharacteristicSetCounter sets_{};  // Spog only
};

}  // namespace tripten
