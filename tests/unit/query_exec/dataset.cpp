#include "unit/query_exec/dataset.h"

#include <algorithm>

namespace tripten::test {

Term iri_term(const std::string& name) {
  return Term::iri("http://ex.org/" + name);
}

Dataset::Dataset() : store(Store::in_memory({})), change(store->begin()) {}

TermId Dataset::iri(const std::string& name) {
  return change->intern(view_of(iri_term(name)));
}

TermId Dataset::id(const std::string& name) {
  if (name.empty()) return kDefaultGraph;
  const bool digits = name.find_first_not_of("0123456789") == std::string::npos;
  return digits ? number(std::stoi(name)) : iri(name);
}

void Dataset::add(const std::string& subject, const std::string& predicate,
                  const std::string& object, const std::string& graph) {
  add(Quad{{id(subject), id(predicate), id(object), id(graph)}});
}

void Dataset::add(const Quad& quad) {
  change->insert(quad);
  quads.insert(quad);
}

void Dataset::commit() {
  change->commit();
  change.reset();
  snapshot = store->snapshot();
  change = store->begin();
}

std::vector<Quad> active_triples(const std::set<Quad>& quads, const ActiveGraph& graph,
                                 TermId current) {
  const auto listed = [&](TermId id) {
    return std::find(graph.graphs.begin(), graph.graphs.end(), id) != graph.graphs.end();
  };
  std::set<Quad> found;
  for (const Quad& quad : quads) {
    Quad triple = quad;
    triple.terms[3] = kUnbound;
    switch (graph.kind) {
      case ActiveGraph::Kind::One:
        if (quad.graph() == graph.graphs[0]) found.insert(triple);
        break;
      case ActiveGraph::Kind::Merge:
        if (listed(quad.graph())) found.insert(triple);
        break;
      case ActiveGraph::Kind::EachNamed:
        if (quad.graph() != kDefaultGraph && (!graph.restricted || listed(quad.graph())))
          found.insert(quad);
        break;
      case ActiveGraph::Kind::Parameter:
        if (quad.graph() == current) found.insert(triple);
        break;
    }
  }
  return {found.begin(), found.end()};
}

}  // namespace tripten::test
