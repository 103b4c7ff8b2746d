//   document ─ schema:hasPart ▶ section ─ schema:hasPart ▶ section ─ schema:mentions ▶ concept
//                                            ▲                                          ▲
//                                 pf:section ┴── mention ──────────────────── pf:entity ┘
#include "import/article_import.h"

#include <fmt/format.h>
#include <xxhash.h>

#include "import/identifiers.h"
#include "import/vocabulary.h"

namespace tripten {

namespace {

std::string mention_iri(const std::string& document, const std::string& section,
                        const ConceptMention& mention) {
  std::string content;
  for (const std::string* part : {&section, &mention.concept_id, &mention.word})
    content.append(*part).append(1, '\0');
  return fmt::format("{}#m-{:016x}", document, XXH3_64bits(content.data(), content.size()));
}

}  // namespace

void import_article(const Article& article, const ArticleHead& head, Emitter& emitter,
                    WordLabels& labels, ImportReport& report) {
  ++report.articles;
  emitter.link(head.iri, kRdfType, kSchemaArticle);
  emitter.text(head.iri, kDctermsIdentifier, head.identifier);
  const std::string& title = head.title.empty() ? article.title : head.title;
  if (!title.empty()) emitter.text(head.iri, kDctermsTitle, title);
  std::vector<std::string> sections{head.iri};
  for (std::size_t i = 1; i < article.sections.size(); ++i) {
    const ArticleSection& section = article.sections[i];
    const std::string& parent = sections[section.parent];
    std::string iri =
        fmt::format("{}{}-{}", parent, section.parent == 0 ? "#s" : "", section.position);
    emitter.link(parent, kSchemaHasPart, iri);
    emitter.link(iri, kRdfType, kPfSection);
    if (!section.title.empty()) emitter.text(iri, kDctermsTitle, section.title);
    emitter.typed(iri, kSchemaPosition, std::to_string(section.position), kXsdInteger);
    sections.push_back(std::move(iri));
  }
  for (const ConceptMention& mention : article.mentions) {
    const std::string& section = sections[mention.section];
    std::string entry = "urn:tripten:entry:" + mention.concept_id;
    emitter.link_once(entry, kRdfType, kPfConcept);
    emitter.text_once(entry, kDctermsIdentifier, mention.concept_id);
    labels.add(entry, without_emphasis(mention.word), mention.count);
    emitter.link_once(section, kSchemaMentions, entry);
    std::string iri = mention_iri(head.iri, section, mention);
    if (!emitter.link_once(iri, kRdfType, kPfMention)) continue;
    ++report.mentions["concept"];
    emitter.link(iri, kPfInSection, section);
    emitter.link(iri, kPfEntity, entry);
    if (!mention.word.empty()) emitter.text(iri, kPfWord, mention.word);
    emitter.typed(iri, kPfCount, std::to_string(mention.count), kXsdInteger);
  }
}

}  // namespace tripten
