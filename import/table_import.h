// A table and its mapping → statements (W3C "Generating RDF from Tabular Data on the Web", minimal
// mode), row by row.
//
// Where it departs from the recommendation, it is to keep what is not there from becoming data:
// - a cell that is empty has no value, whatever `null` says;
// - a URI template in which a variable has no value gives no IRI, and no statement;
// - `separator` with a `valueUrl` that names the column itself gives an IRI for each item;
// - a value that is not of its datatype is an error, or left out and counted, but never a string.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "tripten/format.h"

#include "base/interrupt.h"
#include "import/emitter.h"
#include "import/entity_names.h"
#include "import/leniency.h"
#include "import/table_mapping.h"

namespace tripten {

/// What the tables of an import share.
struct TableImport {
  Emitter& emitter;
  EntityNames& names;  ///< Takes the labels of every gene, chemical, drug and disease.
  ImportReport& report;
  Leniency& leniency;
  const Interrupt* interrupt = nullptr;
};

/// Imports one table. `mapping_file` is for errors; `url` is the table's IRI, which relative IRIs
/// resolve against. Throws Invalid where the table's columns are not those of the mapping.
void import_table(Input& input, Format format, const TableMapping& mapping,
                  const std::string& mapping_file, const std::string& url, TableImport& into);

}  // namespace tripten
