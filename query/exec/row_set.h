// RowSet: different rows, numbered in the order they came; what DISTINCT, GROUP BY, index joins and
// paths count and look up rows with.
//
// The rows lie in a RowTable, and a table of slots finds them by their hashes:
//
//   hash = mix(columns) ──▶ slots ─▶ {number, tag} ─▶ rows[number - 1]
#pragma once

#include <cstdint>
#include <vector>

#include "base/interrupt.h"
#include "base/memory_budget.h"
#include "query/exec/number_slots.h"
#include "query/exec/row_table.h"

namespace tripten {

class RowSet {
 public:
  /// Growing asks `interrupt`, which outlives the set's use.
  void open(std::size_t width, MemoryBudget& budget, const Interrupt& interrupt);
  /// Drops the rows and keeps the memory.
  void clear();

  /// Adds rows that are not there yet; `numbers` becomes the number of each. The first row that has
  /// the number size() had before is the first new one, and so on.
  void add(const std::vector<const Column*>& columns, std::size_t rows,
           std::vector<RowNumber>& numbers);
  struct Added {
    RowNumber number;
    bool is_new;
  };
  Added add(const TermId* values);
  /// The number of a row, kNoRow where it is not there.
  RowNumber find(const TermId* values) const;

  std::size_t size() const { return rows_.rows(); }
  /// Row i has number i.
  const std::vector<Column>& columns() const { return rows_.columns(); }

 private:
  Added insert(const TermId* values, std::uint64_t hash);
  bool is_row(RowNumber row, const TermId* values) const;

  RowTable rows_{};
  NumberSlots slots_{};
  std::vector<std::uint64_t> hashes_{};
  std::vector<TermId> row_{};
};

}  // namespace tripten
