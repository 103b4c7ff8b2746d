// BulkLoader: turns any number of statements into one new generation of the database.
//
//   sources ─ parse, number ▶ parts ─ sort terms, merge ▶ ids ─ sort ▶ orders ─ merge with the old
//   generation ▶ blocks ▶ SST files ▶ ingest
//
// Sources are parsed by all threads, each into a part with terms of its own (load/load_part.h). A
// part that has filled its share of the memory goes to the disk. In the end the terms of all parts
// are merged and numbered in their order (load/term_merge.h), and the quads sorted in all orders by
// the ranks of their ids (load/ranked_quads.h): in memory if they fit, else part by part into runs
// (load/quad_runs.h) that are merged on their way into blocks.
//
// Nothing is visible before finish(), everything after it; a loader destroyed before, or a process
// killed at any moment, leaves the database as it was.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "tripten/tripten.h"

#include "base/interrupt.h"
#include "load/source_reader.h"
#include "rdf/statement.h"
#include "storage/store.h"

namespace tripten {

struct BulkLoadOptions {
  /// The graph of statements that come without one; unbound is the default graph.
  Term graph{};
  /// Bytes for terms and quads in memory; what is more goes to the disk.
  std::size_t memory_bytes = std::size_t{4} << 30;
  std::size_t threads = 0;  ///< That parse; 0: as many as the processor runs.
  const Interrupt* interrupt = nullptr;
  /// Called now and then, by one thread at a time.
  std::function<void(const LoadProgress&)> progress{};
  std::uint64_t source_bytes = 0;  ///< Of all sources' files, for the progress; 0: unknown.
};

struct BulkLoadCounts {
  std::uint64_t statements = 0;  ///< As read, repeated ones included.
  std::uint64_t inserted = 0;    ///< Quads that the database did not have.
};

/// Holds the store's write lock from construction to destruction. A sink for statements that come
/// one by one, and a reader of sources.
class BulkLoader : public StatementSink {
 public:
  BulkLoader(Store& store, const BulkLoadOptions& options);
  ~BulkLoader() override;

  void begin_source() override;
  void add(const Statement& statement) override;
  /// All statements of the sources, each with a blank node scope of its own. Throws the first error
  /// in their order.
  SkippedStatements read(const std::vector<LoadSource>& sources);

  /// Sorts, writes and switches; durable when it returns. Once.
  BulkLoadCounts finish();

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace tripten
