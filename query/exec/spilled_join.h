// SpilledJoin: both sides of a hash join on the disk, where the table of one does not fit into
// memory; given back in pieces that do.
//
// Both sides are parted by the variables that every row of both binds (RowPartitions), so only rows
// of the same part can be joined. A part's table that is too large still, as one of rows that bind
// no variable for certain may be, comes in several pieces, and the part's other side is read once
// for each:
//
//   part 0   table: piece 0            rows to look up: all of part 0
//   part 1   table: piece 0, piece 1   rows to look up: all of part 1, twice
//
// What OPTIONAL, EXISTS and MINUS ask of a row is known after the part's last piece; a byte a row
// remembers until then whether an earlier piece had a match.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "query/exec/join_table.h"
#include "query/exec/row_partitions.h"

namespace tripten {

class SpilledJoin {
 public:
  /// What a looked-up row has met so far.
  enum Match : std::uint8_t { None = 0, Now = 1, Earlier = 2 };

  struct Side {
    std::size_t width;
    std::vector<std::size_t>
        keys;  ///< Columns that every row binds, pair by pair with the other's.
  };
  SpilledJoin(Side table, Side looked_up, QueryContext& context);

  /// Whether a table of `rows` rows, of `width` columns, had better go to the disk than grow.
  static bool is_short(std::size_t rows, std::size_t width, const QueryContext& context);

  void append_to_table(const Batch& rows) { append(table_, rows); }
  void append_looked_up(const Batch& rows) { append(looked_up_, rows); }
  /// Nothing is appended after it.
  void finish();

  /// Fills the opened, empty table with the next piece; false where all are done.
  bool next_piece(JoinTable& table);
  /// Whether the rows to look up meet no other piece after this one.
  bool is_last_piece() const { return is_last_piece_; }
  std::size_t pieces() const { return pieces_; }
  std::uint64_t bytes() const { return bytes_; }

  /// The next rows to look up in the piece at hand, with what they met in earlier ones.
  bool next(Batch& rows, std::vector<std::uint8_t>& matches);
  /// Notes what the rows that next() gave have met.
  void note(const std::vector<std::uint8_t>& matches);

 private:
  struct Input {
    Input(Side of, QueryContext& context) : side(std::move(of)), parts(side.width, 0, context) {}
    Side side;
    RowPartitions parts;
  };
  void append(Input& input, const Batch& rows);
  bool begin_part();

  QueryContext& context_;
  Input table_, looked_up_;
  std::vector<std::uint64_t> hashes_{};
  std::uint64_t bytes_ = 0;

  std::size_t part_ = 0;  // to begin next
  std::optional<SpilledRows::Reader> table_reader_{}, looked_up_reader_{};
  Batch ahead_{};  // of the table's side, not in a piece yet
  bool is_last_piece_ = true;
  std::size_t pieces_ = 0;
  std::vector<std::uint8_t> matches_{};  // of the part, where it has several pieces
  MemoryLease lease_;                    // for matches_
  std::size_t begin_ = 0, end_ = 0;      // of the rows that next() gave, in the part
};

}  // namespace tripten
