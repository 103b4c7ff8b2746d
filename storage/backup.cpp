#include "storage/backup.h"

#include <cerrno>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <rocksdb/utilities/backup_engine.h>
#include <unistd.h>

#include "tripten/error.h"

#include "storage/identity.h"
#include "storage/private_copy.h"
#include "storage/rocks.h"
#include "storage/status.h"

namespace tripten {

namespace fs = std::filesystem;

namespace {

bool is_nothing_or_empty(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  return status.type() == fs::file_type::not_found ||
         (fs::is_directory(status) && fs::is_empty(path, error));
}

/// Makes sure that the folder holds backups and nothing else.
void prepare_folder(const fs::path& backups) {
  if (is_backup_folder(backups)) return;
  if (!is_nothing_or_empty(backups))
    throw Error(ErrorCode::Corrupt,
                fmt::format("{} holds something else than backups of this version of Tripten",
                            backups.string()));
  make_folder(backups);
  write_backup_identity(backups);
}

PrivateCopy private_copy_of(const fs::path& database) {
  if (auto links = PrivateCopy::link(database)) return std::move(*links);
  return PrivateCopy::copy(database);
}

/// Files of a folder reach the disk.
void sync_files(const fs::path& folder) {
  for (const auto& entry : fs::directory_iterator(folder)) {
    const int file = ::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) throw_system_error(errno, "can't be read", entry.path());
    const int failed = ::fsync(file) == 0 ? 0 : errno;
    ::close(file);
    if (failed) throw_system_error(failed, "can't be written", entry.path());
  }
  sync_folder(folder);
}

/// A folder for a database that does not exist yet, beside the place that it is for. Goes, with
/// what is in it, unless it is moved there.
class NewFolder {
 public:
  explicit NewFolder(const fs::path& target) {
    const std::string name = fmt::format(".{}-restore-XXXXXX", target.filename().string());
    std::string pattern = (target.parent_path() / name).string();
    if (!::mkdtemp(pattern.data())) throw_system_error(errno, "can't be made", pattern);
    outer_ = pattern;
    inner_ = outer_ / "database";  // mkdtemp's folder can be read by nobody else
    make_folder(inner_);
  }
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;
  ~NewFolder() {
    std::error_code ignored;
    fs::remove_all(outer_, ignored);
  }

  const fs::path& path() const { return inner_; }
  void move_to(const fs::path& target) const {
    if (::rename(inner_.c_str(), target.c_str()) != 0)
      throw_system_error(errno, "can't be made", target);
  }

 private:
  fs::path outer_{}, inner_{};
};

}  // namespace

void back_up(const fs::path& database, const fs::path& backups, const Interrupt& interrupt) {
  if (const Found found = find_database(database); found != Found::Database)
    throw_no_database(database, found);
  prepare_folder(backups);
  const PrivateCopy copy = private_copy_of(database);
  const Rocks rocks({.name = database.string(), .directory = copy.folder()});
  rocksdb::BackupEngineOptions options(backups.string());
  options.callback_trigger_interval_size = std::size_t{1} << 20;
  rocksdb::BackupEngine* opened = nullptr;
  require(rocksdb::BackupEngine::Open(rocksdb::Env::Default(), options, &opened), backups.string());
  const std::unique_ptr<rocksdb::BackupEngine> engine(opened);
  rocksdb::CreateBackupOptions create;
  create.flush_before_backup = true;  // the log goes into a file that later backups can share
  create.progress_callback = [&] {
    if (interrupt.stop().stop_requested()) opened->StopBackup();
  };
  interrupt.check();
  const rocksdb::Status status = engine->CreateNewBackup(create, &rocks.database());
  if (!status.ok()) interrupt.check();
  require(status, backups.string(), copy.folder().string());
}

void restore_backup(const fs::path& backups, const fs::path& directory) {
  std::error_code error;
  if (!fs::exists(backups, error))
    throw Error(ErrorCode::NotFound, fmt::format("{}: There is no such folder", backups.string()));
  if (!is_backup_folder(backups))
    throw Error(ErrorCode::Corrupt, fmt::format("{} is no folder of backups of this version of "
                                                "Tripten",
                                                backups.string()));
  fs::path target = fs::absolute(directory).lexically_normal();
  if (!target.has_filename()) target = target.parent_path();
  if (!is_nothing_or_empty(target))
    throw Error(ErrorCode::Invalid,
                fmt::format("{}: There is something here already, nothing is restored over it",
                            directory.string()));
  make_folder(target.parent_path());
  NewFolder folder(target);  // outlives the engine, whose threads write into it
  rocksdb::BackupEngineReadOnly* opened = nullptr;
  require(rocksdb::BackupEngineReadOnly::Open(
              rocksdb::Env::Default(), rocksdb::BackupEngineOptions(backups.string()), &opened),
          backups.string());
  const std::unique_ptr<rocksdb::BackupEngineReadOnly> engine(opened);
  const std::string place = folder.path().string();
  if (const rocksdb::Status status = engine->RestoreDBFromLatestBackup(place, place);
      status.IsNotFound())
    throw Error(ErrorCode::NotFound,
                fmt::format("{}: There is no whole backup here", backups.string()));
  else
    require(status, backups.string(), place);
  sync_files(folder.path());
  write_identity(folder.path());
  folder.move_to(target);
  sync_folder(target.parent_path());
}

}  // namespace tripten
