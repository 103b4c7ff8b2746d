// WaitingRows: rows of a running query that wait until a writer has as many as it wants.
#pragma once

#include <cstddef>

#include "base/interrupt.h"
#include "base/memory_budget.h"
#include "query/expr/batch.h"
#include "query/output/solution_writer.h"
#include "query/plan/query_run.h"

namespace tripten {

/// Rows that a writer wants many of at once. They wait for each other for a tenth of a second at
/// most, and are charged with what their terms take to the query's memory.
class WaitingRows {
 public:
  WaitingRows(QueryRun& run, SolutionWriter& writer, const Interrupt& interrupt);

  /// Adds rows that the run gives to `batch`, until they are as many as the writer wants.
  void append_to(Batch& batch);

 private:
  bool has_room(std::size_t rows_bytes);

  QueryRun& run_;
  SolutionWriter& writer_;
  MemoryLease lease_;
  std::size_t terms_bytes_;
  Batch more_{};
};

}  // namespace tripten
