// A row states few facts, so they are compared each with each.
#include "import/row_names.h"

#include <optional>

#include "import/identifiers.h"
#include "import/species.h"
#include "import/vocabulary.h"

namespace tripten {

namespace {

std::optional<EntityKind> kind_of_type(std::string_view iri) {
  if (iri == kPfGene) return EntityKind::Gene;
  if (iri == kPfChemical || iri == kPfDrug) return EntityKind::Chemical;
  if (iri == kPfDisease) return EntityKind::Disease;
  return std::nullopt;
}

bool is_name(std::string_view predicate) {
  return predicate == kRdfsLabel || predicate == kSkosAltLabel || predicate == kSkosPrefLabel;
}

/// The taxon of an IRI or a species' name. One that the table of species lacks stands for itself,
/// so that its names do not hold for every organism.
std::string taxon_of(std::string_view predicate, std::string_view object) {
  if (predicate == kWpOrganism) {
    std::size_t slash = object.find_last_of("/#");
    std::string_view local = slash == std::string_view::npos ? object : object.substr(slash + 1);
    return taxon_id(local).value_or(std::string(object));
  }
  std::string_view taxon = taxon_of_species(object);
  return std::string(taxon.empty() ? object : taxon);
}

}  // namespace

bool RowNames::watches(std::string_view predicate) {
  return predicate == kRdfType || is_name(predicate) || predicate == kWpOrganism ||
         predicate == kWpOrganismName;
}

void RowNames::add(std::string_view subject, std::string_view predicate, const TermView& object) {
  if (predicate == kRdfType) {
    if (auto kind = kind_of_type(object.value))
      facts_.push_back({Fact::Kind::Type, *kind, std::string(subject), {}});
  } else if (is_name(predicate)) {
    facts_.push_back({Fact::Kind::Name, {}, std::string(subject), std::string(object.value)});
  } else if (predicate == kWpOrganism || predicate == kWpOrganismName) {
    facts_.push_back(
        {Fact::Kind::Taxon, {}, std::string(subject), taxon_of(predicate, object.value)});
  }
}

void RowNames::end_row() {
  for (const Fact& type : facts_)
    if (type.kind == Fact::Kind::Type) names_.entity(type.type, type.subject);
  for (const Fact& name : facts_) {
    if (name.kind != Fact::Kind::Name) continue;
    std::optional<EntityNumber> entity = names_.known(name.subject);
    if (!entity) continue;
    bool has_taxon = false;
    for (const Fact& taxon : facts_) {
      if (taxon.kind != Fact::Kind::Taxon || taxon.subject != name.subject) continue;
      names_.add_name(*entity, name.text, taxon.text);
      has_taxon = true;
    }
    if (!has_taxon) names_.add_name(*entity, name.text, "");
  }
  facts_.clear();
}

}  // namespace tripten
