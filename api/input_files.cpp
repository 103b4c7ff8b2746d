#include "api/input_files.h"

#include <algorithm>

#include <fmt/format.h>

#include "tripten/error.h"

#include "base/letter_case.h"
#include "import/importer.h"

namespace tripten {

namespace {

namespace fs = std::filesystem;

bool is_readme(const fs::path& file) {
  const std::string stem = to_ascii_lower(file.stem().string());
  return stem == "readme" || stem == "license" || stem == "changelog";
}

bool can_be_read(Format format) {
  return format != Format::Guess && format != Format::Json && format != Format::JsonLines &&
         format != Format::Markdown && format != Format::Table && format != Format::Box &&
         format != Format::Line && format != Format::Html;
}

void add_folder(const fs::path& folder, InputFiles& found) {
  std::vector<fs::path> files;
  for (auto it = fs::recursive_directory_iterator(folder); it != fs::recursive_directory_iterator();
       ++it) {
    if (it->path().filename().string().starts_with('.')) {
      if (it->is_directory()) it.disable_recursion_pending();
      continue;
    }
    if (it->is_regular_file()) files.push_back(it->path());
  }
  std::sort(files.begin(), files.end());
  const std::size_t before = found.files.size();
  for (const fs::path& file : files) {
    const Format format = format_of_file(file);
    if (is_readme(file) || is_table_metadata(file) || !can_be_read(format)) {
      ++found.passed_over;
      continue;
    }
    found.files.push_back({file, format, fs::file_size(file)});
  }
  if (found.files.size() == before)
    throw Error(ErrorCode::Invalid,
                fmt::format("{}: the folder holds no file that can be loaded", folder.string()));
}

void add_file(const fs::path& path, Format format, InputFiles& found) {
  if (path == "-") {
    if (format == Format::Guess)
      throw Error(ErrorCode::Invalid, "standard input needs --format, such as --format ttl");
    found.files.push_back({path, format, std::nullopt});
    return;
  }
  if (!fs::exists(path))
    throw Error(ErrorCode::NotFound, fmt::format("{}: there is no such file", path.string()));
  if (fs::is_directory(path)) return add_folder(path, found);
  if (format == Format::Guess) format = format_of_file(path);
  if (!can_be_read(format))
    throw Error(ErrorCode::Invalid,
                fmt::format("{}: the name tells no format that can be loaded (nt, nq, ttl, trig, "
                            "rdf, owl, md, txt, tsv, csv); say which with --format",
                            path.string()));
  const bool has_size = fs::is_regular_file(path);
  found.files.push_back(
      {path, format, has_size ? std::optional(fs::file_size(path)) : std::nullopt});
}

}  // namespace

InputFiles find_input_files(const std::vector<fs::path>& paths, Format format) {
  if (paths.empty()) throw Error(ErrorCode::Invalid, "no file to load was given");
  InputFiles found;
  try {
    for (const fs::path& path : paths)
      add_file(path, format, found);
  } catch (const fs::filesystem_error& failure) {
    throw Error(ErrorCode::Io,
                fmt::format("{}: {}", failure.path1().string(), failure.code().message()));
  }
  return found;
}

}  // namespace tripten
