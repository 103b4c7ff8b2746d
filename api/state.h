// The private halves of the public classes.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "tripten/tripten.h"

#include "api/arguments.h"
#include "base/interrupt.h"
#include "query/guidance/data_summary.h"
#include "query/parse/parsed_queries.h"
#include "query/plan/query_run.h"
#include "storage/store.h"

namespace tripten {

/// The summary of the state that was asked for last: it is for people who type, who see that of a
/// neighbouring state as well. Shared.
class SummaryCache {
 public:
  /// `update` tells the states of open transactions from each other and from those of the store,
  /// which are 0.
  std::shared_ptr<const DataSummary> of(const StoreView& view, const StoreStatistics& statistics,
                                        std::uint64_t update = 0);

 private:
  using State = std::array<std::uint64_t, 4>;  // generation, quads, rows of the delta, update
  std::mutex mutex_{};
  State state_{};
  std::shared_ptr<const DataSummary> summary_{};
};

struct Database::State {
  StorePtr store;
  QueryResources query{};
  std::size_t load_memory = 0;
  SummaryCache summary{};
  ParsedQueries parsed{};
  std::atomic<std::uint64_t> transaction_updates = 0;  ///< So far.
};

struct Snapshot::State {
  std::shared_ptr<Database::State> database;
  std::shared_ptr<const StoreView> view;
  /// Of a view of a transaction: this state, which knows the last update.
  std::shared_ptr<const Transaction::State> transaction{};
};

struct Transaction::State {
  std::shared_ptr<Database::State> database;
  std::shared_ptr<StoreTransaction> store;  ///< Null after the end.
  std::uint64_t update = 0;                 ///< The last one, a number that no other update has.
};

/// What a query took before it ran, for a profile.
struct Preparation {
  double parse_milliseconds = 0, plan_milliseconds = 0;
  bool is_parse_cached = false;
};

/// A query under way. `owner` keeps what `view` needs.
struct Result::State {
  State(std::shared_ptr<const void> owner_of_view, const StoreView& view, ParsedQuery parsed,
        const RunOptions& run_options, const QueryOptions& options,
        std::chrono::steady_clock::time_point parse_began);

  std::shared_ptr<const void> owner;
  std::shared_ptr<const Query> query;
  Interrupt interrupt;
  std::unique_ptr<QueryRun> run;
  std::vector<std::string> notes{};
  std::optional<Preparation> preparation{};  // profiled
  Batch batch{};
  std::size_t next_row = 0;  // of batch
  Row row{};
  std::uint64_t rows_read = 0;
};

/// Begins the query of a text.
std::unique_ptr<Result::State> started(std::shared_ptr<const void> owner, const StoreView& view,
                                       std::string_view sparql, const QueryOptions& options,
                                       Database::State& database);

/// Immutable.
struct PreparedQuery::State {
  State(std::shared_ptr<Database::State> of, std::string_view sparql, const QueryOptions& options);

  std::unique_ptr<Result::State> run(std::shared_ptr<const void> owner, const StoreView& view,
                                     const QueryOptions& options) const;

  std::shared_ptr<Database::State> database;
  std::string text{};
  ParseOptions parse{};  ///< Its parameters are those of prepare().
  std::vector<std::string> placeholders{};
  std::vector<std::string> parameters{};   ///< Placeholders, then variables.
  ParsedQuery parsed{};                    ///< Nothing where placeholders have no values.
  std::map<std::string, Term> given{};     ///< By prepare(), to variables,
  std::map<std::string, Term> bindings{};  ///< and with what the texts give.

 private:
  std::map<std::string, Term> given_to(const Query& query) const;
  void bind(const QueryOptions& options, const Query& query,
            std::map<std::string, Term>& values) const;
};

}  // namespace tripten
