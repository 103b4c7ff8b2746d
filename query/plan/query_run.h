// QueryRun: one query from algebra to batches.
//
//   Query ─ optimize ▶ GraphPattern ─ plan ▶ operators ─ run ▶ batches
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tripten/tripten.h"

#include "query/algebra/query.h"
#include "query/exec/operator.h"
#include "query/plan/cost.h"
#include "query/plan/known_values.h"
#include "query/plan/service_calls.h"

namespace tripten {

struct RunOptions {
  std::map<std::string, Term> bindings{};  ///< Values that variables have before the query runs.
  std::size_t memory_bytes = MemoryBudget::kUnlimited;
  std::size_t batch_rows = 1024;  ///< Tests use 2.
  bool optimise = true;           ///< Off: operators as the text orders them.
  bool profile = false;
  std::vector<std::filesystem::path> spill_folders{};  ///< See SpillSpace; empty: no spilling.
  std::uint64_t disk_bytes = 0;                        ///< Of temporary files; see SpillSpace.
  ServiceOptions services{};
  std::size_t threads = 1;  ///< The most that may work at once.
  /// Work expected to cost less runs on one thread (query/plan/cost.h); tests use 0.
  double parallel_cost = kParallelCost;
  /// Not 0: costs are multiplied by chance, so that a test sees many plans of one query.
  std::uint32_t plan_seed = 0;
  /// What queries before this one found out about the data; outlives the run. None: each for
  /// itself.
  KnownValues* known_values = nullptr;
  std::function<void(const QueryProgress&)> progress{};  ///< See QueryOptions.
};

enum class AnswerKind : std::uint8_t { Solutions, Boolean, Graph };

/// SELECT gives its columns; ASK one column `answer` with one row, a boolean; CONSTRUCT and
/// DESCRIBE the columns subject, predicate, object, each triple once. Belongs to one thread; `view`
/// and `interrupt` outlive it.
class QueryRun {
 public:
  QueryRun(const Query& query, const StoreView& view, const Interrupt& interrupt,
           const RunOptions& options);
  ~QueryRun();

  AnswerKind kind() const;
  const std::vector<std::string>& columns() const;
  bool next(Batch& out);
  const QueryTerms& terms() const;
  /// The plan, one operator a line; with actual rows and times once the run is over and profiled.
  std::string explain() const;
  /// The same as JSON (docs/command-line.md).
  std::string explain_json() const;
  std::size_t peak_memory() const;
  /// Of the query; whoever holds rows of the answer asks it, too.
  MemoryBudget& budget();
  std::uint64_t spilled_bytes() const;  ///< Written in all.

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace tripten
