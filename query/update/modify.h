// DELETE/INSERT ... WHERE (SPARQL 1.1 Update §3.1.3).
#pragma once

#include "query/update/execute_update.h"

namespace tripten {

/// WHERE is evaluated and its solutions kept before anything changes; then the deletions are made,
/// then the insertions.
UpdateCounts execute_modify(const Modify& modify, StoreTransaction& transaction,
                            const Interrupt& interrupt, const RunOptions& options);

}  // namespace tripten
