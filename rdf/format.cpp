// One table gives every format its name; file endings that are no names follow.
#include "tripten/format.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/letter_case.h"

namespace tripten {
namespace {

using NamedFormat = std::pair<std::string_view, Format>;

constexpr std::array<NamedFormat, 16> kNames{{{"nt", Format::NTriples},
                                              {"nq", Format::NQuads},
                                              {"ttl", Format::Turtle},
                                              {"trig", Format::TriG},
                                              {"rdf", Format::RdfXml},
                                              {"md", Format::Figure},
                                              {"csv", Format::Csv},
                                              {"tsv", Format::Tsv},
                                              {"json", Format::Json},
                                              {"xml", Format::Xml},
                                              {"jsonl", Format::JsonLines},
                                              {"markdown", Format::Markdown},
                                              {"table", Format::Table},
                                              {"box", Format::Box},
                                              {"line", Format::Line},
                                              {"html", Format::Html}}};

/// Endings of files that can be read; the formats that are only written are not among them.
constexpr std::array<NamedFormat, 11> kEndings{{{"nt", Format::NTriples},
                                                {"nq", Format::NQuads},
                                                {"ttl", Format::Turtle},
                                                {"trig", Format::TriG},
                                                {"rdf", Format::RdfXml},
                                                {"owl", Format::RdfXml},
                                                {"xml", Format::RdfXml},
                                                {"md", Format::Figure},
                                                {"txt", Format::Figure},
                                                {"csv", Format::Csv},
                                                {"tsv", Format::Tsv}}};

template <std::size_t N>
std::optional<Format> find(const std::array<NamedFormat, N>& table, std::string_view name) {
  const auto it =
      std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.first == name; });
  return it == table.end() ? std::nullopt : std::optional(it->second);
}

bool is_compression(std::string_view ending) {
  return ending == ".gz" || ending == ".bz2" || ending == ".zst";
}

}  // namespace

std::optional<Format> format_named(std::string_view name) {
  return find(kNames, to_ascii_lower(name));
}

std::string_view name_of(Format format) {
  for (const auto& [name, value] : kNames)
    if (value == format) return name;
  return "guess";
}

Format format_of_file(const std::filesystem::path& file) {
  std::filesystem::path name = file.filename();
  while (is_compression(to_ascii_lower(name.extension().string())))
    name = name.stem();
  const std::string ending = to_ascii_lower(name.extension().string());
  if (ending.empty()) return Format::Guess;
  return find(kEndings, std::string_view(ending).substr(1)).value_or(Format::Guess);
}

bool holds_graph(Format format) {
  return format == Format::NTriples || format == Format::NQuads || format == Format::Turtle ||
         format == Format::TriG || format == Format::RdfXml;
}

}  // namespace tripten
