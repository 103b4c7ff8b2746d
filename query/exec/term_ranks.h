// Ranks of terms: numbers that order as the terms do in ORDER BY (§15.1).
//
// Sorting compares a row many times, and a term means a look into the dictionary. So the different
// terms of a key are sorted first, with their texts at hand, and rows are then compared by numbers.
#pragma once

#include <vector>

#include "query/exec/row_table.h"
#include "query/expr/query_context.h"

namespace tripten {

/// The rank of each term of `terms`: a is below b as order_terms() says, equal where that says
/// equal. The texts are charged to the budget while the call runs.
/// Asks the interrupt.
std::vector<std::uint32_t> rank_terms(const Column& terms, QueryContext& context);

}  // namespace tripten
