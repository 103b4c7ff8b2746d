// Mappings of tables: the metadata documents of CSV on the Web (W3C Metadata Vocabulary for Tabular
// Data), as far as they matter for RDF in minimal mode.
//
// Understood: table groups, `url`, `dialect`, `tableSchema` (inline or in a file beside), `columns`
// with `name`, `titles`, `virtual`, `suppressOutput`, and the inherited properties `aboutUrl`,
// `propertyUrl`, `valueUrl`, `datatype`, `default`, `lang`, `null`, `ordered`, `required`,
// `separator`. Passed over: keys (primaryKey, foreignKeys, rowTitles), `notes`, `transformations`,
// directions, and common properties (`dc:title`). Anything else is an error, so that a misspelt
// property does not map a table to nothing.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "import/cell_datatype.h"
#include "import/prefixes.h"
#include "import/record_reader.h"
#include "import/uri_template.h"

namespace tripten {

struct ColumnMapping {
  std::string name{};  ///< As templates write it, percent-encoding undone.
  std::vector<std::string> titles{};
  bool is_virtual = false;
  bool suppress_output = false;
  std::optional<UriTemplate> about{}, property{}, value{};
  CellDatatype datatype{};
  std::string default_value{};
  std::string language{};
  std::vector<std::string> nulls{""};
  std::optional<std::string> separator{};
  bool ordered = false;
  bool required = false;
};

struct TableMapping {
  std::string url{};  ///< As written; empty: any table.
  bool has_dialect = false;
  Dialect dialect{};
  bool has_delimiter = false, has_quote = false;  ///< Said by the dialect.
  bool suppress_output = false;
  std::vector<ColumnMapping> columns{};  ///< Virtual ones last; empty: the header's.
  ColumnMapping inherited{};             ///< What columns that only a header names get.
  Prefixes prefixes{};
  std::string base{};  ///< `@base` of the metadata, if absolute.
};

/// One metadata document.
struct TableMetadata {
  std::filesystem::path file{};
  bool is_group = false;  ///< It has `tables`; otherwise it describes one table.
  std::vector<TableMapping> tables{};

  /// The mapping of a table, by the end of its path; compression endings do not count. With
  /// `any_url`, a document that describes one table is that of every table.
  const TableMapping* find(const std::filesystem::path& table, bool any_url) const;
};

/// Throws NotFound or Io, Syntax (with line and column) for what is no JSON, Invalid for what is no
/// metadata.
TableMetadata read_table_metadata(const std::filesystem::path& file);

/// Where a table's own metadata may lie, in the order of preference.
std::vector<std::filesystem::path> metadata_places(const std::filesystem::path& table);

/// A path without `.gz`, `.bz2`, `.zst` at its end.
std::filesystem::path without_compression(const std::filesystem::path& file);

}  // namespace tripten
