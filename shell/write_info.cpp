#include "shell/write_info.h"

#include <ostream>

#include <fmt/format.h>

#include "shell/quantities.h"

namespace tripten::shell {

namespace {

std::string columns_of(const NamedCount& count) {
  return fmt::format("{:>14}", with_separators(count.count));
}

std::string columns_of(const PredicateCount& count) {
  return fmt::format("{:>14}{:>14}{:>14}", with_separators(count.count),
                     with_separators(count.subjects), with_separators(count.objects));
}

template <typename Count>
void list(std::ostream& out, std::string_view title, const std::vector<Count>& counts, bool all,
          std::string_view headings = "") {
  constexpr std::size_t kShown = 20;
  out << fmt::format("{:<16}{}\n", title, with_separators(counts.size()));
  if (!counts.empty() && !headings.empty()) out << fmt::format("{:>{}}\n", headings, 42);
  for (std::size_t i = 0; i < counts.size() && (all || i < kShown); ++i)
    out << fmt::format("{}  {}{}\n", columns_of(counts[i]), counts[i].term.to_string(),
                       counts[i].label.empty() ? "" : "  " + counts[i].label);
  if (!all && counts.size() > kShown)
    out << fmt::format("{:>14}  and {} more (--all)\n", "",
                       with_separators(counts.size() - kShown));
}

}  // namespace

void write_info(std::ostream& out, const Info& info, bool all) {
  out << fmt::format("{:<16}{}\n", "quads", with_separators(info.quads));
  out << fmt::format("{:<16}{}\n", "terms", with_separators(info.terms));
  out << fmt::format("{:<16}{}\n", "size", readable_size(info.bytes_on_disk));
  if (info.quads > 0)
    out << fmt::format("{:<16}{:.1f}\n", "bytes per quad",
                       static_cast<double>(info.bytes_on_disk) / static_cast<double>(info.quads));
  out << fmt::format("{:<16}{}\n", "in the delta", with_separators(info.delta_rows));
  out << fmt::format("{:<16}{}\n", "format version", info.format_version);
  list(out, "named graphs", info.graphs, all);
  list(out, "predicates", info.predicates, all, "count      subjects       objects");
  list(out, "classes", info.classes, all);
}

}  // namespace tripten::shell
