// tripten backup and restore: consistent copies of a database.
#include <fmt/format.h>

#include "shell/command.h"
#include "shell/exit_code.h"
#include "shell/open_database.h"
#include "shell/report_error.h"

namespace tripten::shell {

namespace {

namespace po = boost::program_options;

void describe_nothing(po::options_description&) {}

/// What is wrong with either folder is exit code 3, as what is wrong with a database.
template <typename Work>
void with_folders(Work work) {
  try {
    work();
  } catch (const Error& error) {
    if (error.code == ErrorCode::Limit || error.code == ErrorCode::Cancelled) throw;
    throw OpenError(error.code, error.what());
  }
}

int run_backup(const Arguments& arguments) {
  const Database database = open_for_reading(arguments.positional[0]);
  with_folders([&] { database.backup(arguments.positional[1], arguments.stop); });
  return kDone;
}

int run_restore(const Arguments& arguments) {
  with_folders([&] { Database::restore(arguments.positional[0], arguments.positional[1]); });
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
    .describe = describe_nothing,
    .run = run_backup};

const Command kRestoreCommand{.name = "restore",
                              .arguments = "DIR DB",
                              .summary = "makes the latest backup of a folder a new database",
                              .examples = "  tripten restore /backups/my restored.db\n",
                              .least = 2,
                              .most = 2,
                              .describe = describe_nothing,
                              .run = run_restore};

}  // namespace tripten::shell
