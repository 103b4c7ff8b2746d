// Predicates are WikiPathways' own, so that its published queries find these records.
#include "import/curated_pathway.h"

#include <algorithm>

#include <fmt/format.h>

#include "tripten/error.h"

#include "import/identifiers.h"
#include "import/species.h"
#include "import/vocabulary.h"

namespace tripten {

namespace {

bool is_pathway_id(std::string_view id) {
  return id.size() > 2 && id.starts_with("WP") &&
         std::all_of(id.begin() + 2, id.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view tag_of(std::string_view ontology) {
  if (ontology == "Pathway Ontology") return kWpPathwayTag;
  if (ontology == "Disease Ontology") return kWpDiseaseTag;
  if (ontology == "Cell Type Ontology") return kWpCellTag;
  return kWpOntologyTag;
}

}  // namespace

bool is_curated_pathway(const Yaml& front_matter) {
  return front_matter.find("wpid") != nullptr && front_matter.find("figid") == nullptr;
}

void CuratedPathwayImport::add(const Yaml& front_matter) {
  LeftOut& left_out = report_.left_out;
  auto value = [&](std::string_view key) { return value_of(front_matter.find(key), left_out); };
  std::string id = value("wpid");
  if (!is_pathway_id(id))
    throw Error(ErrorCode::Invalid,
                fmt::format("the pathway's wpid \"{}\" is not WP and a number", id),
                {front_matter.line, 1});
  std::string iri = pathway_iri(id);
  emitter_.link(iri, kRdfType, kWpPathway);
  emitter_.link(iri, kRdfType, kSkosCollection);
  emitter_.text(iri, kDctermsIdentifier, id);
  emitter_.link(iri, kFoafPage, fmt::format("https://www.wikipathways.org/pathways/{}.html", id));
  if (std::string title = value("title"); !title.empty()) emitter_.english(iri, kDcTitle, title);
  if (std::string text = value("description"); !text.empty())
    emitter_.english(iri, kDctermsDescription, text);
  if (std::string date = value("last-edited"); date.size() == 10)
    emitter_.typed(iri, kDctermsModified, date, kXsdDate);
  Pending pending;
  pending.iri = iri;
  for (const std::string& name : values_of(front_matter.find("organisms"), ",;|", left_out)) {
    emitter_.text(iri, kWpOrganismName, name);
    std::string_view taxon = taxon_of_species(name);
    if (taxon.empty()) continue;
    emitter_.link(iri, kWpOrganism, taxon_iri(taxon));
    pending.taxa.emplace_back(taxon);
  }
  const Yaml* linked = front_matter.find("schema-jsonld");
  if (linked && linked->kind == Yaml::Kind::List && !linked->items.empty())
    linked = &linked->items[0];
  if (linked) pending.keywords = values_of(linked->find("keywords"), "|", left_out);
  for (const std::string& keyword : pending.keywords)
    emitter_.text(iri, kSchemaKeywords, keyword);
  add_annotations(front_matter.find("annotations"), iri);
  pending_.push_back(std::move(pending));
}

void CuratedPathwayImport::add_annotations(const Yaml* annotations, const std::string& iri) {
  if (!annotations) return;
  for (const Yaml& annotation : annotations->items) {
    LeftOut& left_out = report_.left_out;
    std::string written = value_of(annotation.find("id"), left_out);
    if (written.empty()) continue;
    auto id = obo_id(written);
    if (!id) {
      ++left_out["not an identifier"];
      continue;
    }
    std::string term = std::string(kObo) + *id;
    emitter_.link(iri, tag_of(value_of(annotation.find("type"), left_out)), term);
    std::string label = value_of(annotation.find("value"), left_out);
    if (label.empty()) continue;
    emitter_.text_once(term, kRdfsLabel, label);
    if (!id->starts_with("DOID_")) continue;
    emitter_.link_once(term, kRdfType, kPfDisease);
    names_.add_name(names_.entity(EntityKind::Disease, term), label, "");
  }
}

void CuratedPathwayImport::resolve() {
  for (const Pending& pathway : pending_) {
    for (const std::string& keyword : pathway.keywords) {
      auto found = names_.only_one(keyword, pathway.taxa);
      if (!found) {
        ++report_.keywords_unresolved;
        continue;
      }
      ++report_.keywords_resolved;
      emitter_.link_once(names_[*found].iri, kDctermsIsPartOf, pathway.iri);
    }
  }
  pending_.clear();
}

}  // namespace tripten
