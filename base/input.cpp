// Files, standard input and texts. The first bytes of a file say how it is compressed:
//
//   gzip    1f 8b
//   bzip2   'B' 'Z' 'h' '1'..'9', then the mark of a block (pi) or of the end (its root)
//   zstd    28 b5 2f fd, or 5x 2a 4d 18 for a frame to be skipped
#include "base/input.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tripten/error.h"

#include "base/decompress.h"

namespace tripten {
namespace {

using namespace std::string_view_literals;

/// The system's reason as the end of a sentence: "permission denied".
std::string reason_of(int error) {
  std::string reason = std::generic_category().message(error);
  if (reason.size() > 1 && reason[1] >= 'a' && reason[0] >= 'A' && reason[0] <= 'Z')
    reason[0] = static_cast<char>(reason[0] - 'A' + 'a');
  return reason;
}

/// An open file. Its first bytes can be looked at before they are read.
class FileInput : public Input {
 public:
  FileInput(int descriptor, bool owned, std::string name)
      : Input(std::move(name)),
        descriptor_(descriptor),
        owned_(owned) {}
  FileInput(const FileInput&) = delete;
  FileInput& operator=(const FileInput&) = delete;
  ~FileInput() override {
    if (owned_) ::close(descriptor_);
  }

  std::size_t read(char* to, std::size_t size) override {
    if (head_.empty()) return read_descriptor(to, size);
    const std::size_t bytes = std::min(size, head_.size());
    std::memcpy(to, head_.data(), bytes);
    head_.remove_prefix(bytes);
    return bytes;
  }

  std::uint64_t position() const override { return position_; }

  /// The first bytes, fewer only where the file has no more. Called before anything is read.
  std::string_view look_at_head() {
    std::size_t have = 0;
    while (have < head_bytes_.size()) {
      const std::size_t got = read_descriptor(head_bytes_.data() + have, head_bytes_.size() - have);
      if (got == 0) break;
      have += got;
    }
    return head_ = {head_bytes_.data(), have};
  }

 private:
  std::size_t read_descriptor(char* to, std::size_t size) {
    constexpr std::size_t kMost = std::size_t{1} << 30;  // Linux reads less than 2 GB at a time
    for (;;) {
      const ssize_t got = ::read(descriptor_, to, std::min(size, kMost));
      if (got >= 0) {
        position_ += static_cast<std::uint64_t>(got);
        return static_cast<std::size_t>(got);
      }
      if (errno == EISDIR)
        throw Error(ErrorCode::Invalid, fmt::format("{}: this is a directory, not a file", name()));
      if (errno != EINTR)
        throw Error(ErrorCode::Io, fmt::format("{}: cannot be read: {}", name(), reason_of(errno)));
    }
  }

  int descriptor_;
  bool owned_;
  std::uint64_t position_ = 0;
  std::array<char, 10> head_bytes_{};
  std::string_view head_{};  // of head_bytes_: not yet read
};

class TextInput : public Input {
 public:
  TextInput(std::string text, std::string name)
      : Input(std::move(name)),
        text_(std::move(text)),
        left_(text_) {}

  std::size_t read(char* to, std::size_t size) override {
    const std::size_t bytes = left_.copy(to, size);
    left_.remove_prefix(bytes);
    return bytes;
  }
  std::uint64_t position() const override { return text_.size() - left_.size(); }

 private:
  const std::string text_;
  std::string_view left_;
};

bool is_bzip2(std::string_view head) {
  return head.size() == 10 && head.starts_with("BZh") && head[3] >= '1' && head[3] <= '9' &&
         (head.ends_with("\x31\x41\x59\x26\x53\x59"sv) ||
          head.ends_with("\x17\x72\x45\x38\x50\x90"sv));
}

bool is_zstd(std::string_view head) {
  return head.starts_with("\x28\xb5\x2f\xfd"sv) ||
         (head.size() >= 4 && (head[0] & 0xF0) == 0x50 && head.substr(1, 3) == "\x2a\x4d\x18"sv);
}

std::unique_ptr<Input> decompressed(std::unique_ptr<FileInput> file) {
  const std::string_view head = file->look_at_head();
  if (head.starts_with("\x1f\x8b"sv)) return gunzip(std::move(file));
  if (is_bzip2(head)) return bunzip2(std::move(file));
  if (is_zstd(head)) return unzstd(std::move(file));
  return file;
}

}  // namespace

std::unique_ptr<Input> open_input(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    const int error = errno;
    if (error == ENOENT || error == ENOTDIR)
      throw Error(ErrorCode::NotFound, fmt::format("{}: there is no such file", file.string()));
    throw Error(ErrorCode::Io,
                fmt::format("{}: cannot be opened: {}", file.string(), reason_of(error)));
  }
  auto input = std::make_unique<FileInput>(descriptor, true, file.string());
  struct stat status {};
  if (::fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode))
    throw Error(ErrorCode::Invalid,
                fmt::format("{}: this is a directory, not a file", file.string()));
  return decompressed(std::move(input));
}

std::unique_ptr<Input> standard_input() {
  return decompressed(std::make_unique<FileInput>(STDIN_FILENO, false, "standard input"));
}

std::unique_ptr<Input> text_input(std::string text, std::string name) {
  return std::make_unique<TextInput>(std::move(text), std::move(name));
}

std::string read_all(Input& input, std::size_t most) {
  constexpr std::size_t kFirst = std::size_t{1} << 16;
  std::string text;
  std::size_t size = 0;
  for (;;) {
    // One byte more than allowed tells a text that is too long from one that just fits.
    if (size == text.size())
      text.resize(
          std::min(std::max(kFirst, size * 2), most == std::string::npos ? most : most + 1));
    const std::size_t got = input.read(text.data() + size, text.size() - size);
    size += got;
    if (size > most)
      throw Error(
          ErrorCode::Limit,
          fmt::format("{}: is longer than {} bytes, the most that is read", input.name(), most));
    if (got == 0) break;
  }
  text.resize(size);
  return text;
}

}  // namespace tripten
