// What tests of importers share: a folder of files that goes away, and the statements of an import.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <stdlib.h>

#include "base/check.h"
#include "base/utf8.h"
#include "import/importer.h"
#include "rdf/iri.h"
#include "rdf/writer.h"

namespace tripten {

class TestFolder {
 public:
  TestFolder() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "tripten-import-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  ~TestFolder() { std::filesystem::remove_all(path_); }

  std::filesystem::path write(const std::string& name, std::string_view text) const {
    std::filesystem::path file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Keeps statements as N-Triples lines without the last ` .`.
class CollectedStatements : public StatementSink {
 public:
  void begin_source() override {}
  void add(const Statement& statement) override {
    check_terms(statement);
    std::string line;
    append_ntriples(statement.subject, line);
    append_ntriples(statement.predicate, line += ' ');
    append_ntriples(statement.object, line += ' ');
    lines.push_back(std::move(line));
  }

  /// Whatever an importer reads, its statements can be written and read again.
  static void check_terms(const Statement& statement) {
    for (const TermView* term : {&statement.subject, &statement.predicate, &statement.object}) {
      if (term->kind == TermKind::Iri)
        check(is_absolute_iri(term->value) && has_iri_characters(term->value), "a broken IRI");
      check(is_valid_utf8(term->value), "broken UTF-8");
    }
    check(statement.predicate.kind == TermKind::Iri, "a predicate that is no IRI");
    check(statement.subject.kind != TermKind::Literal, "a subject that is a literal");
  }

  bool has(std::string_view line) const {
    return std::find(lines.begin(), lines.end(), line) != lines.end();
  }
  /// Lines that hold all of these.
  std::size_t count(std::initializer_list<std::string_view> parts) const {
    return static_cast<std::size_t>(
        std::count_if(lines.begin(), lines.end(), [&](const auto& line) {
          return std::all_of(parts.begin(), parts.end(), [&](std::string_view part) {
            return line.find(part) != std::string::npos;
          });
        }));
  }
  std::string all() const {
    std::vector<std::string> sorted = lines;
    std::sort(sorted.begin(), sorted.end());
    std::string text;
    for (const std::string& line : sorted)
      text += line + "\n";
    return text;
  }

  std::vector<std::string> lines{};
};

/// The statements of a call and its report.
struct Imported {
  CollectedStatements statements{};
  ImportReport report{};
};

/// Imports files, told apart by their endings.
inline Imported import_files(const std::vector<std::filesystem::path>& files,
                             const ImportOptions& options = {}) {
  Importer importer(options);
  for (const std::filesystem::path& file : files) {
    Format format = format_of_file(file);
    if (format == Format::Figure)
      importer.add_document(file);
    else
      importer.add_table(file, format);
  }
  Imported imported;
  imported.report = importer.run(imported.statements);
  return imported;
}

/// The message of the error that the import ends with; empty where it does not.
inline std::string error_of_import(const std::vector<std::filesystem::path>& files,
                                   const ImportOptions& options = {}) {
  try {
    import_files(files, options);
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace tripten
