// Errors of queries with the names of the data that were probably meant.
#pragma once

#include <string_view>

#include "tripten/error.h"

#include "api/state.h"

namespace tripten {

/// The error, with the predicate or class that a word without prefix was meant to be. `first_line`
/// as in QueryOptions.
Error with_nearest_name(const Error& error, std::string_view sparql, int first_line,
                        const StoreView& view, Database::State& database);

}  // namespace tripten
