// What the filters of a join group say of the rows that a scan need not read.
#pragma once

#include <vector>

#include "query/plan/join_group.h"

namespace tripten {

/// The ids of a variable that its filters may let through; none where they say nothing about ids.
std::vector<IdRange> filter_ranges(const std::vector<JoinGroup::Condition>& conditions,
                                   const Variable& variable, QueryTerms& terms);

/// Whether a filter looks at the texts of a variable's terms. Rows in the order of the variable
/// then read the dictionary from one end to the other.
bool reads_texts(const std::vector<JoinGroup::Condition>& conditions, const Variable& variable);

}  // namespace tripten
