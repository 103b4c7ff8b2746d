// The private halves of the public classes.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "tripten/tripten.h"

#include "api/arguments.h"
#include "base/interrupt.h"
#include "query/guidance/data_summary.h"
#include "query/plan/query_run.h"
#include "storage/store.h"

namespace tripten {

/// The summary of the state that was asked for last: it is for people who type, who see that of a
/// neighbouring state as well. Shared.
class SummaryCache {
 public:
  std::shared_ptr<const DataSummary> of(const StoreView& view, const StoreStatistics& statistics);

 private:
  using State = std::array<std::uint64_t, 3>;  // generation, quads, rows of the delta
  std::mutex mutex_{};
  State state_{};
  std::shared_ptr<const DataSummary> summary_{};
};

struct Database::State {
  StorePtr store;
  QueryResources query{};
  std::size_t load_memory = 0;
  SummaryCache summary{};
};

struct Snapshot::State {
  std::shared_ptr<Database::State> database;
  SnapshotPtr view;
};

struct Transaction::State {
  std::shared_ptr<Database::State> database;
  std::unique_ptr<StoreTransaction> store;
};

/// A query under way. `owner` keeps what `view` needs.
struct Result::State {
  State(std::shared_ptr<const void> owner_of_view, const StoreView& view, std::string_view sparql,
        const QueryOptions& options, const QueryResources& resources);

  std::shared_ptr<const void> owner;
  Query query;
  Interrupt interrupt;
  std::unique_ptr<QueryRun> run;
  std::vector<std::string> notes{};
  Batch batch{};
  std::size_t next_row = 0;  // of batch
  Row row{};
  std::uint64_t rows_read = 0;
};

}  // namespace tripten
