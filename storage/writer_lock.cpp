#include "storage/writer_lock.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <ctime>
#include <sstream>

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include "tripten/error.h"

#include "storage/format.h"
#include "storage/status.h"

namespace tripten {
namespace {

struct flock whole_file(short type) {
  struct flock lock {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  return lock;
}

std::string describe_self() {
  std::array<char, 256> host{};
  ::gethostname(host.data(), host.size() - 1);
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  return fmt::format("{}\n{}\n{:%Y-%m-%dT%H:%M:%SZ}\n", ::getpid(), host.data(), utc);
}

/// "process 12 on host since time", as far as the file tells.
std::string describe_holder(int file) {
  std::array<char, 512> text{};
  const ssize_t size = ::pread(file, text.data(), text.size() - 1, 0);
  std::istringstream lines(std::string(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0));
  std::string process, host, since;
  std::getline(lines, process) && std::getline(lines, host) && std::getline(lines, since);
  if (since.empty()) return "another process";
  return fmt::format("process {} on {} since {}", process, host, since);
}

}  // namespace

WriterLock::WriterLock(const std::filesystem::path& database) {
  const std::filesystem::path path = database / kWriterFile;
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file_ < 0) throw_system_error(errno, "can't be written", path);
  struct flock lock = whole_file(F_WRLCK);
  if (::fcntl(file_, F_OFD_SETLK, &lock) != 0) {
    const std::string holder = describe_holder(file_);
    ::close(file_);
    throw Error(ErrorCode::Busy, fmt::format("{}: The database is held for writing by {}",
                                             database.string(), holder));
  }
  const std::string self = describe_self();
  const bool is_written =
      ::ftruncate(file_, 0) == 0 &&
      ::pwrite(file_, self.data(), self.size(), 0) == static_cast<ssize_t>(self.size());
  if (is_written) return;
  const int error = errno;
  ::close(file_);
  throw_system_error(error, "can't be written", path);
}

WriterLock::~WriterLock() {
  if (file_ < 0) return;
  if (::ftruncate(file_, 0) != 0) errno = 0;  // the text is for people; the lock is what counts
  ::close(file_);
}

bool WriterLock::is_held(const std::filesystem::path& database) {
  const int file = ::open((database / kWriterFile).c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  struct flock lock = whole_file(F_RDLCK);
  const bool is_held = ::fcntl(file, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
  ::close(file);
  return is_held;
}

}  // namespace tripten
