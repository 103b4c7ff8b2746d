// The private halves of the public classes.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "tripten/tripten.h"

#include "api/arguments.h"
#include "base/interrupt.h"
#include "query/plan/query_run.h"
#include "storage/store.h"

namespace tripten {

struct Database::State {
  StorePtr store;
  QueryResources query{};
  std::size_t load_memory = 0;
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
