#include "storage/backup.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <memory>
#include <string>
#include <system_error>

#include <fmt/format.h>
#include <rocksdb/file_system.h>
#include <rocksdb/utilities/backup_engine.h>

#include "tripten/error.h"

#include "base/fault_point.h"
#include "base/temporary_folder.h"
#include "storage/backup_lists.h"
#include "storage/format.h"
#include "storage/identity.h"
#include "storage/private_copy.h"
#include "storage/rocks.h"
#include "storage/status.h"

namespace tripten {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kProgressBytes = std::size_t{1} << 20;

bool is_nothing_or_empty(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  return status.type() == fs::file_type::not_found ||
         (fs::is_directory(status) && fs::is_empty(path, error));
}

/// Whether all that is there is from a first backup that was killed before it could say what the
/// folder is.
bool is_just_begun(const fs::path& backups) {
  std::error_code error;
  const std::string name = std::string(kBackupIdentityFile) + ".new";
  const fs::directory_iterator entries(backups, error);
  return !error && std::all_of(begin(entries), end(entries), [&](const fs::directory_entry& entry) {
    return entry.path().filename() == name;
  });
}

/// Makes sure that the folder holds backups and nothing else.
void prepare_folder(rocksdb::FileSystem& files, const fs::path& backups) {
  if (is_backup_folder(files, backups)) return;
  if (!is_nothing_or_empty(backups) && !is_just_begun(backups))
    throw Error(ErrorCode::Corrupt,
                fmt::format("{} holds something else than backups of this version of Tripten",
                            backups.string()));
  make_folder(files, backups);
  write_backup_identity(files, backups);
}

/// The files of a folder reach the disk.
void sync_files(rocksdb::FileSystem& files, const fs::path& folder) {
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::unique_ptr<rocksdb::FSWritableFile> file;
    require(files.ReopenWritableFile(entry.path(), {}, &file, nullptr), entry.path());
    require(file->Fsync({}, nullptr), entry.path());
    require(file->Close({}, nullptr), entry.path());
  }
  sync_folder(files, folder);
}

using FilesPtr = std::shared_ptr<rocksdb::FileSystem>;

FilesPtr files_or_default(const FilesPtr& files) {
  return files ? files : rocksdb::FileSystem::Default();
}

/// A folder beside the place that a new database is for.
TemporaryFolder folder_beside(const fs::path& target) {
  const std::string name = fmt::format(".{}-restore-", target.filename().string());
  auto folder = TemporaryFolder::make(target.parent_path(), name);
  if (!folder) throw_system_error(errno, "can't be made", target);
  return std::move(*folder);
}

}  // namespace

void back_up(const fs::path& database, const fs::path& backups, const Interrupt& interrupt,
             const FilesPtr& own_files, const BackupProgress& progress) {
  const FilesPtr files = files_or_default(own_files);
  if (const Found found = find_database(*files, database); found != Found::Database)
    throw_no_database(database, found);
  prepare_folder(*files, backups);
  check_backup_lists(backups);
  const PrivateCopy copy = PrivateCopy::link_or_copy(database);
  const Rocks rocks({.name = database.string(), .directory = copy.folder(), .files = files});
  const auto env = make_environment(files, false);
  rocksdb::BackupEngineOptions options(backups.string());
  options.callback_trigger_interval_size = kProgressBytes;
  rocksdb::BackupEngine* opened = nullptr;
  require(rocksdb::BackupEngine::Open(env.get(), options, &opened), backups.string());
  const std::unique_ptr<rocksdb::BackupEngine> engine(opened);
  rocksdb::CreateBackupOptions create;
  create.flush_before_backup = true;  // the log goes into a file that later backups can share
  const std::uint64_t most = rocks.bytes();
  std::atomic<std::uint64_t> copied = 0;
  create.progress_callback = [&] {
    copied += kProgressBytes;
    if (progress) progress(std::min<std::uint64_t>(copied, most), most);
    if (interrupt.stop().stop_requested()) opened->StopBackup();
  };
  interrupt.check();
  const rocksdb::Status status = engine->CreateNewBackup(create, &rocks.database());
  if (!status.ok()) interrupt.check();
  require(status, backups.string(), copy.folder().string());
  fault_point("a backup is made");
}

void restore_backup(const fs::path& backups, const fs::path& directory, const FilesPtr& own_files) {
  const FilesPtr files = files_or_default(own_files);
  std::error_code error;
  if (!fs::exists(backups, error))
    throw Error(ErrorCode::NotFound, fmt::format("{}: There is no such folder", backups.string()));
  if (!is_backup_folder(*files, backups))
    throw Error(ErrorCode::Corrupt, fmt::format("{} is no folder of backups of this version of "
                                                "Tripten",
                                                backups.string()));
  check_backup_lists(backups);
  fs::path target = fs::absolute(directory).lexically_normal();
  if (!target.has_filename()) target = target.parent_path();
  if (!is_nothing_or_empty(target))
    throw Error(ErrorCode::Invalid,
                fmt::format("{}: There is something here already, nothing is restored over it",
                            directory.string()));
  make_folder(*files, target.parent_path());
  // Outlives the engine, whose threads write into it. It can be read by nobody else, the folder in
  // it as any new one.
  const TemporaryFolder folder = folder_beside(target);
  const fs::path made = folder.path() / "database";
  make_folder(*files, made);
  const auto env = make_environment(files, false);
  rocksdb::BackupEngineReadOnly* opened = nullptr;
  rocksdb::Status status = rocksdb::BackupEngineReadOnly::Open(
      env.get(), rocksdb::BackupEngineOptions(backups.string()), &opened);
  const std::unique_ptr<rocksdb::BackupEngineReadOnly> engine(opened);
  const std::string place = made.string();
  if (status.ok()) status = engine->RestoreDBFromLatestBackup(place, place);
  if (status.IsNotFound())  // the first one was never finished
    throw Error(ErrorCode::NotFound,
                fmt::format("{}: There is no whole backup here", backups.string()));
  require(status, backups.string(), place);
  fault_point("a backup is copied back");
  sync_files(*files, made);
  write_identity(*files, made);
  require(files->RenameFile(made.string(), target.string(), {}, nullptr), target.string());
  fault_point("a restored database is renamed");
  sync_folder(*files, target.parent_path());
}

}  // namespace tripten
