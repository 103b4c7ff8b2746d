// FigureImport: figures → statements, as docs and vocabulary draw them.
//
//   paper ◀─ dcterms:isPartOf ─ figure ─ schema:mentions ▶ gene, chemical, disease
//                                  ▲  ◀─ dcterms:isPartOf ───────┘   ▲
//                                  └─ pf:figure ─ mention ─ pf:entity ┘   (the evidence)
//
// Words without identifiers wait until all names of the import are known: add() writes everything
// else, resolve() the rest.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "import/emitter.h"
#include "import/entity_names.h"
#include "import/figure.h"
#include "import/word_labels.h"

namespace tripten {

class FigureImport {
 public:
  FigureImport(Emitter& emitter, EntityNames& names, WordLabels& labels, ImportReport& report)
      : emitter_(emitter),
        names_(names),
        labels_(labels),
        report_(report) {}

  /// A figure with all its entities, or entities alone of a figure whose file is not at hand.
  void add(const Figure& figure);
  /// Once, after everything was added: resolves keywords and names without identifiers.
  void resolve();

 private:
  /// What remains to be said of a figure.
  struct Pending {
    std::vector<std::string> taxa{};
    std::vector<std::uint32_t> keywords{};                                    // of keywords_
    std::vector<EntityNumber> entities{};                                     // that it mentions
    std::map<std::string, std::pair<FigureEntity, std::uint64_t>> unnamed{};  // see content_of()
  };

  void add_figure(const Figure& figure, const std::string& iri);
  void add_paper(const Figure& figure);
  void add_entities(const Figure& figure, const std::string& iri, Pending& pending);
  void add_entity(const FigureEntity& entity, const std::string& iri);
  void add_mention(const std::string& figure, const FigureEntity& entity,
                   const std::string& entity_iri, std::uint64_t count);
  void resolve_name(const std::string& figure, Pending& pending, FigureEntity entity,
                    std::uint64_t count);
  void resolve_keyword(const std::string& figure, Pending& pending, const std::string& keyword);
  std::uint32_t keyword_number(const std::string& keyword);

  Emitter& emitter_;
  EntityNames& names_;
  WordLabels& labels_;
  ImportReport& report_;
  std::map<std::string, Pending> pending_{};  // by the figure's IRI
  std::unordered_map<std::string, std::uint32_t> keyword_numbers_{};
  std::vector<const std::string*> keywords_{};
};

}  // namespace tripten
