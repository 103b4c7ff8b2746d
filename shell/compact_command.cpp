// tripten compact: what loads and updates left apart, put together.
#include <algorithm>
#include <iostream>

#include <fmt/format.h>

#include "shell/command.h"
#include "shell/exit_code.h"
#include "shell/open_database.h"
#include "shell/progress_line.h"
#include "shell/quantities.h"
#include "shell/report_error.h"

namespace tripten::shell {

namespace {

namespace po = boost::program_options;

void describe(po::options_description& options) {
  options.add_options()("memory,m", po::value<std::string>()->value_name("SIZE"),
                        "uses no more than this: 2GB (default: a quarter of the machine's)");
}

int run(const Arguments& arguments) {
  CompactOptions options{.stop = arguments.stop};
  if (arguments.has("memory")) options.memory_limit = parse_size(arguments.text("memory"));
  ProgressLine line;
  if (line.is_seen())
    options.progress = [&](double done) {
      line.show([&] {
        return fmt::format("compacting {:.0f} %, {}", std::min(done, 1.0) * 100,
                           readable_duration(line.time()));
      });
    };
  Database database = open_to_maintain(arguments.positional[0]);
  const CompactReport done = database.compact(options);
  line.clear();
  std::cerr << fmt::format("compacted in {}: {} changes folded, {} terms removed, {} → {}\n",
                           readable_duration(line.time()), with_separators(done.folded),
                           with_separators(done.removed_terms), readable_size(done.bytes_before),
                           readable_size(done.bytes_after));
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
