// JoinTable: the kept side of a hash join, looked up by the values of the shared variables.
//
// A row may leave shared variables unbound, and such a variable is compatible with everything. So
// the rows are parted by which shared variables they bind; a probing row compares, in each part,
// the variables that both bind:
//
//   shared a b c      part {a b c}: 9,998 rows   a probe with b unbound: index on a c
//                     part {a c}:       2 rows                           index on a c
//
// An index (the first row of each key, and a chain of the rows with equal keys) is built when it is
// first needed. Nearly always there is one part with one index, and all probes of a batch are
// looked up at once. The first rows of one key whose ids lie close together are in an array over
// the ids' range, else in a hash table. Rows that came in such an order that all chains are runs of
// neighbours need no chains.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/interrupt.h"
#include "query/exec/number_slots.h"
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

  /// Whether all rows bind all keys: then rows are compatible with a probe that does so, too, where
  /// the values are the same.
  bool is_complete() const { return parts_.empty() || (parts_.size() == 1 && is_complete_); }
  /// For each row of `probe`, columns of values for all keys, the first compatible row, or kNoRow.
  /// The table is complete.
  void find_firsts(const std::vector<const Column*>& probe, std::size_t rows,
                   std::vector<RowNumber>& firsts);
  /// Whether the rows of every chain are neighbours, and where those of a row's chain end.
  bool has_runs() const { return complete_ && complete_->has_runs; }
  RowNumber end_of_run(RowNumber row) const { return complete_->next[row]; }
  /// The next row that is compatible with the same probes, or kNoRow. Not where has_runs().
  RowNumber behind(RowNumber row) const { return complete_->next[row]; }

 private:
  /// The rows of a part by their values of `keys`.
  struct Index {
    explicit Index(SharedSet of, MemoryBudget& budget) : keys(of), lease(budget) {}
    SharedSet keys;
    // Of the first row of each key; without keys neither is used.
    bool is_array = false;
    std::uint64_t low = 0;            // firsts[i] is of id low + i
    std::vector<RowNumber> firsts{};  // kNoRow where there is none
    NumberSlots slots{};              // numbers are rows + 1
    // row - begin of the part → the next row of the same key, or the end of the run of such rows
    std::vector<RowNumber> next{};
    bool has_runs = false;
    MemoryLease lease;  // for firsts and next
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
  bool fill_array(Index& index, const Part& part, const Column& values) const;
  void find_runs(Index& index) const;
  void fill_slots(Index& index, const Part& part, const std::vector<const Column*>& columns) const;
  RowNumber first(const Part& part, const Index& index, const TermId* probe) const;
  bool compatible(RowNumber row, const TermId* probe) const;

  RowTable rows_{};
  std::vector<std::size_t> keys_{};
  bool is_complete_ = false;
  std::vector<Part> parts_{};
  const Index* complete_ = nullptr;      // the one of all keys, where the table is complete
  std::vector<std::uint64_t> hashes_{};  // of a batch of probes
  MemoryBudget* budget_ = nullptr;
  const Interrupt* interrupt_ = nullptr;
};

}  // namespace tripten
