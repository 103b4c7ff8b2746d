// tripten compact: what loads and updates left apart, put together.
#include <algorithm>
#include <chrono>
#include <iostream>

#include <fmt/format.h>

#include "shell/command.h"
#include "shell/exit_code.h"
#include "shell/open_database.h"
#include "shell/quantities.h"
#include "shell/report_error.h"
#include "shell/terminal.h"

namespace tripten::shell {

namespace {

namespace po = boost::program_options;
using Clock = std::chrono::steady_clock;

void describe(po::options_description& options) {
  options.add_options()("memory,m", po::value<std::string>(),
                        "uses no more than this: 2GB (default: a quarter of the machine's)");
}

int run(const Arguments& arguments) {
  CompactOptions options{.stop = arguments.stop};
  if (arguments.has("memory")) options.memory_limit = parse_size(arguments.text("memory"));
  const bool show_progress = error_is_terminal();
  const Clock::time_point start = Clock::now();
  Clock::time_point shown = start;
  if (show_progress)
    options.progress = [&](double done) {
      const Clock::time_point now = Clock::now();
      if (now - shown < std::chrono::milliseconds(200)) return;
      shown = now;
      std::cerr << fmt::format("\r\x1b[Kcompacting {:.0f} %, {}", std::min(done, 1.0) * 100,
                               readable_duration(now - start))
                << std::flush;
    };
  Database database = open_to_maintain(arguments.positional[0]);
  const auto clear_line = [&] {
    if (show_progress) std::cerr << "\r\x1b[K";
  };
  try {
    const CompactReport done = database.compact(options);
    clear_line();
    std::cerr << fmt::format("compacted in {}: {} changes folded, {} terms removed, {} → {}\n",
                             readable_duration(Clock::now() - start), with_separators(done.folded),
                             with_separators(done.removed_terms), readable_size(done.bytes_before),
                             readable_size(done.bytes_after));
  } catch (const Error&) {
    clear_line();
    throw;
  }
  return kDone;
}

}  // namespace

const Command kCompactCommand{
    .name = "compact",
    .arguments = "DB",
    .summary = "puts updates and loads together, gives back the room of what was deleted",
    .examples = "  tripten compact my.db\n",
    .least = 1,
    .most = 1,
    .describe = describe,
    .run = run};

}  // namespace tripten::shell
