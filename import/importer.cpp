// The order of an import: mapped tables first, since they name the entities that figures mention by
// their words alone; then documents, each figure with its own tables; then tables of figures whose
// files are not at hand; then everything that had to wait for all names: keywords, names without
// identifiers, and labels for what nothing names but words.
#include "import/importer.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/input.h"
#include "base/utf8.h"
#include "import/article_import.h"
#include "import/curated_pathway.h"
#include "import/emitter.h"
#include "import/entity_names.h"
#include "import/figure_import.h"
#include "import/figure_table.h"
#include "import/front_matter.h"
#include "import/identifiers.h"
#include "import/leniency.h"
#include "import/table_import.h"
#include "import/table_mapping.h"
#include "import/vocabulary.h"
#include "import/word_labels.h"
#include "rdf/iri.h"
#include "rdf/reader.h"

namespace tripten {

namespace {

constexpr std::size_t kMostDocument = std::size_t{16} << 20;
constexpr std::string_view kStandardInput = "-";

std::unique_ptr<Input> open(const std::filesystem::path& file) {
  return file == kStandardInput ? standard_input() : open_input(file);
}

/// The error, with the file in front.
Error in_file(const std::string& name, const Error& error) {
  if (!error.position) return Error(error.code, fmt::format("{}: {}", name, error.what()));
  return Error(error.code,
               fmt::format("{}, line {}, column {}: {}", name, error.position->first,
                           error.position->second, error.what()),
               *error.position);
}

/// A document's text, which is UTF-8.
std::string read_document(Input& input) {
  std::string text;
  try {
    text = read_all(input, kMostDocument);
  } catch (const Error& error) {
    if (error.code != ErrorCode::Limit) throw;
    throw Error(
        ErrorCode::Invalid,
        fmt::format("{}: a document of more than 16 MB is no figure and no article", input.name()));
  }
  std::size_t broken = find_invalid_utf8(text);
  if (broken == std::string::npos) return text;
  std::string_view before = std::string_view(text).substr(0, broken);
  auto line = static_cast<int>(std::count(before.begin(), before.end(), '\n') + 1);
  std::size_t start = before.rfind('\n') + 1;  // npos + 1 is 0
  auto column = static_cast<int>(count_code_points(before.substr(start)) + 1);
  throw in_file(input.name(),
                Error(ErrorCode::Invalid, "bytes that are not UTF-8", {line, column}));
}

}  // namespace

class Importer::Work {
 public:
  explicit Work(ImportOptions options) : options_(std::move(options)) {}

  void add_document(const std::filesystem::path& file) { documents_.push_back(file); }
  void add_table(const std::filesystem::path& file, Format format) {
    tables_.push_back({file, format});
  }
  void add_entity_name(EntityKind kind, std::string_view iri, std::string_view name,
                       std::string_view taxon) {
    names_.add_name(names_.entity(kind, iri), name, taxon);
  }

  ImportReport run(StatementSink& sink);

 private:
  struct Table {
    std::filesystem::path file{};
    Format format = Format::Tsv;
  };
  /// The parts of one run.
  struct Run;

  const TableMetadata& metadata(const std::filesystem::path& file);
  void read_given_mappings();
  std::pair<const TableMapping*, std::string> find_mapping(const std::filesystem::path& table);
  std::string document_iri(const std::filesystem::path& file) const;
  std::string table_url(const std::filesystem::path& file, const TableMapping& mapping) const;

  template <typename Action>
  void attempt(Leniency& leniency, Action action) {
    if (options_.interrupt) options_.interrupt->check();
    try {
      action();
    } catch (const Error& error) {
      leniency.skip(error);
    }
  }

  void import_tables(Run& run);
  void import_document(Run& run, const std::filesystem::path& file);
  void import_text(Run& run, const std::filesystem::path& file, const Yaml& front_matter,
                   const SplitDocument& document);
  void import_figure(Run& run, const std::filesystem::path& file, Figure& figure);
  void add_figure_table(Run& run, const std::filesystem::path& file, EntityKind kind,
                        Figure& figure);
  void import_left_figure_tables(Run& run);
  void label(Run& run);

  ImportOptions options_;
  std::vector<std::filesystem::path> documents_{};
  std::vector<Table> tables_{};
  EntityNames names_{};
  std::vector<std::filesystem::path> given_mappings_{};
  std::map<std::filesystem::path, TableMetadata> metadata_{};
  std::multimap<std::string, std::pair<EntityKind, std::filesystem::path>> figure_tables_{};
};

struct Importer::Work::Run {
  Run(StatementSink& sink, EntityNames& names, bool lenient)
      : emitter(sink),
        leniency(lenient, report),
        figures(emitter, names, labels, report),
        pathways(emitter, names, report) {}

