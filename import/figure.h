// A figure of Pathway Figure OCR: its front matter, of any generation, as a plain record.
//
// Three generations live side by side: entities inline (`genes:`, `chemicals:`, `diseases:`),
// entities in tables beside (figure_table.h), and anything between.
#pragma once

#include <string>
#include <vector>

#include "import/importer.h"
#include "import/values.h"
#include "import/yaml.h"

namespace tripten {

/// One gene, chemical or disease that was recognised in a figure. Empty: not known.
struct FigureEntity {
  EntityKind kind = EntityKind::Gene;
  std::string id{};      ///< NCBI Gene number or MeSH id; empty: a name without identifier.
  std::string word{};    ///< As printed in the figure.
  std::string match{};   ///< What the word was matched with.
  std::string source{};  ///< How: hgnc_symbol, famplex_relations, mesh, ...
  std::string name{};    ///< The entity's own symbol or name.
  std::string alias{};   ///< Another name of the entity.
  std::string taxon{};   ///< Of a gene: a number of the NCBI taxonomy.
  std::string cross_reference{};  ///< Number of a chemical in ChEBI, of a disease in the DO.
};

struct Figure {
  std::string figid{}, title{}, caption{}, filename{}, link{}, number{}, alias{}, score{};
  std::string license{};
  std::vector<std::string> organisms{};       ///< Names, of `organisms` and `organisms_ner`.
  std::vector<std::string> keywords{};        ///< Of `schema-jsonld`: names without identifiers.
  std::vector<std::string> paper_keywords{};  ///< The authors' own, of the whole paper.
  std::string pmcid{}, paper_title{}, citation{}, year{}, doi{}, journal{}, publisher{};
  std::vector<FigureEntity> entities{};
};

/// Whether front matter is a figure's.
bool is_figure(const Yaml& front_matter);

/// Reads everything that the vocabulary knows, and counts what it leaves out. Throws Invalid where
/// the figure has no id that an IRI can be made of.
Figure read_figure(const Yaml& front_matter, LeftOut& left_out);

/// The figure's `organisms` that have a taxon number.
std::vector<std::string> taxa_of(const Figure& figure);

}  // namespace tripten
