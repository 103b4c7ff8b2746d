// SpilledRows: rows on the disk, read back in the order in which they were appended.
//
// A block is written whenever enough rows have come together. Each of its columns is the smallest
// value, and the differences from it in as few bytes as the largest one needs: ids of one kind that
// one load gave take three or four bytes of their eight, a constant column none.
//
//   checksum 8 | rows 4 | column: smallest 8, bytes a value 1, differences ... | column ...
//
// Several of them may share a file: that is how rows are parted by their hashes (RowPartitions).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/memory_budget.h"
#include "base/spill_file.h"
#include "query/expr/batch.h"
#include "query/expr/query_context.h"

namespace tripten {

/// Belongs to one thread until finish(); then any thread may read with a Reader of its own.
class SpilledRows {
 public:
  static constexpr std::size_t kBlockRows = 1024;
  /// What one that is being written, or a Reader, holds of the budget.
  static constexpr std::size_t buffer_bytes(std::size_t width,
                                            std::size_t block_rows = kBlockRows) {
    return (width + 1) * block_rows * (sizeof(TermId) + sizeof(TermId));
  }

  /// Throws Limit where the budget has no room for its buffer.
  SpilledRows(std::shared_ptr<SpillFile> file, std::size_t width, MemoryBudget& budget,
              std::size_t block_rows = kBlockRows);

  void append(const std::vector<Column>& columns, std::size_t begin, std::size_t end);
  void append(const Batch& rows) { append(rows.columns, 0, rows.rows); }
  /// The rows `order[begin, end)`.
  void append_gathered(const std::vector<Column>& columns, const std::vector<std::uint32_t>& order,
                       std::size_t begin, std::size_t end);
  void append_row(const TermId* values);
  /// Writes what is left in the buffer and gives the buffer back; after it nothing is appended.
  void finish();

  std::size_t width() const { return width_; }
  std::uint64_t rows() const { return rows_ + buffer_.rows; }
  std::uint64_t bytes() const { return bytes_; }

  /// Reads all rows from the first on, a block at a time.
  class Reader;

 private:
  struct Block {
    std::uint64_t at;
    std::uint32_t bytes;
  };
  void write_block();
  void make_room() {
    if (buffer_.rows == block_rows_) write_block();
  }

  std::shared_ptr<SpillFile> file_;
  std::size_t width_, block_rows_;
  Batch buffer_{};
  std::string encoded_{};
  std::vector<Block> blocks_{};
  std::uint64_t rows_ = 0, bytes_ = 0;  // in blocks
  MemoryLease lease_;                   // for the buffer, and for blocks_
};

class SpilledRows::Reader {
 public:
  /// `rows` is finished and outlives the reader.
  Reader(const SpilledRows& rows, MemoryBudget& budget);

  /// Replaces `out` by the next block's rows; false at the end. Throws Io where the file does not
  /// hold what was written.
  bool next(Batch& out);

 private:
  const SpilledRows* rows_;
  std::size_t block_ = 0;  // to read next
  std::string encoded_{};
  MemoryLease lease_;
};

/// A file of the query's own to spill into.
std::shared_ptr<SpillFile> make_spill_file(QueryContext& context);

}  // namespace tripten
