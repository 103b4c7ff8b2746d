#include "api/loading.h"

#include <algorithm>
#include <exception>

#include <fmt/format.h>

#include "api/entity_names.h"
#include "api/input_files.h"
#include "api/web_source.h"
#include "import/importer.h"
#include "load/bulk_loader.h"
#include "load/compaction.h"
#include "load/transaction_sink.h"
#include "rdf/iri.h"
#include "rdf/reader.h"

namespace tripten {

namespace {

bool is_table(Format format) {
  return format == Format::Csv || format == Format::Tsv;
}
bool is_rdf(Format format) {
  return format != Format::Figure && !is_table(format);
}

/// One load: its options, its report, and where the statements go.
class FileLoad {
 public:
  FileLoad(const LoadOptions& options, const Interrupt& interrupt, const StoreView& before,
           LoadReport& report)
      : options_(options),
        interrupt_(interrupt),
        before_(before),
        report_(report) {}

  /// Files of RDF to `loader`, all threads at once, then the others one by one.
  void read(const std::vector<InputFile>& files, BulkLoader& loader) {
    take(loader.read(sources_of(files)));
    import_others(files, loader);
  }

  /// All files to `sink`, one by one.
  void read(const std::vector<InputFile>& files, StatementSink& sink) {
    const std::vector<LoadSource> sources = sources_of(files);
    SourceReader reader(sources, {});
    std::optional<std::size_t> source;
    reader.work(sink, [&](std::size_t now) {
      if (source != now) sink.begin_source();
      source = now;
    });
    take(reader.finish());
    import_others(files, sink);
  }

 private:
  LoadSource source_of(const InputFile& file) const {
    const bool from_input = file.path == "-";
    ReadOptions read{.format = file.format,
                     .base = !options_.base.empty() ? options_.base
                             : from_input           ? std::string()
                                                    : file_iri(file.path),
                     .lenient = options_.lenient,
                     .interrupt = &interrupt_};
    return {
        [from_input, path = file.path] { return from_input ? standard_input() : open_input(path); },
        read};
  }

  std::vector<LoadSource> sources_of(const std::vector<InputFile>& files) const {
    std::vector<LoadSource> sources;
    for (const InputFile& file : files)
      if (is_rdf(file.format)) sources.push_back(source_of(file));
    return sources;
  }

  void import_others(const std::vector<InputFile>& files, StatementSink& sink) {
    report_.files = files.size();
    if (std::all_of(files.begin(), files.end(),
                    [](const InputFile& file) { return is_rdf(file.format); }))
      return;
    Importer importer(
        {.lenient = options_.lenient,
         .mapping = options_.mapping.empty() ? std::nullopt : std::optional(options_.mapping),
         .base = options_.base,
         .interrupt = &interrupt_});
    for (const InputFile& file : files) {
      if (is_rdf(file.format)) continue;
      if (is_table(file.format))
        importer.add_table(file.path, file.format);
      else
        importer.add_document(file.path);
    }
    const auto is_document = [](const InputFile& file) {
      return !is_rdf(file.format) && !is_table(file.format);
    };
    // Keywords of documents are resolved by names, tables have none.
    if (std::any_of(files.begin(), files.end(), is_document)) add_entity_names(before_, importer);
    take(importer.run(sink));
  }

  void take(const SkippedStatements& skipped) {
    report_.skipped += skipped.count;
    report_.first_skipped = skipped.first;
  }

  void take(const ImportReport& imported) {
    report_.figures = imported.figures;
    report_.articles = imported.articles;
    report_.tables = imported.tables;
    report_.rows = imported.rows;
    report_.mentions = imported.mentions;
    report_.keywords_resolved = imported.keywords_resolved;
    report_.keywords_unresolved = imported.keywords_unresolved;
    report_.left_out = imported.left_out;
    report_.skipped += imported.skipped;
    for (const std::string& message : imported.first_skipped)
      if (report_.first_skipped.size() < SkippedStatements::kShown)
        report_.first_skipped.push_back(message);
  }

