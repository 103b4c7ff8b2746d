// Sources that are not RDF: figure files, articles and tables become statements.
//
// An import is one call over all files of a load, since a figure's tables lie beside it and its
// keywords are resolved through gene, chemical and disease tables of the same load.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tripten/error.h"
#include "tripten/format.h"

#include "base/interrupt.h"
#include "rdf/statement.h"

namespace tripten {

/// What an import did, for the load report.
struct ImportReport {
  std::uint64_t figures = 0, articles = 0, tables = 0, rows = 0;
  /// Mentions by kind ("gene", "chemical", "disease", "concept").
  std::map<std::string, std::uint64_t> mentions{};
  std::uint64_t keywords_resolved = 0, keywords_unresolved = 0;
  /// Why values were left out, and how many: "NA", "empty", "not a number", ...
  std::map<std::string, std::uint64_t> left_out{};
  std::uint64_t skipped = 0;                 ///< Files and rows left out with `lenient`.
  std::vector<std::string> first_skipped{};  ///< The messages of the first ten.
};

struct ImportOptions {
  bool lenient = false;
  /// CSVW metadata for every table of the call (`--map`), instead of what lies beside each: a file,
  /// or a folder with several `*-metadata.json`.
  std::optional<std::filesystem::path> mapping{};
  std::string base{};  ///< For relative IRIs of mappings; empty: the table's own file: IRI.
  const Interrupt* interrupt = nullptr;
};

/// What a word of a figure can stand for. A drug is a chemical.
enum class EntityKind : std::uint8_t { Gene, Chemical, Disease };

/// Collects files, then emits all their statements.
class Importer {
 public:
  explicit Importer(ImportOptions options);
  ~Importer();

  /// Figure front matter or an article (`.md`, `.txt`), told apart by their content.
  void add_document(const std::filesystem::path& file);
  /// A table (`.tsv`, `.csv`), mapped by CSVW metadata; `{figid}-genes.tsv` and its kin are taken
  /// as a figure's tables, with or without the figure.
  void add_table(const std::filesystem::path& file, Format format);

  /// A name (symbol, alias, label) that is known from elsewhere, such as the database: keywords are
  /// resolved through it as through the tables of the load. `taxon` is a number of the NCBI
  /// taxonomy ("9606"); empty: the name holds for every organism.
  void add_entity_name(EntityKind kind, std::string_view iri, std::string_view name,
                       std::string_view taxon);

  /// Reads all files and emits their statements. Throws for the first file that can't be read
  /// (unless lenient): the caller drops what was emitted.
  ImportReport run(StatementSink& sink);

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

/// Whether a file is the metadata of tables (`*-metadata.json`) rather than data.
bool is_table_metadata(const std::filesystem::path& file);

}  // namespace tripten
