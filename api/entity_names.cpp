#include "api/entity_names.h"

#include <array>
#include <string>
#include <vector>

#include "import/vocabulary.h"

namespace tripten {

namespace {

struct TypeOfKind {
  std::string_view type;
  EntityKind kind;
};
constexpr std::array kTypes{TypeOfKind{kPfGene, EntityKind::Gene},
                            TypeOfKind{kPfChemical, EntityKind::Chemical},
                            TypeOfKind{kPfDisease, EntityKind::Disease}};

/// The objects of a subject and a predicate, as far as the database knows the predicate.
std::vector<Term> objects_of(const StoreView& view, TermId subject, std::string_view predicate) {
  std::vector<Term> objects;
  const auto id = view.find(view_of(Term::iri(predicate)));
  if (!id) return objects;
  QuadScan scan = view.scan(QuadOrder::Spog, QuadPattern{{subject, *id, kUnbound, kUnbound}});
  QuadColumns rows;
  while (scan.next(rows))
    for (std::size_t i = 0; i < rows.rows; ++i)
      objects.push_back(view.term(rows.columns[2][i]));
  return objects;
}

void add_entity(const StoreView& view, TermId entity, EntityKind kind, Importer& importer) {
  const std::string iri = view.term(entity).value();
  std::string taxon;
  for (const Term& organism : objects_of(view, entity, kWpOrganism))
    if (organism.value().starts_with(kTaxon)) taxon = organism.value().substr(kTaxon.size());
  for (const std::string_view predicate : {kRdfsLabel, kSkosAltLabel})
    for (const Term& name : objects_of(view, entity, predicate))
      if (name.is_literal()) importer.add_entity_name(kind, iri, name.value(), taxon);
}

}  // namespace

void add_entity_names(const StoreView& view, Importer& importer) {
  const auto type = view.find(view_of(Term::iri(kRdfType)));
  if (!type) return;
  for (const auto& [name, kind] : kTypes) {
    const auto of_kind = view.find(view_of(Term::iri(name)));
    if (!of_kind) continue;
    QuadScan scan = view.scan(QuadOrder::Posg, QuadPattern{{kUnbound, *type, *of_kind, kUnbound}});
    QuadColumns rows;
    TermId last;
    while (scan.next(rows))
      for (std::size_t i = 0; i < rows.rows; ++i) {
        const TermId entity = rows.columns[2][i];
        if (entity != last && entity.is_iri()) add_entity(view, entity, kind, importer);
        last = entity;
      }
  }
}

}  // namespace tripten
