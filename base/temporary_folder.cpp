#include "base/temporary_folder.h"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tripten {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPattern = "XXXXXX";

/// The folder, opened and locked; -1 where it has gone or is in use.
int lock_folder(const fs::path& path) {
  const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (folder < 0) return -1;
  struct stat opened {
  }, named{};
  // A folder that was removed between the two calls is open still, but has no name any more.
  if (::flock(folder, LOCK_EX | LOCK_NB) == 0 && ::fstat(folder, &opened) == 0 &&
      ::stat(path.c_str(), &named) == 0 && opened.st_ino == named.st_ino &&
      opened.st_dev == named.st_dev)
    return folder;
  ::close(folder);
  return -1;
}

void remove_abandoned(const fs::path& parent, const std::string& prefix) {
  std::error_code error;
  for (fs::directory_iterator at(parent, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename();
    if (!name.starts_with(prefix) || name.size() != prefix.size() + kPattern.size()) continue;
    const int lock = lock_folder(at->path());
    if (lock < 0) continue;
    std::error_code ignored;  // somebody else's folder, perhaps: it stays
    fs::remove_all(at->path(), ignored);
    ::close(lock);
  }
}

}  // namespace

std::optional<TemporaryFolder> TemporaryFolder::make(const fs::path& parent,
                                                     const std::string& prefix) {
  constexpr int kAttempts = 10;  // one that cleans may take an unlocked new folder for an old one
  remove_abandoned(parent, prefix);
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    std::string pattern = (parent / prefix).string().append(kPattern);
    if (!::mkdtemp(pattern.data())) return std::nullopt;
    if (const int lock = lock_folder(pattern); lock >= 0) return TemporaryFolder(pattern, lock);
  }
  errno = EBUSY;
  return std::nullopt;
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})),
      lock_(std::exchange(other.lock_, -1)) {}

TemporaryFolder::~TemporaryFolder() {
  if (path_.empty()) return;
  std::error_code ignored;  // there is nothing to be done about a folder that stays
  fs::remove_all(path_, ignored);
  ::close(lock_);
}

}  // namespace tripten
