// tripten backup and restore: consistent copies of a database.
#include <cstdint>
#include <functional>

#include <fmt/format.h>

#include "shell/command.h"
#include "shell/exit_code.h"
#include "shell/open_database.h"
#include "shell/progress_line.h"
#include "shell/quantities.h"
#include "shell/report_error.h"

namespace tripten::shell {

namespace {

int run_backup(const Arguments& arguments) {
  const Database database = open_for_reading(arguments.positional[0]);
  ProgressLine line;
  std::function<void(std::uint64_t, std::uint64_t)> progress;
  if (line.is_seen())
    progress = [&](std::uint64_t bytes, std::uint64_t most) {
      line.show([&] {
        return fmt::format("copied {} of at most {}", readable_size(bytes), readable_size(most));
      });
    };
  at_directory([&] { database.backup(arguments.positional[1], arguments.stop, progress); });
  return kDone;
}

int run_restore(const Arguments& arguments) {
  at_directory([&] { Database::restore(arguments.positional[0], arguments.positional[1]); });
  report_note(fmt::format("created the database {}", arguments.positional[1]));
  return kDone;
}

}  // namespace

const Command kBackupCommand{
    .name = "backup",
    .arguments = "DB DIR",
    .summary = "adds a consistent copy to a folder of backups; works while others write",
    .examples = "  tripten backup my.db /backups/my\n",
    .least = 2,
    .most = 2,
    .run = run_backup};

const Command kRestoreCommand{.name = "restore",
                              .arguments = "DIR DB",
                              .summary = "makes the latest backup of a folder a new database",
                              .examples = "  tripten restore /backups/my restored.db\n",
                              .least = 2,
                              .most = 2,
                              .run = run_restore};

}  // namespace tripten::shell
