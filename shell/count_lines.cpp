#include "shell/count_lines.h"

#include <algorithm>
#include <array>
#include <ostream>

#include <fmt/format.h>

#include "shell/quantities.h"
#include "shell/short_names.h"

namespace tripten::shell {

namespace {

using Cells = std::vector<std::string>;
constexpr std::array<const char*, 3> kHeadings{"count", "subjects", "objects"};

}  // namespace

CountLine count_line(const NamedCount& count, const TermNames& names) {
  return {{count.count}, names(count.term), printable(count.label)};
}

CountLine count_line(const PredicateCount& count, const TermNames& names) {
  return {{count.count, count.subjects, count.objects}, names(count.term), printable(count.label)};
}

void write_counts(std::ostream& out, const std::vector<CountLine>& lines, std::string_view margin) {
  if (lines.empty()) return;
  std::vector<Cells> rows;
  const bool has_headings = lines[0].figures.size() > 1;
  if (has_headings) rows.emplace_back(kHeadings.begin(), kHeadings.end());
  for (const CountLine& line : lines) {
    Cells& row = rows.emplace_back();
    for (const std::uint64_t figure : line.figures)
      row.push_back(with_separators(figure));
  }
  std::vector<std::size_t> widths(lines[0].figures.size());
  for (const Cells& row : rows)
    for (std::size_t c = 0; c < widths.size(); ++c)
      widths[c] = std::max(widths[c], row[c].size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    out << margin;
    for (std::size_t c = 0; c < widths.size(); ++c)
      out << fmt::format("{}{:>{}}", c > 0 ? "  " : "", rows[i][c], widths[c]);
    if (const std::size_t headings = has_headings ? 1 : 0; i >= headings) {
      const CountLine& line = lines[i - headings];
      out << "  " << line.name << (line.label.empty() ? "" : "  ") << line.label;
    }
    out << '\n';
  }
}

}  // namespace tripten::shell
