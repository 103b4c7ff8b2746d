// DataSummary: the predicates and classes of a view, counted: what names are compared with.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/store.h"

namespace tripten {

struct CountedName {
  TermId id{};
  std::string iri{};
  std::uint64_t count = 0;    ///< Quads of a predicate, instances of a class.
  std::uint64_t objects = 0;  ///< Of a predicate: different ones.
};

/// Immutable.
struct DataSummary {
  std::vector<CountedName> predicates{};   ///< By falling count.
  std::vector<CountedName> classes{};      ///< Objects of rdf:type that are IRIs; by falling count.
  std::vector<TermId> label_predicates{};  ///< rdfs:label, skos:prefLabel, ... as far as used.
  std::optional<TermId> type{};            ///< rdf:type.

  const CountedName* predicate(std::string_view iri) const;
  const CountedName* class_named(std::string_view iri) const;
};

DataSummary summarize(const StoreView& view);

/// The name of a term for people, empty where it has none: of several the one without a language
/// or in English.
std::string label_of(const StoreView& view, const DataSummary& summary, TermId term);

}  // namespace tripten
