#include "storage/identity.h"

#include <cerrno>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "tripten/error.h"

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

/// The start of a small file; empty where it can't be read.
std::string read_start(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(128, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

/// A small file, all of it or nothing, durable.
void write_file(const fs::path& path, std::string_view text) {
  const fs::path temporary = path.string() + ".new";
  const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file < 0) throw_system_error(errno, "can't be written", temporary);
  const bool is_written =
      ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(file) == 0;
  const int error = errno;
  ::close(file);
  if (!is_written) throw_system_error(error, "can't be written", temporary);
  if (::rename(temporary.c_str(), path.c_str()) != 0)
    throw_system_error(errno, "can't be written", path);
  sync_folder(path.parent_path());
}

}  // namespace

void make_folder(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) throw_system_error(error.value(), "can't be made", path);
}

void sync_folder(const fs::path& path) {
  const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  ::fsync(folder);
  ::close(folder);
}

void write_unfinished(const fs::path& directory) {
  write_file(directory / kIdentityFile, kUnfinished);
}
void write_identity(const fs::path& directory) {
  write_file(directory / kIdentityFile, identity());
}

void write_backup_identity(const fs::path& folder) {
  write_file(folder / kBackupIdentityFile, backup_identity());
}

bool is_backup_folder(const fs::path& folder) {
  return read_start(folder / kBackupIdentityFile) == backup_identity();
}

Found find_database(const fs::path& directory) {
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
  const std::string text = read_start(directory / kIdentityFile);
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
