// An update request on a transaction (SPARQL 1.1 Update §3).
#pragma once

#include <functional>

#include "base/interrupt.h"
#include "query/algebra/query.h"
#include "query/plan/query_run.h"
#include "storage/store.h"

namespace tripten {

struct UpdateCounts {
  std::uint64_t inserted = 0, deleted = 0;
};

/// LOAD: reads `source` (an IRI) into `graph` (unbound: the default graph) through the sink.
using SourceReader = std::function<void(const std::string& source, StatementSink& sink)>;

/// Runs the operations in order; each sees what those before it did. What a Modify deletes and
/// inserts is settled by its WHERE before anything changes (§3.1.3). The caller commits, or drops
/// the transaction where this throws.
UpdateCounts execute_update(const Update& update, StoreTransaction& transaction,
                            const Interrupt& interrupt, const RunOptions& options,
                            const SourceReader& read_source);

}  // namespace tripten
