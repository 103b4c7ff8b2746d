// Why a query has no solutions: the largest part of its pattern that has some, what ends it, and
// the likely causes. (What the literature calls why-not provenance asks for one missing answer;
// here all are missing, and one that ends them is enough.)
#pragma once

#include <string>
#include <vector>

#include "tripten/empty_answer.h"

#include "query/guidance/data_summary.h"
#include "query/guidance/solution_probe.h"

namespace tripten {

EmptyAnswer why_empty(const StoreView& view, const DataSummary& summary, const Query& query,
                      const RunOptions& options, const Interrupt& interrupt);

/// A sentence for each predicate and class that the query names and the data does not have.
std::vector<std::string> unknown_names(const StoreView& view, const DataSummary& summary,
                                       const Query& query);

}  // namespace tripten
