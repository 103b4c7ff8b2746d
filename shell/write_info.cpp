#include "shell/write_info.h"

#include <ostream>

#include <fmt/format.h>

#include "shell/quantities.h"
#include "shell/short_names.h"

namespace tripten::shell {

namespace {

std::string columns_of(const NamedCount& count) {
  return fmt::format("{:>14}", with_separators(count.count));
}

std::string columns_of(const PredicateCount& count) {
  return fmt::format("{:>14}{:>14}{:>14}", with_separators(count.count),
                     with_separators(count.subjects), with_separators(count.objects));
}

struct Lists {
  std::ostream& out;
  bool all;
  std::string_view how_all;
  const std::function<std::string(const Term&)>& names;
};

template <typename Count>
void list(const Lists& lists, std::string_view title, const std::vector<Count>& counts,
          std::string_view headings = "") {
  constexpr std::size_t kShown = 20;
  const auto& [out, all, how_all, names] = lists;
  out << fmt::format("{:<16}{}\n", title, with_separators(counts.size()));
  if (!counts.empty() && !headings.empty()) out << fmt::format("{:>{}}\n", headings, 42);
  for (std::size_t i = 0; i < counts.size() && (all || i < kShown); ++i)
    out << fmt::format("{}  {}{}\n", columns_of(counts[i]), names(counts[i].term),
                       counts[i].label.empty() ? "" : "  " + printable(counts[i].label));
  if (!all && counts.size() > kShown)
    out << fmt::format("{:>14}  and {} more ({})\n", "", with_separators(counts.size() - kShown),
                       how_all);
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
  list(lists, "predicates", info.predicates, "count      subjects       objects");
  list(lists, "classes", info.classes);
}

}  // namespace tripten::shell
