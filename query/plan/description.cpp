#include "query/plan/description.h"

#include <algorithm>

namespace tripten {

Description::Description(QueryContext& context, const Dataset& dataset)
    : context_(context),
      dataset_(dataset) {
  resources_.open(1, context.budget, context.interrupt);
}

void Description::add(TermId resource) {
  if (resource.is_iri() || resource.is_blank()) resources_.add(&resource);
}

bool Description::reads(TermId graph) const {
  if (!dataset_.restricted) {
    return graph != kDefaultGraph || dataset_.default_graph.graphs == std::vector{kDefaultGraph};
  }
  const std::vector<TermId>& defaults = dataset_.default_graph.graphs;
  return std::find(defaults.begin(), defaults.end(), graph) != defaults.end() ||
         dataset_.has_named(graph);
}

bool Description::describe_next(RowSet& triples) {
  if (done_ == resources_.size()) return false;
  const TermId resource = resources_.columns()[0][done_++];
  QuadScan scan = context_.view.scan(QuadOrder::Spog, {{resource, kUnbound, kUnbound, kUnbound}});
  QuadColumns rows;
  while (scan.next(rows)) {
    context_.interrupt.check();
    for (std::size_t row = 0; row < rows.rows; ++row) {
      if (!reads(rows.columns[3][row])) continue;
      const std::array<TermId, 3> triple{rows.columns[0][row], rows.columns[1][row],
                                         rows.columns[2][row]};
      triples.add(triple.data());
      if (triple[2].is_blank()) add(triple[2]);
    }
  }
  return true;
}

}  // namespace tripten
