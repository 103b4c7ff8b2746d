// tripten info: what a database holds, and its check.
#include <iostream>

#include <fmt/format.h>

#include "shell/command.h"
#include "shell/exit_code.h"
#include "shell/open_database.h"
#include "shell/report_error.h"
#include "shell/short_names.h"
#include "shell/write_info.h"

namespace tripten::shell {

namespace {

namespace po = boost::program_options;

void describe(po::options_description& options) {
  options.add_options()("all,a", po::bool_switch(),
                        "lists every graph, predicate and class, not the first twenty");
}

int run(const Arguments& arguments) {
  write_info(std::cout, open_for_reading(arguments.positional[0]).info(), arguments.flag("all"),
             "--all", [](const Term& term) { return printable(term.to_string()); });
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
