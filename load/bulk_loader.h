// BulkLoader: a sink that turns any number of statements into one new generation of the database.
//
//   statements ─ number ▶ ids ─ sort ▶ runs ─ merge with the old generation ▶ blocks ▶ SST ▶ ingest
//
// Nothing is visible before finish(), everything after it; a loader destroyed before, or a process
// killed at any moment, leaves the database as it was.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "base/interrupt.h"
#include "rdf/statement.h"
#include "storage/store.h"

namespace tripten {

struct BulkLoadOptions {
  /// The graph of statements that come without one; unbound is the default graph.
  Term graph{};
  /// Bytes for terms and ids in memory.
  std::size_t memory_bytes = std::size_t{4} << 30;
  const Interrupt* interrupt = nullptr;
  /// Called now and then with the statements so far and the stage ("reading", "sorting", ...).
  std::function<void(std::uint64_t statements, std::string_view stage)> progress{};
};

struct BulkLoadCounts {
  std::uint64_t statements = 0;  ///< As read, repeated ones included.
  std::uint64_t inserted = 0;    ///< Quads that the database did not have.
};

/// Holds the store's write lock from construction to destruction.
class BulkLoader : public StatementSink {
 public:
  BulkLoader(Store& store, const BulkLoadOptions& options);
  ~BulkLoader() override;

  void begin_source() override;
  void add(const Statement& statement) override;

  /// Sorts, writes and switches; durable when it returns. Once.
  BulkLoadCounts finish();

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace tripten
