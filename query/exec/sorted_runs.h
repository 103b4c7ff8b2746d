// SortedRuns: rows that were sorted a memory full at a time, and are merged from the disk
// (external merge sort: Knuth, The Art of Computer Programming, volume 3, §5.4).
//
//   run 0 ┐
//   run 1 ┼─ heap of the runs' next rows ▶ rows in order
//   run 2 ┘
//
// Equal rows come in the order of their runs, so the whole sort is stable. Runs that are too many
// to be read side by side are merged in neighbouring groups first.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "query/exec/row_table.h"
#include "query/exec/spilled_rows.h"

namespace tripten {

class SortedRuns {
 public:
  struct Key {
    std::size_t column = 0;
    bool descending = false;
  };
  /// Rows have `width` columns, of which the first `given` are given back.
  SortedRuns(std::size_t width, std::size_t given, std::vector<Key> keys, QueryContext& context);
  /// Rows that are sorted by the ids of some columns, ascending; all columns are given back.
  SortedRuns(std::size_t width, std::vector<std::size_t> by_ids, QueryContext& context);
  ~SortedRuns();

  /// Adds a run: the rows `order` of the columns, which are sorted in that order.
  void add(const std::vector<Column>& columns, const std::vector<RowNumber>& order);

  /// Adds to the run at hand, which begins with its first rows and ends with end_run().
  void append(const Batch& rows);
  void end_run();

  std::size_t size() const { return runs_.size(); }

  /// Replaces `out` by the next rows of all runs together, at most `most`; false at the end. No
  /// run is added after the first call.
  bool next(Batch& out, std::size_t most);

 private:
  class Merge;
  std::unique_ptr<SpilledRows> new_run();
  void merge_groups();

  std::size_t width_, given_;
  std::vector<Key> keys_{};
  std::vector<std::size_t> by_ids_{};
  QueryContext& context_;
  std::shared_ptr<SpillFile> file_;
  std::vector<std::unique_ptr<SpilledRows>> runs_{};
  std::unique_ptr<SpilledRows> open_run_{};
  std::unique_ptr<Merge> merge_{};
};

}  // namespace tripten
