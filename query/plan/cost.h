// The cost model: what the planner takes the work of operators to be, in units of about 10 ns.
//
// Only ratios matter; they are those that bench/operator_bench measures
// (docs/decisions/0011-cost-model.md).
#pragma once

#include <algorithm>
#include <cmath>

namespace tripten {

constexpr double kOpenCost = 100;        // of an operator that reads an index
constexpr double kScanRowCost = 0.3;     // a row out of an index, in order
constexpr double kSeekCost = 110;        // to one key of an index, among few
constexpr double kStepCost = 10;         // to the next key of an index, among many
constexpr double kKeyRowCost = 3;        // a row of the left side of a lookup: its key noted
constexpr double kBuildRowCost = 1;      // a row into a hash table that the caches hold
constexpr double kProbeRowCost = 1.6;    // a row looked up in one
constexpr double kMergeRowCost = 0.5;    // a row through a merge join
constexpr double kCompareCost = 0.3;     // a pair of rows compared in a merge join
constexpr double kTrieRowCost = 0.5;     // a row into a multiway join, in order
constexpr double kTrieSortRowCost = 15;  // the same, to be sorted
constexpr double kLeapCost = 0.4;        // a value that a multiway join looks at in one input
constexpr double kMatchCost = 2;         // a value that all its inputs have
constexpr double kOutputRowCost = 1;     // a row given out by a join
constexpr double kFilterRowCost = 3;     // a row through a condition
constexpr double kTextTestCost = 20;     // a term's text through a condition
constexpr double kSortRowCost = 16;      // a row through ORDER BY
constexpr double kGroupRowCost = 3;      // a row through GROUP BY or DISTINCT
constexpr double kKeptGroupRowCost =
    1.2;                               // the same for each doubling of the groups beyond the caches
constexpr double kPathStepCost = 200;  // a node that a path is walked from
constexpr double kCallCost = 1e6;      // a question to another host

/// Work worth starting threads for.
constexpr double kParallelCost = 5e5;
/// The largest share of the work that all threads do for themselves, such as a table that each of
/// them builds.
constexpr double kMostRepeated = 0.3;

/// How often the rows of a hash table double beyond what the caches hold.
inline double doublings_beyond_caches(double rows) {
  constexpr double kRowsInCaches = 50'000;
  return std::max(0.0, std::log2(rows / kRowsInCaches));
}
inline double build_cost(double rows) {
  return rows * kBuildRowCost * (1 + doublings_beyond_caches(rows));
}
inline double probe_cost(double rows, double table_rows) {
  return rows * kProbeRowCost * (1 + 0.3 * doublings_beyond_caches(table_rows));
}

/// Rows whose keys an index join looks up together: a batch.
constexpr double kLookupWindow = 1024;

/// Looking up the keys of `rows` rows that have `keys` different ones, a window after the other,
/// costs `key` for each key or, where that is less, `step` for each key and `all` for each window.
/// Keys that come in order are met once, and all windows together go once through the index.
inline double lookup_cost(double keys, double rows, bool in_order, double key, double step,
                          double all) {
  const double windows = in_order ? 1 : std::max(1.0, rows / kLookupWindow);
  if (windows > 1) keys *= 1 - std::exp(-kLookupWindow / std::max(1.0, keys));
  return windows * std::min(keys * key, keys * step + all);
}

}  // namespace tripten
