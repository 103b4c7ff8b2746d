// SolutionProbe: whether a pattern has any solution, asked in bounded time.
#pragma once

#include <optional>

#include "base/interrupt.h"
#include "query/algebra/query.h"
#include "query/plan/query_run.h"
#include "storage/store.h"

namespace tripten {

/// Belongs to one thread. What it is made of outlives it.
class SolutionProbe {
 public:
  SolutionProbe(const StoreView& view, const Query& query, const RunOptions& options,
                const Interrupt& interrupt)
      : view_(view),
        query_(query),
        options_(options),
        interrupt_(interrupt) {}

  /// Nothing where time or memory did not suffice. Throws Cancelled alone.
  std::optional<bool> has(const GraphPattern& pattern);
  /// A value of the variable in some solution; unbound where there is none or nobody knows.
  Term example(const GraphPattern& pattern, const Variable& variable);

  /// Some answer was given up.
  bool gave_up() const { return gave_up_; }

 private:
  static constexpr int kMostProbes = 100;

  const StoreView& view_;
  const Query& query_;
  const RunOptions& options_;
  const Interrupt& interrupt_;
  int probes_ = 0;
  bool gave_up_ = false;
};

}  // namespace tripten
