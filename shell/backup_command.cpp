// tripten backup and restore: consistent copies of a database.
#include <fmt/format.h>

#include "shell/back_up.h"
#include "shell/command.h"
#include "shell/exit_code.h"
#include "shell/open_database.h"
#include "shell/report_error.h"

namespace tripten::shell {

namespace {

int run_backup(const Arguments& arguments) {
  const Database database = open_for_reading(arguments.positional[0]);
  at_directory([&] { back_up(database, arguments.positional[1], arguments.stop); });
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
