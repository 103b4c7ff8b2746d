// Files of every kind into the database: which reader or importer takes which file.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tripten/tripten.h"

#include "base/interrupt.h"
#include "rdf/statement.h"
#include "storage/store.h"

namespace tripten {

/// All files into one new state of the store, or nothing.
LoadReport load_files(Store& store, const std::vector<std::filesystem::path>& files,
                      const LoadOptions& options, std::size_t memory);

/// The statements of a text, through a transaction.
Changes load_text_into(Store& store, std::string_view text, Format format, std::string_view base);

/// SPARQL's LOAD: a `file:` IRI (or one without scheme) names a file of RDF; http and https are
/// asked for one of the RDF formats where options.allow_service, and are Invalid otherwise, as all
/// other IRIs are.
void read_source(const std::string& source, const QueryOptions& options, const Interrupt& interrupt,
                 StatementSink& sink);

}  // namespace tripten
