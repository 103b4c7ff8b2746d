// LikelyCauses: why a triple pattern or a FILTER leaves no solutions.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "query/algebra/query.h"
#include "query/guidance/data_summary.h"
#include "query/guidance/deadline.h"
#include "query/guidance/pattern_parts.h"
#include "query/guidance/solution_probe.h"
#include "query/guidance/sparql_names.h"
#include "storage/store.h"

namespace tripten {

/// What the search for causes works with.
struct CauseContext {
  const StoreView& view;
  const DataSummary& summary;
  const SparqlNames& names;
  SolutionProbe& probe;
  Deadline deadline;  ///< Of the searches in the data.
};

/// Names that the data does not have at all: a predicate, a class.
std::optional<std::string> unknown_predicate(const CauseContext& context, const Term& predicate);
std::optional<std::string> unknown_class(const CauseContext& context, const Term& type);

/// Sentences without a full stop, the likeliest first; `rest` is what has solutions without the
/// part.
std::vector<std::string> causes_of(const CauseContext& context, const PatternPart& part,
                                   const GraphPattern& rest);

/// Of a FILTER that no solution of `pattern` passes.
std::vector<std::string> causes_of(const CauseContext& context, const Expression& filter,
                                   const GraphPattern& pattern);

}  // namespace tripten