  const LoadOptions& options_;
  const Interrupt& interrupt_;
  const StoreView& before_;  // the database as it was
  LoadReport& report_;
};

/// Of the files of RDF; 0 where one's size is not known.
std::uint64_t rdf_bytes(const std::vector<InputFile>& files) {
  std::uint64_t sum = 0;
  for (const InputFile& file : files) {
    if (!is_rdf(file.format)) continue;
    if (!file.bytes) return 0;
    sum += *file.bytes;
  }
  return sum;
}

/// At most how many statements the files hold, from their size: Turtle that names a subject once
/// takes 40 bytes a statement and more, N-Triples more than 100; compressed they take an eighth.
std::uint64_t most_statements(const std::vector<InputFile>& files) {
  constexpr std::uint64_t kBytes = 40, kCompressedBytes = 5;
  std::uint64_t sum = 0;
  for (const InputFile& file : files) {
    const std::filesystem::path ending = file.path.extension();
    const bool compressed = ending == ".gz" || ending == ".bz2" || ending == ".zst";
    sum += file.bytes.value_or(0) / (compressed ? kCompressedBytes : kBytes);
  }
  return sum;
}

/// Whether the files are small beside the database, so that they go through its delta
/// (docs/decisions/0007-merge-or-delta.md). A file of unknown size is not.
bool fits_the_delta(const std::vector<InputFile>& files, std::uint64_t quads) {
  constexpr std::uint64_t kShare = 100, kMost = 200'000;
  if (std::any_of(files.begin(), files.end(), [](const InputFile& file) { return !file.bytes; }))
    return false;
  return most_statements(files) <= std::min(quads / kShare, kMost);
}

/// Merges the runs of terms that many loads have left (docs/decisions/0008-compaction.md), unless
/// another writer is at work. The load is over and safe by then: what ends the compaction, such as
/// a full disk, is what is returned.
[[nodiscard]] std::string compact_many_runs(Store& store, CompactionOptions options) {
  constexpr std::uint64_t kMostRuns = 16;
  if (store.statistics().term_runs <= kMostRuns) return {};
  options.waits = false;
  try {
    options.interrupt->check();
    compact(store, options);
  } catch (const std::exception& error) {
    return error.what();
  }
  return {};
}

}  // namespace

LoadReport load_files(Store& store, const std::vector<std::filesystem::path>& paths,
                      const LoadOptions& options, std::size_t memory) {
  const InputFiles files = find_input_files(paths, options.format);
  const Interrupt interrupt(options.stop, std::chrono::milliseconds(0));
  LoadReport report;
  report.passed_over = files.passed_over;
  SnapshotPtr before = store.snapshot();
  if (fits_the_delta(files.files, before->count({}))) {
    auto transaction = store.begin();
    TransactionSink sink(*transaction, options.graph, &interrupt);
    FileLoad(options, interrupt, *before, report).read(files.files, sink);
    transaction->commit();
    report.statements = sink.statements();
    report.inserted = sink.inserted();
    return report;
  }
  const std::size_t memory_bytes = options.memory_limit ? options.memory_limit : memory;
  {
    BulkLoader loader(store, {.graph = options.graph,
                              .memory_bytes = memory_bytes,
                              .interrupt = &interrupt,
                              .progress = options.progress,
                              .source_bytes = rdf_bytes(files.files)});
    FileLoad(options, interrupt, *before, report).read(files.files, loader);
    const BulkLoadCounts counts = loader.finish();
    report.statements = counts.statements;
    report.inserted = counts.inserted;
  }
  before.reset();  // its files can go
  const auto tell = [&](double) {
    if (options.progress)
      options.progress({.stage = "compacting", .statements = report.statements});
  };
  report.not_compacted = compact_many_runs(
      store, {.memory_bytes = memory_bytes, .interrupt = &interrupt, .progress = tell});
  return report;
}

Changes load_text_into(Store& store, std::string_view text, Format format, std::string_view base) {
  auto transaction = store.begin();
  TransactionSink sink(*transaction, Term(), nullptr);
  auto input = text_input(std::string(text), "text");
  read_rdf(*input, {.format = format, .base = std::string(base)}, sink);
  transaction->commit();
  return {sink.inserted(), 0, {}};
}

void read_source(const std::string& source, const QueryOptions& options, const Interrupt& interrupt,
                 StatementSink& sink) {
  constexpr std::string_view kFile = "file://";
  if (source.starts_with("http://") || source.starts_with("https://")) {
    if (!options.allow_service)
      throw Error(
          ErrorCode::Invalid,
          fmt::format("LOAD <{}> reaches into the network; allow it with --allow-service", source));
    return read_web_source(source, options.service_timeout, interrupt, sink);
  }
  if (is_absolute_iri(source) && !source.starts_with(kFile))
    throw Error(
        ErrorCode::Invalid,
        fmt::format("LOAD reads file:, http: and https: IRIs only, <{}> is none of them", source));
  const std::filesystem::path file =
      source.starts_with(kFile) ? source.substr(kFile.size()) : source;
  const Format format = format_of_file(file);
  if (format == Format::Guess || !is_rdf(format))
    throw Error(ErrorCode::Invalid, fmt::format("LOAD <{}>: the name tells no RDF format", source));
  auto input = open_input(file);
  read_rdf(*input, {.format = format, .base = source, .interrupt = &interrupt}, sink);
}

}  // namespace tripten
