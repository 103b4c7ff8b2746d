#include "api/info.h"

#include <algorithm>
#include <vector>

#include "rdf/vocabulary.h"

namespace tripten {

namespace {

/// The rdfs:label of a term, the first one in the order of ids; empty where it has none.
std::string label_of(const StoreView& view, TermId term, std::optional<TermId> label) {
  if (!label) return {};
  QuadScan scan = view.scan(QuadOrder::Spog, QuadPattern{{term, *label, kUnbound, kUnbound}});
  QuadColumns rows;
  return scan.next(rows, 1) ? view.term(rows.columns[2][0]).value() : std::string();
}

/// The objects of rdf:type in the default and all named graphs, with the number of their quads.
std::vector<std::pair<TermId, std::uint64_t>> count_classes(const StoreView& view) {
  std::vector<std::pair<TermId, std::uint64_t>> classes;
  const auto type = view.find(view_of(Term::iri(kRdfType)));
  if (!type) return classes;
  QuadScan scan = view.scan(QuadOrder::Posg, QuadPattern{{kUnbound, *type, kUnbound, kUnbound}});
  QuadColumns rows;
  while (scan.next(rows))
    for (std::size_t i = 0; i < rows.rows; ++i) {
      const TermId object = rows.columns[1][i];
      if (classes.empty() || classes.back().first != object) classes.emplace_back(object, 0);
      ++classes.back().second;
    }
  return classes;
}

void sort_by_count(std::vector<NamedCount>& counts) {
  std::stable_sort(counts.begin(), counts.end(), [](const NamedCount& a, const NamedCount& b) {
    return a.count != b.count ? a.count > b.count : a.term < b.term;
  });
}

}  // namespace

Info info_of(const StoreView& view, const StoreStatistics& statistics) {
  Info info;
  info.quads = view.count({});
  info.terms = statistics.terms;
  info.bytes_on_disk = statistics.bytes_on_disk;
  info.delta_rows = statistics.delta_rows;
  info.format_version = statistics.format_version;
  const auto label = view.find(view_of(Term::iri(kRdfsLabel)));
  for (const TermId graph : view.graphs())
    info.graphs.push_back({view.term(graph), label_of(view, graph, label),
                           view.count(QuadPattern{{kUnbound, kUnbound, kUnbound, graph}})});
  for (const auto& [predicate, quads] : view.predicates())
    info.predicates.push_back({view.term(predicate), label_of(view, predicate, label), quads});
  for (const auto& [type, instances] : count_classes(view))
    info.classes.push_back({view.term(type), label_of(view, type, label), instances});
  sort_by_count(info.graphs);
  sort_by_count(info.predicates);
  sort_by_count(info.classes);
  return info;
}

}  // namespace tripten
