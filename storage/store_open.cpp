// Store::open(): what a directory is, and the first and later openings of a database in it.
#include <cerrno>
#include <fstream>
#include <iterator>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "storage/format.h"
#include "storage/status.h"
#include "storage/store_impl.h"

namespace tripten {
namespace {

namespace fs = std::filesystem;

enum class Found { Nothing, EmptyFolder, Unfinished, Database, SomethingElse };

constexpr std::string_view kIdentity = "Tripten database, format ";
constexpr std::string_view kUnfinished = "Tripten database, unfinished\n";

std::string identity() {
  return fmt::format("{}{}\n", kIdentity, kFormatVersion);
}

/// The start of a small file; empty where it can't be read.
std::string read_start(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(128, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

void write_identity(const fs::path& directory, std::string_view text) {
  const fs::path path = directory / kIdentityFile, temporary = path.string() + ".new";
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
  const int folder = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  ::fsync(folder);
  ::close(folder);
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

}  // namespace

std::shared_ptr<Store> Store::open(const fs::path& directory, const StoreOptions& options) {
  RocksOptions rocks{.name = directory.string(),
                     .directory = directory,
                     .read_only = options.read_only,
                     .sync = options.sync};
  Found found = find_database(directory);
  const bool may_create = options.create && !options.read_only;
  if (found == Found::SomethingElse || (found != Found::Database && !may_create))
    throw_no_database(directory, found);
  if (options.read_only) return std::make_shared<StoreImpl>(rocks, options, nullptr);

  std::error_code error;
  fs::create_directories(directory, error);
  if (error) throw_system_error(error.value(), "can't be made", directory);
  auto lock = std::make_unique<WriterLock>(directory);
  found = find_database(directory);  // another process may have finished its creation meanwhile
  rocks.create = found != Found::Database;
  if (rocks.create) write_identity(directory, kUnfinished);
  auto store = std::make_shared<StoreImpl>(rocks, options, std::move(lock));
  if (rocks.create) write_identity(directory, identity());
  return store;
}

std::shared_ptr<Store> Store::in_memory(const StoreOptions& options) {
  StoreOptions writable = options;
  writable.read_only = false;
  const RocksOptions rocks{
      .name = "the database in memory", .in_memory = true, .create = true, .sync = false};
  return std::make_shared<StoreImpl>(rocks, writable, nullptr);
}

}  // namespace tripten
