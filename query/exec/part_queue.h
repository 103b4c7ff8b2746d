// PartQueue: between the threads that work on the parts of a plan and the one that wants its rows.
//
//   part     0 1 2 3 4 5 6 7 ...
//   state    d d g w w - - -        d done, g given out now, w worked on, - waiting
//
// Parts are begun in their order and given out in their order, so the rows come as one thread would
// give them. Threads run ahead of the part given out by a few parts and a few megabytes.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <vector>

#include "base/interrupt.h"
#include "base/memory_budget.h"
#include "query/expr/batch.h"

namespace tripten {

class PartQueue {
 public:
  /// Rows that wait are charged to the budget.
  PartQueue(std::size_t parts, std::size_t threads, MemoryBudget& budget);

  // For the threads that work.

  /// The next part to work on; nothing when there is none, or no more rows are wanted.
  std::optional<std::size_t> begin_part();
  /// Hands the rows on (and leaves an empty batch), once there is room; false when no more rows are
  /// wanted. Throws Limit.
  bool add(std::size_t part, Batch& rows);
  void end_part(std::size_t part);
  /// What ended a thread's work: thrown by next().
  void fail(std::exception_ptr failure);

  // For the one that wants the rows.

  /// Replaces `out` by the next rows; false when all parts are done. Throws what ended a thread, or
  /// what the interrupt says.
  bool next(Batch& out, const Interrupt& interrupt);
  /// No more rows are wanted.
  void stop();

 private:
  struct Part {
    std::deque<Batch> batches{};
    bool is_done = false;
  };
  static std::size_t bytes_of(const Batch& rows);
  bool has_room(std::size_t part) const;

  std::mutex mutex_{};
  std::condition_variable changed_{};
  std::vector<Part> parts_;
  std::size_t ahead_;      // parts that may be begun beyond the one given out
  std::size_t begun_ = 0;  // parts before have been begun,
  std::size_t given_ = 0;  // and these have been given out
  std::size_t bytes_ = 0;  // of waiting rows
  MemoryLease lease_;
  bool is_stopped_ = false;
  std::exception_ptr failure_{};
};

}  // namespace tripten
