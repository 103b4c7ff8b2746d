// SetAside: the rows of an operator over keys (GROUP BY, DISTINCT) that memory has no room for.
//
// Once a table of keys can't grow, it stays as it is: rows of the keys in it are worked off as
// ever, all others are set aside on the disk, parted by the hashes of their keys. When the input
// ends, so do the keys of the table; then each part is an input of its own, and may set rows aside
// again ("hybrid hashing": DeWitt et al., SIGMOD 1984):
//
//   round 0   input  ──▶ table, full ──▶ rows of other keys ──▶ parts 0 ... 15
//   round 1   part 0 ──▶ table            round 2   part 1 ──▶ table ...
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "query/exec/row_partitions.h"

namespace tripten {

class SetAside {
 public:
  /// Begins with the input itself.
  void open(QueryContext& context);

  /// Asked before each batch: keeps a little memory for begin(), once others have taken much.
  void keep_room();

  /// Whether there is a disk to write to, and hope that parting the rows will help.
  bool can_begin() const { return context_->spill && level_ < RowPartitions::kMostLevels; }
  /// From here on rows of the round at hand are set aside.
  void begin(std::size_t width);
  bool has_begun() const { return filling_ != nullptr; }
  void append_row(const TermId* values, std::uint64_t hash) { filling_->append_row(values, hash); }

  /// Goes on to a part; false where there is none.
  bool next_round();
  /// Whether the round's rows are those of a part: next() gives them.
  bool is_part() const { return part_.of != nullptr; }
  /// The first call takes memory: the table of the round before must be gone by then.
  bool next(Batch& out);

 private:
  struct Part {
    std::shared_ptr<RowPartitions> of{};
    std::size_t number = 0;
  };

  QueryContext* context_ = nullptr;
  int level_ = 0;
  std::shared_ptr<RowPartitions> filling_{};
  std::vector<Part> waiting_{};
  Part part_{};
  std::optional<SpilledRows::Reader> reader_{};  // of part_
  std::optional<MemoryLease> spare_{};           // for the buffers of the parts
};

}  // namespace tripten
