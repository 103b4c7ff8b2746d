#include "shell/write_info.h"

#include <algorithm>
#include <array>
#include <ostream>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "shell/quantities.h"
#include "shell/short_names.h"

namespace tripten::shell {

namespace {

constexpr std::array<std::string_view, 3> kHeadings{"count", "subjects", "objects"};

std::vector<std::string> figures_of(const NamedCount& count) {
  return {with_separators(count.count)};
}

std::vector<std::string> figures_of(const PredicateCount& count) {
  return {with_separators(count.count), with_separators(count.subjects),
          with_separators(count.objects)};
}

struct Lists {
  std::ostream& out;
  bool all;
  std::string_view how_all;
  const std::function<std::string(const Term&)>& names;
};

template <typename Count>
void list(const Lists& lists, std::string_view title, const std::vector<Count>& counts) {
  constexpr std::size_t kShown = 20;
  constexpr std::string_view kMargin = "    ";
  const auto& [out, all, how_all, names] = lists;
  out << fmt::format("{:<16}{}\n", title, with_separators(counts.size()));
  if (counts.empty()) return;
  const std::span shown(counts.data(), all ? counts.size() : std::min(counts.size(), kShown));
  std::vector<std::vector<std::string>> rows;
  for (const Count& count : shown)
    rows.push_back(figures_of(count));
  std::vector<std::size_t> widths(rows[0].size());
  const bool has_headings = widths.size() > 1;
  for (std::size_t c = 0; c < widths.size(); ++c) {
    if (has_headings) widths[c] = kHeadings[c].size();
    for (const auto& row : rows)
      widths[c] = std::max(widths[c], row[c].size());
  }
  const auto write_row = [&](const auto& cells) {
    out << kMargin;
    for (std::size_t c = 0; c < widths.size(); ++c)
      out << fmt::format("{:>{}}{}", cells[c], widths[c], c + 1 < widths.size() ? "  " : "");
  };
  if (has_headings) {
    write_row(kHeadings);
    out << '\n';
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    write_row(rows[i]);
    out << fmt::format("  {}{}\n", names(shown[i].term),
                       shown[i].label.empty() ? "" : "  " + printable(shown[i].label));
  }
  if (shown.size() < counts.size())
    out << fmt::format("{}and {} more ({})\n", kMargin,
                       with_separators(counts.size() - shown.size()), how_all);
}

}  // namespace

void write_info(std::ostream& out, const Info& info, bool all, std::string_view how_all,
                const std::function<std::string(const Term&)>& names) {
  out << fmt::format("{:<16}{}\n", "quads", with_separators(info.quads));
  out << fmt::format("{:<16}{}\n", "terms", with_separators(info.terms));
  out << fmt::format("{:<16}{}\n", "size", readable_size(info.bytes_on_disk));
  if (info.quads > 0)
    out << fmt::format("{:<16}{:.1f}\n", "bytes per quad",
                       static_cast<double>(info.bytes_on_disk) / static_cast<double>(info.quads));
  out << fmt::format("{:<16}{}\n", "in the delta", with_separators(info.delta_rows));
  out << fmt::format("{:<16}{}\n", "format version", info.format_version);
  const Lists lists{out, all, how_all, names};
  list(lists, "named graphs", info.graphs);
  list(lists, "predicates", info.predicates);
  list(lists, "classes", info.classes);
}

}  // namespace tripten::shell
