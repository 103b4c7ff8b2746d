// What a query that takes long says on standard error, where that is a terminal.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "tripten/tripten.h"

namespace tripten::shell {

/// "4.2 M rows read of about 12 M (35 %)  2.1 M/s  210 MB  spilt 1.2 GB  3.4 s"
std::string progress_text(const QueryProgress& progress, std::chrono::nanoseconds time);

/// While a statement runs: a line on standard error that begins after two seconds, where that is a
/// terminal, and goes when the answer begins on standard output, or with the object. Belongs to one
/// thread; one at a time.
class StatementProgress {
 public:
  StatementProgress();
  ~StatementProgress();
  StatementProgress(const StatementProgress&) = delete;
  StatementProgress& operator=(const StatementProgress&) = delete;

  /// For QueryOptions::progress; may be called for longer than the object lives. Empty where nobody
  /// would see the line.
  std::function<void(const QueryProgress&)> function() const;

 private:
  struct Line;
  class WatchedBuffer;
  std::shared_ptr<Line> line_{};
  std::unique_ptr<WatchedBuffer> output_{};
};

}  // namespace tripten::shell
