#include "query/plan/dataset.h"

#include <algorithm>

namespace tripten {

namespace {

std::vector<TermId> ids_of(const std::vector<Term>& graphs, QueryTerms& terms) {
  std::vector<TermId> ids;
  for (const Term& graph : graphs)
    ids.push_back(terms.intern(view_of(graph)));
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

}  // namespace

Dataset::Dataset(const DatasetClause& clause, const StoreView& view, QueryTerms& terms)
    : store_named(view.graphs()) {
  std::sort(store_named.begin(), store_named.end());
  if (clause.empty()) return;
  std::vector<TermId> defaults = ids_of(clause.default_graphs, terms);
  const bool one = defaults.size() == 1;
  default_graph = {one ? ActiveGraph::Kind::One : ActiveGraph::Kind::Merge, std::move(defaults),
                   false, std::nullopt};
  if (clause.all_named) return;
  restricted = true;
  named = ids_of(clause.named_graphs, terms);
}

bool Dataset::has_named(TermId graph) const {
  const std::vector<TermId>& graphs = restricted ? named : store_named;
  return std::binary_search(graphs.begin(), graphs.end(), graph);
}

ActiveGraph Dataset::each_named(const Variable& variable) const {
  return {ActiveGraph::Kind::EachNamed, named, restricted, variable};
}

}  // namespace tripten
