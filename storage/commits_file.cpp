#include "storage/commits_file.h"

#include <array>
#include <cerrno>
#include <string>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "storage/bytes.h"
#include "storage/checksum.h"
#include "storage/format.h"
#include "storage/status.h"

namespace tripten {
namespace {

constexpr std::size_t kBytes = 16;

}  // namespace

CommitsFile::CommitsFile(const std::filesystem::path& database) {
  const std::filesystem::path path = database / kCommitsFile;
  file_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (file_ < 0) throw_system_error(errno, "can't be written", path);
}

CommitsFile::~CommitsFile() {
  ::close(file_);
}

void CommitsFile::write(std::uint64_t commit) {
  std::string value;
  append_u64(commit, value);
  append_checksum(value);
  // The commit is durable already; a number that stays behind only guards less.
  if (::pwrite(file_, value.data(), value.size(), 0) < 0) errno = 0;
}

std::optional<std::uint64_t> CommitsFile::read(const std::filesystem::path& database) {
  const std::filesystem::path path = database / kCommitsFile;
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::nullopt;
  std::array<char, kBytes + 1> bytes{};
  const ssize_t size = ::pread(file, bytes.data(), bytes.size(), 0);
  ::close(file);
  if (size == 0) return std::nullopt;
  try {
    if (size != static_cast<ssize_t>(kBytes))
      throw Error(ErrorCode::Corrupt, "it has a wrong size");
    return ByteReader(verified({bytes.data(), kBytes})).u64();
  } catch (const Error& error) {
    throw Error(ErrorCode::Corrupt, fmt::format("{}: The database is damaged, its file {}: {}",
                                                database.string(), kCommitsFile, error.what()));
  }
}

}  // namespace tripten
