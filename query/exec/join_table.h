// JoinTable: the kept side of a hash join, looked up by the values of the shared variables.
//
// A row may leave shared variables unbound, and such a variable is compatible with everything. So
// the rows are parted by which shared variables they bind; a probing row compares, in each part,
// the variables that both bind:
//
//   shared a b c      part {a b c}: 9,998 rows   a probe with b unbound: index on a c
//                     part {a c}:       2 rows                           index on a c
//
// An index (a hash table of the first row of each key, and a chain of the rows with equal keys) is
// built when it is first needed. Nearly always there is one part with one index.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/interrupt.h"
#include "query/exec/row_table.h"

namespace tripten {

/// A set of shared variables, a bit each.
using SharedSet = std::uint64_t;

class JoinTable {
 public:
  /// At most so many shared variables can be keys.
  static constexpr std::size_t kMostKeys = 64;

  /// Empties it. `keys` are the columns of the shared variables.
  void open(std::size_t width, std::vector<std::size_t> keys, MemoryBudget& budget,
            const Interrupt& interrupt);
  void append(const Batch& rows) { rows_.append(rows.columns, rows.rows); }
  /// Parts the rows. After it no rows are added.
  void finish();

  /// Not in the order they came in.
  const RowTable& rows() const { return rows_; }

  /// The rows that are compatible with one probing row, one after the other.
  class Cursor {
   public:
    /// The next row, or kNoRow at the end.
    RowNumber next();

   private:
    friend class JoinTable;
    bool next_part();

    JoinTable* table_ = nullptr;
    const TermId* probe_ = nullptr;  // values of the keys
    SharedSet bound_ = 0;            // those that the probe binds
    bool must_share_ = false;
    std::size_t part_ = 0;             // to look at next
    const RowNumber* next_ = nullptr;  // the chain of the part at hand,
    RowNumber begin_ = 0;              // whose first row this is
    RowNumber row_ = kNoRow;           // its next row
    bool compare_ = false;             // the chain has rows that are not compatible, too
    std::size_t steps_ = 0;
  };
  /// `probe` holds a value for each key (kUnbound where there is none) and stays in place while the
  /// cursor is used. `must_share`: only rows that bind a variable which the probe binds, too.
  Cursor find(const std::vector<TermId>& probe, bool must_share);

 private:
  struct Slot {
    RowNumber first = kNoRow;
    std::uint32_t tag = 0;
  };
  /// The rows of a part by their values of `keys`.
  struct Index {
    explicit Index(SharedSet of, MemoryBudget& budget) : keys(of), lease(budget) {}
    SharedSet keys;
    std::vector<Slot> slots{};      // open addressing, size a power of two; none without keys
    std::vector<RowNumber> next{};  // row - begin of the part → the next row of the same key
    MemoryLease lease;
  };
  /// Rows [begin, end) bind the same shared variables.
  struct Part {
    SharedSet bound = 0;
    RowNumber begin = 0, end = 0;
    std::vector<std::unique_ptr<Index>> indexes{};
  };
  void group_by_bound();
  const Index& index_for(Part& part, SharedSet keys);
  std::unique_ptr<Index> build(const Part& part, SharedSet keys);
  RowNumber first(const Part& part, const Index& index, const TermId* probe) const;
  bool compatible(RowNumber row, const TermId* probe) const;

  RowTable rows_{};
  std::vector<std::size_t> keys_{};
  std::vector<Part> parts_{};
  MemoryBudget* budget_ = nullptr;
  const Interrupt* interrupt_ = nullptr;
};

}  // namespace tripten
