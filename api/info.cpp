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
/// Classes with few quads are counted as they go by, others by their place in the index.
std::vector<std::pair<TermId, std::uint64_t>> count_classes(const StoreView& view) {
  constexpr std::size_t kLookedAt = 256;
  std::vector<std::pair<TermId, std::uint64_t>> classes;
  const auto type = view.find(view_of(Term::iri(kRdfType)));
  if (!type) return classes;
  QuadScan scan = view.scan(QuadOrder::Posg, QuadPattern{{kUnbound, *type, kUnbound, kUnbound}});
  QuadColumns rows;
  while (scan.next(rows, kLookedAt)) {
    const std::vector<TermId>& objects = rows.columns[1];
    for (const TermId object : objects) {
      if (classes.empty() || classes.back().first != object) classes.emplace_back(object, 0);
      ++classes.back().second;
    }
    if (classes.back().second < kLookedAt) continue;
    const TermId object = objects.back();
    classes.back().second = view.count(QuadPattern{{kUnbound, *type, object, kUnbound}});
    scan.seek({{*type, TermId(object.bits() + 1), kUnbound, kUnbound}});
  }
  return classes;
}

template <typename Count>
void sort_by_count(std::vector<Count>& counts) {
  std::stable_sort(counts.begin(), counts.end(), [](const Count& a, const Count& b) {
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
  for (const PredicateCounts& counts : view.predicates())
    info.predicates.push_back(
        {{view.term(counts.predicate), label_of(view, counts.predicate, label), counts.quads},
         counts.subjects,
         counts.objects});
  for (const auto& [type, instances] : count_classes(view))
    info.classes.push_back({view.term(type), label_of(view, type, label), instances});
  sort_by_count(info.graphs);
  sort_by_count(info.predicates);
  sort_by_count(info.classes);
  return info;
}

}  // namespace tripten
