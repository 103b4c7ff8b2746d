// QueryContext: what all operators of one running query share.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/interrupt.h"
#include "base/memory_budget.h"
#include "base/spill_space.h"
#include "query/algebra/algebra.h"
#include "query/expr/query_terms.h"
#include "storage/store.h"

namespace tripten {

struct OperatorCounters;  // query/exec/operator_counters.h

struct QueryContext {
  const StoreView& view;
  QueryTerms& terms;
  const Interrupt& interrupt;
  MemoryBudget& budget;
  std::size_t batch_rows = 1024;
  TermId current_graph = kDefaultGraph;  ///< Set by GraphLoop, read by ActiveGraph::Parameter.
  std::int64_t now_milliseconds = 0;  ///< NOW(): since 1970-01-01T00:00:00Z, the same all through.
  std::string base{};  ///< IRI() resolves against it; empty: relative IRIs are errors.
  /// The variables that tell solutions apart for BNODE(label), set by the first one that runs: the
  /// others of the same SELECT see its rows with more columns, and give the same blank nodes.
  std::optional<std::vector<Variable>> solution_variables{};
  SpillSpace* spill = nullptr;  ///< Where rows go that memory has no room for; none: they don't.
  std::atomic<std::uint64_t>* rows_read = nullptr;  ///< Of the index; where somebody wants to know.

  /// Of the measured operator that is at work in this thread, where the query is profiled.
  OperatorCounters* counters = nullptr;
  /// Since when it is at work, with what was in use then.
  struct Turn {
    std::chrono::steady_clock::time_point since{};
    std::size_t memory = 0;
    std::uint64_t spilled = 0;
  };
  Turn turn{};
};

}  // namespace tripten
