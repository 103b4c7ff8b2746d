// Finding things by what they are called, and literals by what they contain.
#pragma once

#include <string_view>

#include "tripten/search.h"

#include "base/interrupt.h"
#include "query/guidance/data_summary.h"
#include "storage/store.h"

namespace tripten {

/// Labels that begin with the words come first, then other labels, then other literals.
SearchResult search(const StoreView& view, const DataSummary& summary, std::string_view words,
                    const SearchOptions& options);

/// What bears exactly this name.
SearchResult named(const StoreView& view, const DataSummary& summary, std::string_view name,
                   const SearchOptions& options);

}  // namespace tripten
