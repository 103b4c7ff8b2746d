#include "base/spill_file.h"

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <stdlib.h>
#include <unistd.h>

#include "tripten/error.h"

#include "base/check.h"
#include "base/spill_space.h"

namespace tripten {
namespace {

[[noreturn]] void throw_errno(const std::string& what) {
  const int error = errno;
  if (error == ENOSPC || error == EDQUOT)
    throw Error(ErrorCode::Limit, "The disk is full: a temporary file can't be written.");
  throw Error(ErrorCode::Io, fmt::format("A temporary file can't be {}: {}", what,
                                         std::system_category().message(error)));
}

}  // namespace

SpillFile::SpillFile(const std::filesystem::path& folder, SpillSpace* space) : space_(space) {
  // Where the file system can, the file never has a name at all.
  file_ = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file_ >= 0) return;
  std::string pattern = (folder / "tripten-XXXXXX").string();
  file_ = ::mkostemp(pattern.data(), O_CLOEXEC);
  if (file_ < 0) throw_errno("made");
  ::unlink(pattern.c_str());
}

SpillFile::SpillFile(SpillFile&& other) noexcept
    : file_(std::exchange(other.file_, -1)),
      size_(std::exchange(other.size_, 0)),
      space_(other.space_) {}

SpillFile::~SpillFile() {
  if (file_ >= 0) ::close(file_);
  if (space_) space_->release(size_);
}

void SpillFile::append(std::string_view bytes) {
  if (space_) space_->reserve(bytes.size());
  std::uint64_t charged = bytes.size();
  while (!bytes.empty()) {
    const ssize_t written = ::write(file_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const int error = errno;
      if (space_) space_->release(charged);
      errno = error;
      throw_errno("written");
    }
    charged -= static_cast<std::uint64_t>(written);
    bytes.remove_prefix(static_cast<std::size_t>(written));
    size_ += static_cast<std::uint64_t>(written);
  }
}

void SpillFile::read(std::uint64_t offset, char* to, std::size_t size) const {
  while (size > 0) {
    const ssize_t got = ::pread(file_, to, size, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got == 0) errno = EIO;
    if (got <= 0) throw_errno("read");
    to += got;
    offset += static_cast<std::uint64_t>(got);
    size -= static_cast<std::size_t>(got);
  }
}

void SpillFile::overwrite(std::uint64_t offset, std::string_view bytes) {
  if (::pwrite(file_, bytes.data(), bytes.size(), static_cast<off_t>(offset)) < 0)
    throw_errno("written");
}

void SpillReader::fill(std::size_t size) {
  constexpr std::size_t kBytes = std::size_t{1} << 16;
  buffer_.erase(0, used_);
  used_ = 0;
  const std::size_t have = buffer_.size();
  const std::size_t more = std::min<std::uint64_t>(std::max(size - have, kBytes), end_ - at_);
  check(have + more >= size, "a temporary file ends too early");
  buffer_.resize(have + more);
  file_->read(at_, buffer_.data() + have, more);
  at_ += more;
}

std::string_view SpillReader::bytes(std::size_t size) {
  if (buffer_.size() - used_ < size) fill(size);
  const std::string_view taken(buffer_.data() + used_, size);
  used_ += size;
  return taken;
}

std::uint64_t SpillReader::varint() {
  std::uint64_t value = 0;
  for (int shift = 0;; shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes(1).front());
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return value;
  }
}

}  // namespace tripten
