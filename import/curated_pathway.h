// Curated pathways: the front matter of WikiPathways' records (`wpid`, `title`, `annotations`).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "import/emitter.h"
#include "import/entity_names.h"
#include "import/importer.h"
#include "import/values.h"
#include "import/yaml.h"

namespace tripten {

bool is_curated_pathway(const Yaml& front_matter);

/// Writes what a record says at once; its keywords are names of genes and metabolites, and
/// resolve() makes those that mean one thing parts of the pathway.
class CuratedPathwayImport {
 public:
  CuratedPathwayImport(Emitter& emitter, EntityNames& names, ImportReport& report)
      : emitter_(emitter),
        names_(names),
        report_(report) {}

  /// Throws Invalid where the record has no `WP...` id.
  void add(const Yaml& front_matter);
  void resolve();

 private:
  struct Pending {
    std::string iri{};
    std::vector<std::string> taxa{};
    std::vector<std::string> keywords{};
  };

  void add_annotations(const Yaml* annotations, const std::string& iri);

  Emitter& emitter_;
  EntityNames& names_;
  ImportReport& report_;
  std::vector<Pending> pending_{};
};

}  // namespace tripten
