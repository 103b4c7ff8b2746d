// Writes what is known at once, keeps what is not.
//
// A mention is called after a hash of what it says, so the same row, read twice or in two loads, is
// the same mention; how often a figure's lists repeat it is its pf:count.
#include "import/figure_import.h"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>
#include <xxhash.h>

#include "import/identifiers.h"
#include "import/vocabulary.h"

namespace tripten {

namespace {

constexpr std::string_view kNcbi = "https://www.ncbi.nlm.nih.gov/";
constexpr std::string_view kCc0 = "https://creativecommons.org/publicdomain/zero/1.0/";

std::string_view kind_name(EntityKind kind) {
  switch (kind) {
    case EntityKind::Gene:
      return "gene";
    case EntityKind::Chemical:
      return "chemical";
    case EntityKind::Disease:
      return "disease";
  }
  return "";
}

std::string_view kind_class(EntityKind kind) {
  switch (kind) {
    case EntityKind::Gene:
      return kPfGene;
    case EntityKind::Chemical:
      return kPfChemical;
    case EntityKind::Disease:
      return kPfDisease;
  }
  return "";
}

/// The page at PMC of a path with or without a slash in front, or of a whole URL.
std::string page_of(std::string_view link) {
  if (link.starts_with("https://") || link.starts_with("http://")) return iri_text(link);
  while (link.starts_with('/'))
    link.remove_prefix(1);
  return fmt::format("{}{}", kNcbi, iri_text(link));
}

/// Entities of a figure with the same content are one.
std::string content_of(const FigureEntity& entity) {
  return fmt::format("{}\x1F{}\x1F{}\x1F{}\x1F{}\x1F{}\x1F{}", static_cast<int>(entity.kind),
                     entity.id, entity.word, entity.match, entity.source, entity.name,
                     entity.taxon);
}

std::string mention_iri(const std::string& figure, const FigureEntity& entity,
                        const std::string& entity_iri) {
  std::string content;
  for (std::string_view part : {std::string_view(entity_iri), std::string_view(entity.word),
                                std::string_view(entity.match), std::string_view(entity.source)})
    content.append(part).append(1, '\0');
  return fmt::format("{}#m-{:016x}", figure, XXH3_64bits(content.data(), content.size()));
}

}  // namespace

void FigureImport::add(const Figure& figure) {
  std::string iri = figure_iri(figure.figid);
  auto [place, is_new] = pending_.try_emplace(iri);
  Pending& pending = place->second;
  if (is_new) ++report_.figures;
  for (const std::string& taxon : taxa_of(figure))
    if (std::find(pending.taxa.begin(), pending.taxa.end(), taxon) == pending.taxa.end())
      pending.taxa.push_back(taxon);
  std::unordered_set<std::uint32_t> known(pending.keywords.begin(), pending.keywords.end());
  for (const std::string& keyword : figure.keywords)
    if (std::uint32_t number = keyword_number(keyword); known.insert(number).second)
      pending.keywords.push_back(number);
  add_figure(figure, iri);
  if (!figure.pmcid.empty()) add_paper(figure);
  add_entities(figure, iri, pending);
}

std::uint32_t FigureImport::keyword_number(const std::string& keyword) {
  auto [place, is_new] =
      keyword_numbers_.try_emplace(keyword, static_cast<std::uint32_t>(keywords_.size()));
  if (is_new) keywords_.push_back(&place->first);
  return place->second;
}

void FigureImport::add_figure(const Figure& figure, const std::string& iri) {
  for (std::string_view type : {kPfPathwayFigure, kSchemaImageObject, kSioFigure})
    emitter_.link(iri, kRdfType, type);
  auto text = [&](std::string_view predicate, const std::string& value) {
    if (!value.empty()) emitter_.text(iri, predicate, value);
  };
  auto english = [&](std::string_view predicate, const std::string& value) {
    if (!value.empty()) emitter_.english(iri, predicate, value);
  };
  text(kDctermsIdentifier, figure.figid);
  english(kDcTitle, figure.title);
  english(kDctermsTitle, figure.title);
  english(kSchemaCaption, figure.caption);
  if (!figure.filename.empty() && !figure.pmcid.empty())
    emitter_.link(
        iri, kSchemaContentUrl,
        fmt::format("{}pmc/articles/{}/bin/{}", kNcbi, figure.pmcid, iri_segment(figure.filename)));
  if (!figure.link.empty()) emitter_.link(iri, kFoafPage, page_of(figure.link));
  if (!figure.pmcid.empty()) emitter_.link(iri, kDctermsIsPartOf, paper_iri(figure.pmcid));
  for (const std::string& name : figure.organisms)
    text(kWpOrganismName, name);
  for (const std::string& taxon : taxa_of(figure))
    emitter_.link(iri, kWpOrganism, taxon_iri(taxon));
  text(kSchemaPosition, figure.number);
  if (!figure.score.empty()) emitter_.typed(iri, kPfPathwayScore, figure.score, kXsdDecimal);
  text(kPfAlias, figure.alias);
  for (const std::string& keyword : figure.keywords)
    text(kSchemaKeywords, keyword);
  for (const std::string& keyword : figure.paper_keywords)
    text(kSchemaKeywords, keyword);
  if (figure.license == "CC0")
    emitter_.link(iri, kDctermsLicense, kCc0);
  else
    text(kDctermsLicense, figure.license);
}

void FigureImport::add_paper(const Figure& figure) {
  std::string iri = paper_iri(figure.pmcid);
  emitter_.link_once(iri, kRdfType, kSchemaScholarlyArticle);
  emitter_.link_once(iri, kRdfType, kWpPublication);
  auto text = [&](std::string_view predicate, const std::string& value) {
    if (!value.empty()) emitter_.text_once(iri, predicate, value);
  };
  text(kDctermsIdentifier, figure.pmcid);
  text(kDctermsTitle, figure.paper_title);
  text(kDctermsCitation, figure.citation);
  text(kSchemaIsPartOf, figure.journal);
  text(kDctermsPublisher, figure.publisher);
  if (!figure.year.empty()) emitter_.typed(iri, kDctermsIssued, figure.year, kXsdGYear);
  emitter_.link_once(iri, kFoafPage, fmt::format("{}pmc/articles/{}/", kNcbi, figure.pmcid));
  if (!figure.doi.empty())
    emitter_.link_once(iri, kSkosExactMatch, "https://doi.org/" + iri_text(figure.doi));
}

void FigureImport::add_entities(const Figure& figure, const std::string& iri, Pending& pending) {
  std::vector<std::pair<const FigureEntity*, std::uint64_t>> distinct;
  std::unordered_map<std::string, std::size_t> places;
  for (const FigureEntity& entity : figure.entities) {
    auto [place, is_new] = places.try_emplace(content_of(entity), distinct.size());
    if (is_new) distinct.push_back({&entity, 0});
    ++distinct[place->second].second;
  }
  for (const auto& [entity, count] : distinct) {
    if (entity->id.empty()) {
      pending.unnamed.try_emplace(content_of(*entity), *entity, count);
      continue;
    }
    std::string entity_iri =
        entity->kind == EntityKind::Gene ? gene_iri(entity->id) : mesh_iri(entity->id);
    EntityNumber number = names_.entity(entity->kind, entity_iri);
    names_.add_name(number, entity->name, entity->taxon);
    names_.add_name(number, entity->alias, entity->taxon);
    pending.entities.push_back(number);
    add_entity(*entity, entity_iri);
    add_mention(iri, *entity, entity_iri, count);
  }
  std::sort(pending.entities.begin(), pending.entities.end());
}

void FigureImport::add_entity(const FigureEntity& entity, const std::string& iri) {
  emitter_.link_once(iri, kRdfType, kind_class(entity.kind));
  if (!entity.name.empty())
    emitter_.text_once(iri, kRdfsLabel, entity.name);
  else
    labels_.add(iri, entity.word);
  if (entity.kind == EntityKind::Gene) {
    emitter_.text_once(iri, kDctermsIdentifier, entity.id);
    emitter_.link_once(iri, kWpEntrezGene, iri);
    if (!entity.taxon.empty()) emitter_.link_once(iri, kWpOrganism, taxon_iri(entity.taxon));
    if (entity.taxon == "9606" && !entity.name.empty())
      emitter_.link_once(iri, kWpHgncSymbol,
                         "https://identifiers.org/hgnc.symbol/" + iri_segment(entity.name));
  } else if (!entity.cross_reference.empty()) {
    bool is_chemical = entity.kind == EntityKind::Chemical;
    if (is_chemical)
      emitter_.link_once(iri, kWpChebi,
                         "https://identifiers.org/chebi/CHEBI:" + entity.cross_reference);
    emitter_.link_once(
        iri, kSkosExactMatch,
        fmt::format("{}{}_{}", kObo, is_chemical ? "CHEBI" : "DOID", entity.cross_reference));
  }
}

void FigureImport::add_mention(const std::string& figure, const FigureEntity& entity,
                               const std::string& entity_iri, std::uint64_t count) {
  emitter_.link_once(figure, kSchemaMentions, entity_iri);
  emitter_.link_once(entity_iri, kDctermsIsPartOf, figure);
  std::string mention = mention_iri(figure, entity, entity_iri);
  if (!emitter_.link_once(mention, kRdfType, kPfMention)) return;
  ++report_.mentions[std::string(kind_name(entity.kind))];
  emitter_.link(mention, kPfFigure, figure);
  emitter_.link(mention, kPfEntity, entity_iri);
  if (!entity.word.empty()) emitter_.text(mention, kPfWord, entity.word);
  if (!entity.match.empty()) emitter_.text(mention, kPfMatch, entity.match);
  if (!entity.source.empty()) emitter_.text(mention, kPfMatchSource, entity.source);
  emitter_.typed(mention, kPfCount, std::to_string(count), kXsdInteger);
}

void FigureImport::resolve() {
  for (auto& [figure, pending] : pending_) {
    for (const auto& [content, unnamed] : pending.unnamed)
      resolve_name(figure, pending, unnamed.first, unnamed.second);
    std::sort(pending.entities.begin(), pending.entities.end());
    for (std::uint32_t keyword : pending.keywords)
      resolve_keyword(figure, pending, *keywords_[keyword]);
  }
  pending_.clear();
}

/// A name without identifier: the one entity of its kind that is called so, or a node of its own.
void FigureImport::resolve_name(const std::string& figure, Pending& pending, FigureEntity entity,
                                std::uint64_t count) {
  const std::string name = !entity.name.empty() ? entity.name : entity.word;
  std::vector<std::string> taxa = pending.taxa;
  if (!entity.taxon.empty()) taxa = {entity.taxon};
  if (auto found = names_.only_one(name, taxa, entity.kind)) {
    if (entity.source.empty()) entity.source = "name";
    emitter_.link_once(names_[*found].iri, kRdfType, kind_class(entity.kind));
    add_mention(figure, entity, names_[*found].iri, count);
    pending.entities.push_back(*found);
    return;
  }
  std::string iri = fmt::format("urn:tripten:{}:{}", kind_name(entity.kind), iri_segment(name));
  emitter_.link_once(iri, kRdfType, kind_class(entity.kind));
  if (emitter_.text_once(iri, kRdfsLabel, name))
    emitter_.typed(iri, kPfUnresolved, "true", kXsdBoolean);
  add_mention(figure, entity, iri, count);
}

/// Keywords repeat what a figure's lists hold, family members included, so a keyword is a mention
/// only where nothing better says the same.
void FigureImport::resolve_keyword(const std::string& figure, Pending& pending,
                                   const std::string& keyword) {
  if (names_.names_one_of(keyword, pending.entities)) {
    ++report_.keywords_resolved;
    return;
  }
  auto found = names_.only_one(keyword, pending.taxa);
  if (!found) {
    ++report_.keywords_unresolved;
    return;
  }
  ++report_.keywords_resolved;
  FigureEntity entity;
  entity.kind = names_[*found].kind;
  entity.word = keyword;
  entity.source = "keyword";
  emitter_.link_once(names_[*found].iri, kRdfType, kind_class(entity.kind));
  add_mention(figure, entity, names_[*found].iri, 1);
}

}  // namespace tripten
