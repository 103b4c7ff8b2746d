// merge_joins: Join(Bgp, P, Bgp, {}) → Join(Bgp, P).
//
// The solutions of a basic graph pattern are those of its triple patterns joined, and a mapping
// solves it once or not at all (§18.3.1; blank nodes are variables here). So basic graph patterns
// that are joined can become one, in which a triple pattern written twice counts once.
#include <algorithm>
#include <utility>

#include "query/optimize/chains.h"
#include "query/optimize/children.h"
#include "query/optimize/optimize.h"

namespace tripten {

namespace {

void drop_repeated(std::vector<TriplePattern>& patterns) {
  std::vector<TriplePattern> kept;
  for (TriplePattern& pattern : patterns)
    if (std::find(kept.begin(), kept.end(), pattern) == kept.end())
      kept.push_back(std::move(pattern));
  patterns = std::move(kept);
}

GraphPattern merged(std::vector<GraphPattern> operands) {
  std::vector<GraphPattern> kept;
  Bgp* first = nullptr;
  kept.reserve(operands.size());  // `first` points into it
  for (GraphPattern& operand : operands) {
    if (is_unit(operand)) continue;
    auto* bgp = std::get_if<Bgp>(&operand.node);
    if (bgp && first) {
      std::move(bgp->patterns.begin(), bgp->patterns.end(), std::back_inserter(first->patterns));
    } else {
      kept.push_back(std::move(operand));
      if (bgp) first = &std::get<Bgp>(kept.back().node);
    }
  }
  if (first) drop_repeated(first->patterns);
  return join_of(std::move(kept));
}

}  // namespace

GraphPattern merge_joins(GraphPattern pattern) {
  if (std::holds_alternative<Join>(pattern.node)) {
    std::vector<GraphPattern> operands;
    for (GraphPattern& operand : join_operands(std::move(pattern))) {
      // A unit below may turn an operand into a Join.
      for (GraphPattern& inner : join_operands(merge_joins(std::move(operand))))
        operands.push_back(std::move(inner));
    }
    return merged(std::move(operands));
  }
  if (auto* bgp = std::get_if<Bgp>(&pattern.node)) drop_repeated(bgp->patterns);
  change_children(pattern, merge_joins);
  return pattern;
}

}  // namespace tripten
