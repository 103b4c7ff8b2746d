// Which metadata document a table belongs to.
#include "import/table_mapping.h"

#include "import/importer.h"

namespace tripten {

namespace {

/// The components of a path that ends a table's, compared from the end.
bool ends_with_path(const std::filesystem::path& whole, const std::filesystem::path& end) {
  auto a = whole.end(), b = end.end();
  while (b != end.begin()) {
    if (a == whole.begin() || *--a != *--b) return false;
  }
  return true;
}

}  // namespace

std::filesystem::path without_compression(const std::filesystem::path& file) {
  std::string ending = file.extension().string();
  if (ending != ".gz" && ending != ".bz2" && ending != ".zst") return file;
  return std::filesystem::path(file).replace_extension();
}

const TableMapping* TableMetadata::find(const std::filesystem::path& table, bool any_url) const {
  if (any_url && !is_group && tables.size() == 1) return &tables[0];
  std::filesystem::path path = without_compression(table.lexically_normal());
  const TableMapping* by_name = nullptr;
  for (const TableMapping& mapping : tables) {
    std::filesystem::path url =
        without_compression(std::filesystem::path(percent_decoded(mapping.url)).lexically_normal());
    if (url.empty()) continue;
    if (ends_with_path(path, url)) return &mapping;
    if (!by_name && url.filename() == path.filename()) by_name = &mapping;
  }
  return by_name;
}

std::vector<std::filesystem::path> metadata_places(const std::filesystem::path& table) {
  std::vector<std::filesystem::path> places;
  auto add = [&](std::filesystem::path stem) {
    places.push_back(table.parent_path() / (stem.string() + "-metadata.json"));
  };
  add(table.filename());
  std::filesystem::path plain = without_compression(table.filename());
  if (plain != table.filename()) add(plain);
  add(plain.stem());
  places.push_back(table.parent_path() / "csv-metadata.json");
  return places;
}

bool is_table_metadata(const std::filesystem::path& file) {
  return file.filename().string().ends_with("-metadata.json");
}

}  // namespace tripten
