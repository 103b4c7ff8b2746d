// The cost model: what the planner takes the work of operators to be, in units of about 10 ns.
//
// Only ratios matter. A row of a scan costs 1; a lookup in an index is a seek (2 to 5 µs where the
// block is not at hand), unless keys lie so dense that going through all rows is cheaper.
#pragma once

#include <algorithm>

namespace tripten {

constexpr double kOpenCost = 100;      // of an operator that reads an index
constexpr double kScanRowCost = 1;     // a row out of an index, in order
constexpr double kSeekCost = 120;      // to one key of an index, among few
constexpr double kStepCost = 12;       // to the next key of an index, among many
constexpr double kKeyRowCost = 3;      // a row of the left side of a lookup: its key noted
constexpr double kBuildRowCost = 6;    // a row into a hash table
constexpr double kProbeRowCost = 3;    // a row looked up in a hash table
constexpr double kMergeRowCost = 1.5;  // a row through a merge join
constexpr double kOutputRowCost = 1;   // a row given out by a join
constexpr double kFilterRowCost = 5;   // a row through a condition
constexpr double kSortRowCost = 30;    // a row through ORDER BY
constexpr double kGroupRowCost = 8;    // a row through GROUP BY or DISTINCT
constexpr double kPathStepCost = 200;  // a node that a path is walked from
constexpr double kCallCost = 1e6;      // a question to another host

/// Lookups of `keys` keys in an index range of `rows` rows.
inline double lookup_cost(double keys, double rows) {
  return kOpenCost + std::min(keys * kSeekCost, keys * kStepCost + rows * kScanRowCost);
}

}  // namespace tripten
