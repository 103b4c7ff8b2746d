#include "storage/identity.h"

#include <memory>
#include <string>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "tripten/error.h"

#include "base/fault_point.h"
#include "storage/format.h"
#include "storage/status.h"

namespace tripten {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kIdentity = "Tripten database, format ";
constexpr std::string_view kUnfinished = "Tripten database, unfinished\n";

std::string identity() {
  return fmt::format("{}{}\n", kIdentity, kFormatVersion);
}

std::string backup_identity() {
  return fmt::format("Tripten backups, format {}\n", kFormatVersion);
}

/// A small file; empty where there is none.
std::string read_small(rocksdb::FileSystem& files, const fs::path& path) {
  std::string text;
  const rocksdb::IOStatus status = rocksdb::ReadFileToString(&files, path.string(), &text);
  if (status.ok()) return text;
  std::error_code error;
  if (fs::exists(path, error)) require(status, path.string());
  return {};
}

/// A small file, all of it or nothing, durable.
void write_file(rocksdb::FileSystem& files, const fs::path& path, std::string_view text) {
  const std::string name = path.string(), temporary = name + ".new";
  const rocksdb::IOOptions options;
  std::unique_ptr<rocksdb::FSWritableFile> file;
  require(files.NewWritableFile(temporary, {}, &file, nullptr), name);
  require(file->Append({text.data(), text.size()}, options, nullptr), name);
  require(file->Fsync(options, nullptr), name);
  require(file->Close(options, nullptr), name);
  fault_point("a file of identity is written");
  require(files.RenameFile(temporary, name, options, nullptr), name);
  fault_point("a file of identity is renamed");
  sync_folder(files, path.parent_path());
}

}  // namespace

void make_folder(rocksdb::FileSystem& files, const fs::path& path) {
  const fs::path folder = fs::absolute(path).lexically_normal();
  const fs::path parent = folder.has_filename() ? folder.parent_path() : folder;
  std::error_code error;
  if (fs::is_directory(folder, error)) return;
  if (folder != parent) make_folder(files, parent);
  if (folder == parent) return;
  require(files.CreateDirIfMissing(folder.string(), {}, nullptr), path.string());
  fault_point("a folder is made");
  sync_folder(files, parent);
}

void sync_folder(rocksdb::FileSystem& files, const fs::path& path) {
  std::unique_ptr<rocksdb::FSDirectory> folder;
  require(files.NewDirectory(path.string(), {}, &folder, nullptr), path.string());
  require(folder->Fsync({}, nullptr), path.string());
}

void write_unfinished(rocksdb::FileSystem& files, const fs::path& directory) {
  write_file(files, directory / kIdentityFile, kUnfinished);
}
void write_identity(rocksdb::FileSystem& files, const fs::path& directory) {
  write_file(files, directory / kIdentityFile, identity());
}

void write_backup_identity(rocksdb::FileSystem& files, const fs::path& folder) {
  write_file(files, folder / kBackupIdentityFile, backup_identity());
}

bool is_backup_folder(rocksdb::FileSystem& files, const fs::path& folder) {
  return read_small(files, folder / kBackupIdentityFile) == backup_identity();
}

Found find_database(rocksdb::FileSystem& files, const fs::path& directory) {
  std::error_code error;
  const fs::file_status status = fs::status(directory, error);
  if (status.type() == fs::file_type::not_found) return Found::Nothing;
  if (error) throw_system_error(error.value(), "can't be read", directory);
  if (!fs::is_directory(status)) return Found::SomethingElse;
  const fs::directory_iterator entries(directory, error);
  if (error) throw_system_error(error.value(), "can't be read", directory);
  if (entries == fs::directory_iterator()) return Found::EmptyFolder;
  if (!fs::exists(directory / kIdentityFile, error)) {
    // A creation that was killed before it could say what it is.
    for (const auto& entry : entries)
      if (const auto name = entry.path().filename();
          name != kWriterFile && name != std::string(kIdentityFile) + ".new")
        return Found::SomethingElse;
    return Found::Unfinished;
  }
  const std::string text = read_small(files, directory / kIdentityFile);
  if (text == kUnfinished) return Found::Unfinished;
  if (text == identity()) return Found::Database;
  const std::string rest =
      text.starts_with(kIdentity) ? text.substr(kIdentity.size()) : std::string();
  const bool is_number = rest.size() >= 2 && rest.ends_with('\n') &&
                         rest.find_first_not_of("0123456789") == rest.size() - 1;
  if (is_number) {
    const std::string version = rest.substr(0, rest.size() - 1);
    const bool is_older = version.size() == 1 && version < std::to_string(kFormatVersion);
    throw Error(ErrorCode::Corrupt,
                fmt::format("{}: The database was written by {} version of Tripten: its format is "
                            "{}, this version knows {}",
                            directory.string(), is_older ? "an older" : "a newer", version,
                            kFormatVersion));
  }
  throw Error(ErrorCode::Corrupt, fmt::format("{}: The database is damaged: its file {} does not "
                                              "say what it should",
                                              directory.string(), kIdentityFile));
}

[[noreturn]] void throw_no_database(const fs::path& directory, Found found) {
  const std::string name = directory.string();
  if (found == Found::Nothing)
    throw Error(ErrorCode::NotFound, fmt::format("{}: There is no such database", name));
  if (found == Found::EmptyFolder)
    throw Error(ErrorCode::NotFound,
                fmt::format("{}: The folder is empty, it is no database", name));
  if (found == Found::Unfinished)
    throw Error(ErrorCode::NotFound,
                fmt::format("{}: The creation of the database was not finished", name));
  throw Error(ErrorCode::Corrupt, fmt::format("{} is no Tripten database", name));
}

}  // namespace tripten
