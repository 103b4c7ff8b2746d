// tripten info: what a database holds, and its check.
#include <iostream>

#include <fmt/format.h>

#include "shell/command.h"
#include "shell/exit_code.h"
#include "shell/open_database.h"
#include "shell/quantities.h"
#include "shell/report_error.h"

namespace tripten::shell {

namespace {

namespace po = boost::program_options;

void describe(po::options_description& options) {
  options.add_options()("all,a", po::bool_switch(),
                        "lists every graph, predicate and class, not the first twenty");
}

std::string columns_of(const NamedCount& count) {
  return fmt::format("{:>14}", with_separators(count.count));
}

std::string columns_of(const PredicateCount& count) {
  return fmt::format("{:>14}{:>14}{:>14}", with_separators(count.count),
                     with_separators(count.subjects), with_separators(count.objects));
}

template <typename Count>
void list(std::string_view title, const std::vector<Count>& counts, bool all,
          std::string_view headings = "") {
  constexpr std::size_t kShown = 20;
  std::cout << fmt::format("{:<16}{}\n", title, with_separators(counts.size()));
  if (!counts.empty() && !headings.empty()) std::cout << fmt::format("{:>{}}\n", headings, 42);
  for (std::size_t i = 0; i < counts.size() && (all || i < kShown); ++i)
    std::cout << fmt::format("{}  {}{}\n", columns_of(counts[i]), counts[i].term.to_string(),
                             counts[i].label.empty() ? "" : "  " + counts[i].label);
  if (!all && counts.size() > kShown)
    std::cout << fmt::format("{:>14}  and {} more (--all)\n", "",
                             with_separators(counts.size() - kShown));
}

int run(const Arguments& arguments) {
  const Info info = open_for_reading(arguments.positional[0]).info();
  const bool all = arguments.flag("all");
  std::cout << fmt::format("{:<16}{}\n", "quads", with_separators(info.quads));
  std::cout << fmt::format("{:<16}{}\n", "terms", with_separators(info.terms));
  std::cout << fmt::format("{:<16}{}\n", "size", readable_size(info.bytes_on_disk));
  if (info.quads > 0)
    std::cout << fmt::format(
        "{:<16}{:.1f}\n", "bytes per quad",
        static_cast<double>(info.bytes_on_disk) / static_cast<double>(info.quads));
  std::cout << fmt::format("{:<16}{}\n", "in the delta", with_separators(info.delta_rows));
  std::cout << fmt::format("{:<16}{}\n", "format version", info.format_version);
  list("named graphs", info.graphs, all);
  list("predicates", info.predicates, all, "count      subjects       objects");
  list("classes", info.classes, all);
  return kDone;
}

int run_check(const Arguments& arguments) {
  const Database database = open_for_reading(arguments.positional[0]);
  const std::vector<std::string> damages = database.check();
  for (const std::string& damage : damages)
    std::cout << damage << '\n';
  if (!damages.empty()) {
    report_error(fmt::format("{} is damaged: {} {} found", arguments.positional[0], damages.size(),
                             damages.size() == 1 ? "fault" : "faults"));
    return kNoDatabase;
  }
  std::cout << "ok\n";
  return kDone;
}

}  // namespace

const Command kInfoCommand{.name = "info",
                           .arguments = "DB",
                           .summary = "counts, sizes, graphs, predicates and classes",
                           .examples = "  tripten info my.db\n",
                           .least = 1,
                           .most = 1,
                           .describe = describe,
                           .run = run};

const Command kCheckCommand{.name = "check",
                            .arguments = "DB",
                            .summary = "reads everything and verifies every checksum and invariant",
                            .examples = "  tripten check my.db && echo sound\n",
                            .least = 1,
                            .most = 1,
                            .run = run_check};

}  // namespace tripten::shell