  ImportReport report{};
  Emitter emitter;
  Leniency leniency;
  WordLabels labels{};
  FigureImport figures;
  CuratedPathwayImport pathways;
};

ImportReport Importer::Work::run(StatementSink& sink) {
  if (!options_.base.empty() &&
      (!is_absolute_iri(options_.base) || !has_iri_characters(options_.base)))
    throw Error(ErrorCode::Invalid,
                fmt::format("the base \"{}\" is not an absolute IRI", options_.base));
  Run run(sink, names_, options_.lenient);
  import_tables(run);
  run.emitter.begin_source();
  for (const std::filesystem::path& file : documents_)
    attempt(run.leniency, [&] { import_document(run, file); });
  import_left_figure_tables(run);
  run.figures.resolve();
  run.pathways.resolve();
  label(run);
  return std::move(run.report);
}

// Tables.

const TableMetadata& Importer::Work::metadata(const std::filesystem::path& file) {
  auto found = metadata_.find(file);
  if (found == metadata_.end()) found = metadata_.emplace(file, read_table_metadata(file)).first;
  return found->second;
}

/// One file, or all of a folder. What is wrong with them is an error even if lenient.
void Importer::Work::read_given_mappings() {
  if (!options_.mapping) return;
  given_mappings_ = {*options_.mapping};
  if (std::filesystem::is_directory(*options_.mapping)) {
    given_mappings_.clear();
    for (const auto& entry : std::filesystem::directory_iterator(*options_.mapping))
      if (is_table_metadata(entry.path())) given_mappings_.push_back(entry.path());
    std::sort(given_mappings_.begin(), given_mappings_.end());
    if (given_mappings_.empty())
      throw Error(ErrorCode::Invalid,
                  fmt::format("{}: no *-metadata.json in this folder", options_.mapping->string()));
  }
  for (const std::filesystem::path& file : given_mappings_)
    metadata(file);
}

/// The mapping of a table and the file that it stands in; nullptr for a figure's table without one.
std::pair<const TableMapping*, std::string> Importer::Work::find_mapping(
    const std::filesystem::path& table) {
  bool is_of_figure = figure_table_name(table).has_value();
  if (options_.mapping) {
    for (const std::filesystem::path& file : given_mappings_)
      if (const TableMapping* mapping = metadata(file).find(table, given_mappings_.size() == 1))
        return {mapping, file.string()};
    if (is_of_figure) return {};
    throw Error(ErrorCode::Invalid, fmt::format("{}: the mapping {} says nothing of this table",
                                                table.string(), options_.mapping->string()));
  }
  std::vector<std::string> looked_for;
  for (const std::filesystem::path& place : metadata_places(table)) {
    looked_for.push_back(place.filename().string());
    std::error_code none;
    if (!std::filesystem::exists(place, none)) continue;
    bool is_own = place.filename() != "csv-metadata.json";
    if (const TableMapping* mapping = metadata(place).find(table, is_own))
      return {mapping, place.string()};
  }
  if (is_of_figure) return {};
  throw Error(
      ErrorCode::Invalid,
      fmt::format("{}: the table has no mapping (no {} beside it says what its columns mean)",
                  table.string(), fmt::join(looked_for, ", ")));
}

std::string Importer::Work::document_iri(const std::filesystem::path& file) const {
  if (!options_.base.empty()) {
    std::string name = file == kStandardInput ? "" : iri_segment(file.filename().string());
    return resolve_iri(name, options_.base);
  }
  return file == kStandardInput ? "urn:tripten:input" : file_iri(file);
}

std::string Importer::Work::table_url(const std::filesystem::path& file,
                                      const TableMapping& mapping) const {
  if (mapping.base.empty()) return document_iri(file);
  return resolve_iri(
      mapping.url.empty() ? iri_segment(file.filename().string()) : iri_text(mapping.url),
      mapping.base);
}

void Importer::Work::import_tables(Run& run) {
  read_given_mappings();
  TableImport into{run.emitter, names_, run.report, run.leniency, options_.interrupt};
  for (const Table& table : tables_) {
    attempt(run.leniency, [&] {
      auto [mapping, mapping_file] = find_mapping(table.file);
      if (!mapping) {
        FigureTableName name = *figure_table_name(table.file);
        figure_tables_.emplace(name.figid, std::pair(name.kind, table.file));
        return;
      }
      auto input = open(table.file);
      import_table(*input, table.format, *mapping, mapping_file, table_url(table.file, *mapping),
                   into);
    });
  }
}

// Documents.

void Importer::Work::import_document(Run& run, const std::filesystem::path& file) {
  auto input = open(file);
  std::string text = read_document(*input);
  std::optional<Figure> figure;
  LeftOut left_out;
  try {
    SplitDocument document = split_front_matter(text);
    Yaml front_matter;
    if (document.front_matter)
      front_matter = parse_yaml(*document.front_matter, {}, document.front_matter_line);
    if (is_figure(front_matter))
      figure = read_figure(front_matter, left_out);
    else if (is_curated_pathway(front_matter))
      run.pathways.add(front_matter);
    else
      import_text(run, file, front_matter, document);
  } catch (const Error& error) {
    throw in_file(input->name(), error);
  }
  if (figure) import_figure(run, file, *figure);
  for (const auto& [reason, count] : left_out)
    run.report.left_out[reason] += count;
}

void Importer::Work::import_text(Run& run, const std::filesystem::path& file,
                                 const Yaml& front_matter, const SplitDocument& document) {
  bool has_text = document.body.find_first_not_of(" \t\r\n") != std::string_view::npos;
  if (document.front_matter && !has_text)
    throw Error(
        ErrorCode::Invalid,
        "its front matter is no figure's (no figid) and no pathway's (no wpid), and there is "
        "no article behind it");
  if (!has_text) throw Error(ErrorCode::Invalid, "the document is empty");
  ArticleHead head;
  head.iri = document_iri(file);
  head.identifier = without_compression(file.filename()).stem().string();
  head.title = value_of(front_matter.find("title"), run.report.left_out);
  import_article(read_article(document.body), head, run.emitter, run.labels, run.report);
}

/// Tables that were given come before those that lie beside the figure.
void Importer::Work::import_figure(Run& run, const std::filesystem::path& file, Figure& figure) {
  std::set<EntityKind> given;
  auto [first, last] = figure_tables_.equal_range(figure.figid);
  for (auto at = first; at != last; ++at) {
    add_figure_table(run, at->second.second, at->second.first, figure);
    given.insert(at->second.first);
  }
  figure_tables_.erase(first, last);
  if (file != kStandardInput)
    for (const std::filesystem::path& table : figure_tables_beside(file, figure.figid))
      if (EntityKind kind = figure_table_name(table)->kind; !given.contains(kind))
        add_figure_table(run, table, kind, figure);
  run.figures.add(figure);
}

void Importer::Work::add_figure_table(Run& run, const std::filesystem::path& file, EntityKind kind,
                                      Figure& figure) {
  attempt(run.leniency, [&] {
    auto input = open(file);
    std::vector<FigureEntity> entities =
        read_figure_table(*input, kind, run.report.left_out, run.leniency);
    ++run.report.tables;
    run.report.rows += entities.size();
    for (FigureEntity& entity : entities)
      figure.entities.push_back(std::move(entity));
  });
}

void Importer::Work::import_left_figure_tables(Run& run) {
  while (!figure_tables_.empty()) {
    Figure figure;
    figure.figid = figure_tables_.begin()->first;
    figure.pmcid = pmc_id(figure.figid.substr(0, figure.figid.find("__"))).value_or("");
    auto [first, last] = figure_tables_.equal_range(figure.figid);
    for (auto at = first; at != last; ++at)
      add_figure_table(run, at->second.second, at->second.first, figure);
    figure_tables_.erase(first, last);
    if (!figure.entities.empty()) run.figures.add(figure);
  }
}

void Importer::Work::label(Run& run) {
  run.labels.for_each([&](const std::string& iri, const std::string& word) {
    auto entity = names_.known(iri);
    if (!entity || !names_[*entity].is_labelled) run.emitter.text_once(iri, kRdfsLabel, word);
  });
}

Importer::Importer(ImportOptions options) : work_(std::make_unique<Work>(std::move(options))) {}
Importer::~Importer() = default;

void Importer::add_document(const std::filesystem::path& file) {
  work_->add_document(file);
}

void Importer::add_table(const std::filesystem::path& file, Format format) {
  work_->add_table(file, format);
}

void Importer::add_entity_name(EntityKind kind, std::string_view iri, std::string_view name,
                               std::string_view taxon) {
  work_->add_entity_name(kind, iri, name, taxon);
}

ImportReport Importer::run(StatementSink& sink) {
  return work_->run(sink);
}

}  // namespace tripten
