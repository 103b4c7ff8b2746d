#include "shell/write_info.h"

#include <algorithm>
#include <ostream>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "shell/count_lines.h"
#include "shell/quantities.h"

namespace tripten::shell {

namespace {

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
  const std::span shown(counts.data(), all ? counts.size() : std::min(counts.size(), kShown));
  std::vector<CountLine> lines;
  for (const Count& count : shown)
    lines.push_back(count_line(count, names));
  write_counts(out, lines, kMargin);
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
