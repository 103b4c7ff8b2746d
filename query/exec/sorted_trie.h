// SortedTrie: rows in lexicographic order, walked variable by variable; what a multiway join
// intersects.
//
//   rows       1 4      heads   1  2  5      The different values of the first column and where
//              1 6      starts  0  2  3  6   the rows of each begin. Deeper levels are ranges of
//              2 4                           the rows themselves.
//              5 4
//              5 7
//              5 9
//
// Where the heads lie dense among the ids between the first and the last of them, a table of places
// answers a seek at once.
#pragma once

#include <optional>
#include <vector>

#include "base/interrupt.h"
#include "query/exec/row_table.h"

namespace tripten {

class SortedTrie {
 public:
  /// Empties it. Its rows will have `levels` columns.
  void open(std::size_t levels, MemoryBudget& budget, const Interrupt& interrupt);
  /// Appends rows; level i is the i-th of `columns`.
  void append(const std::vector<const Column*>& columns, std::size_t rows);
  /// After it no rows are added. `is_sorted`: they came in order.
  void finish(bool is_sorted);

  std::size_t levels() const { return rows_.width(); }
  std::size_t rows() const { return rows_.rows(); }
  const Column& column(std::size_t level) const { return rows_.columns()[level]; }

  const Column& heads() const { return heads_; }
  /// The rows of head i: [starts()[i], starts()[i + 1]).
  const std::vector<RowNumber>& starts() const { return starts_; }
  /// The number of the first head from `from` on that is not below `value`.
  std::size_t seek_head(std::size_t from, TermId value) const;

 private:
  void sort();
  void find_heads();
  void note_places();

  RowTable rows_{};
  Column heads_{};
  std::vector<RowNumber> starts_{};
  std::vector<RowNumber> places_{};  // id - heads_[0] → first head not below; empty where sparse
  std::optional<MemoryLease> lease_{};  // of all but rows_
  MemoryBudget* budget_ = nullptr;
  const Interrupt* interrupt_ = nullptr;
};

}  // namespace tripten
