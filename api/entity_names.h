// The names of genes, chemicals and diseases that a database holds, for the keywords of figures.
#pragma once

#include "import/importer.h"
#include "storage/store.h"

namespace tripten {

/// Labels and aliases (rdfs:label, skos:altLabel) of everything typed pf:Gene, pf:Chemical or
/// pf:Disease, in any graph, with the organisms of genes (wp:organism).
void add_entity_names(const StoreView& view, Importer& importer);

}  // namespace tripten
