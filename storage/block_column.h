// BlockColumn: one column of a quad block (storage/format.h, "A column").
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "storage/bytes.h"
#include "storage/packed_sequence.h"
#include "storage/term_id.h"

namespace tripten {

void append_column(std::span<const TermId> ids, std::string& out);

/// A view, like PackedSequence.
class BlockColumn {
 public:
  BlockColumn() = default;
  /// `rows` is at least 1. Throws Corrupt where the bytes are no column of that many rows.
  static BlockColumn read(ByteReader& in, std::size_t rows);

  /// Rows `from` to `to` (exclusive) into `out`.
  void decode(std::size_t from, std::size_t to, TermId* out) const;
  /// The runs of equal ids in rows `from` to `to`: replaces `ids` by their ids and `ends` by the
  /// rows after them. Costs a step a run where the column is kept as runs.
  void runs(std::size_t from, std::size_t to, std::vector<TermId>& ids,
            std::vector<std::uint32_t>& ends) const;
  TermId at(std::size_t row) const;
  /// The id of all rows, where it is the same.
  std::optional<TermId> constant() const;

  /// The first row in [from, to) whose id is not below `id` (`or_equal`: is above it); the ids
  /// there must ascend.
  std::size_t bound(std::size_t from, std::size_t to, TermId id, bool or_equal) const;
  /// Both bounds: the rows of `id` in [from, to), where the ids must ascend.
  std::pair<std::size_t, std::size_t> equal_range(std::size_t from, std::size_t to,
                                                  TermId id) const;

  /// Bytes in memory beside the object's own and those it views.
  std::size_t memory() const {
    return codes_.memory() + segments_.capacity() * sizeof(Segment) +
           run_ends_.capacity() * sizeof(std::uint32_t);
  }

 private:
  enum class Kind : std::uint8_t { Constant = 0, Runs = 1, Packed = 2 };
  struct Segment {
    std::uint64_t first_code = 0;
    std::uint64_t first_id = 0;
    std::uint64_t span = 0;
  };

  friend void append_column(std::span<const TermId> ids, std::string& out);
  void read_segments(ByteReader& in);
  void read_runs(ByteReader& in, std::size_t rows);
  /// The code of `id`, or the number of codes of lower ids where it has none of its own.
  struct Code {
    std::uint64_t code = 0;
    bool is_own = false;
  };
  Code code_of(TermId id) const;
  void decode_codes(std::size_t from, std::size_t to, TermId* out) const;
  void decode_runs(std::size_t from, std::size_t to, TermId* out) const;
  std::size_t start_of(std::size_t run) const { return run == 0 ? 0 : run_ends_[run - 1]; }
  std::size_t run_of(std::size_t row) const;

  Kind kind_ = Kind::Constant;
  TermId constant_{};
  std::vector<Segment> segments_{};
  PackedSequence codes_{};                 // of rows, or of runs
  std::vector<std::uint32_t> run_ends_{};  // ascending; the last is the number of rows
};

}  // namespace tripten
