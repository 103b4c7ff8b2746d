#include "query/guidance/data_summary.h"

#include <algorithm>
#include <array>

#include "rdf/vocabulary.h"

namespace tripten {

namespace {

/// Data with more has names that nobody types.
constexpr std::size_t kMostNames = 20'000;

/// The likelier first.
constexpr std::array<std::string_view, 8> kLabelPredicates{
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://schema.org/name",
    "https://schema.org/name",
    "http://xmlns.com/foaf/0.1/name",
    "http://purl.org/dc/terms/title",
    "http://purl.org/dc/elements/1.1/title",
    "http://purl.uniprot.org/core/mnemonic"};

/// Objects of rdf:type: the first quads of each are counted as they go by, where there are more the
/// index knows.
void add_classes(const StoreView& view, DataSummary& summary) {
  constexpr std::size_t kLookedAt = 256;
  QuadScan scan =
      view.scan(QuadOrder::Posg, QuadPattern{{kUnbound, *summary.type, kUnbound, kUnbound}});
  QuadColumns rows;
  auto& classes = summary.classes;
  while (classes.size() < kMostNames && scan.next(rows, kLookedAt)) {
    for (const TermId object : rows.columns[1]) {
      if (classes.empty() || classes.back().id != object) classes.push_back({.id = object});
      ++classes.back().count;
    }
    CountedName& last = classes.back();
    if (last.count < kLookedAt) continue;
    last.count = view.count(QuadPattern{{kUnbound, *summary.type, last.id, kUnbound}});
    scan.seek({{*summary.type, TermId(last.id.bits() + 1), kUnbound, kUnbound}});
  }
  std::erase_if(classes, [](const CountedName& name) { return !name.id.is_iri(); });
}

void name_and_sort(const StoreView& view, std::vector<CountedName>& names) {
  for (CountedName& name : names)
    name.iri = view.term(name.id).value();
  std::sort(names.begin(), names.end(), [](const CountedName& a, const CountedName& b) {
    return a.count != b.count ? a.count > b.count : a.iri < b.iri;
  });
  if (names.size() > kMostNames) names.resize(kMostNames);
}

const CountedName* find_name(const std::vector<CountedName>& names, std::string_view iri) {
  const auto found = std::find_if(names.begin(), names.end(),
                                  [&](const CountedName& name) { return name.iri == iri; });
  return found == names.end() ? nullptr : &*found;
}

}  // namespace

const CountedName* DataSummary::predicate(std::string_view iri) const {
  return find_name(predicates, iri);
}
const CountedName* DataSummary::class_named(std::string_view iri) const {
  return find_name(classes, iri);
}

DataSummary summarize(const StoreView& view) {
  DataSummary summary;
  for (const PredicateCounts& counts : view.predicates())
    summary.predicates.push_back(
        {.id = counts.predicate, .count = counts.quads, .objects = counts.objects});
  name_and_sort(view, summary.predicates);
  if (const CountedName* type = summary.predicate(kRdfType)) {
    summary.type = type->id;
    add_classes(view, summary);
    name_and_sort(view, summary.classes);
  }
  for (const std::string_view iri : kLabelPredicates)
    if (const CountedName* predicate = summary.predicate(iri))
      summary.label_predicates.push_back(predicate->id);
  return summary;
}

std::string label_of(const StoreView& view, const DataSummary& summary, TermId term) {
  constexpr std::size_t kMostLabels = 16;
  if (!term.is_iri() && !term.is_blank()) return {};
  for (const TermId predicate : summary.label_predicates) {
    QuadScan scan = view.scan(QuadOrder::Spog, QuadPattern{{term, predicate, kUnbound, kUnbound}});
    QuadColumns rows;
    if (!scan.next(rows, kMostLabels)) continue;
    Term best;
    for (const TermId object : rows.columns[2]) {
      Term label = view.term(object);
      if (!label.is_literal()) continue;
      const bool is_plain = label.language().empty() || label.language().starts_with("en");
      if (!best || is_plain) best = std::move(label);
      if (is_plain) break;
    }
    if (best) return best.value();
  }
  return {};
}

}  // namespace tripten
