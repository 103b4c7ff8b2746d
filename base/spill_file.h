// SpillFile: bytes that do not fit into memory, on the disk until the object goes.
//
// The file has no name from the start: whatever ends the process ends it. Belongs to one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace tripten {

class SpillSpace;

class SpillFile {
 public:
  /// Charges what it holds to `space`, where there is one. Throws Io, or Limit for a full disk, as
  /// all its calls.
  explicit SpillFile(const std::filesystem::path& folder, SpillSpace* space = nullptr);
  SpillFile(SpillFile&& other) noexcept;
  SpillFile& operator=(SpillFile&&) = delete;
  ~SpillFile();

  void append(std::string_view bytes);
  /// Exactly `size` bytes from `offset` on, which were appended. Any thread may.
  void read(std::uint64_t offset, char* to, std::size_t size) const;
  std::uint64_t size() const { return size_; }
  /// For tests: damages what was appended.
  void overwrite(std::uint64_t offset, std::string_view bytes);

 private:
  int file_ = -1;
  std::uint64_t size_ = 0;
  SpillSpace* space_ = nullptr;
};

/// Bytes on their way into a file, some thousands at a time.
class SpillWriter {
 public:
  /// The file outlives it.
  explicit SpillWriter(SpillFile& file) : file_(&file) {}

  /// What is appended here is written by flush(), or earlier.
  std::string& buffer() {
    if (buffer_.size() >= kBytes) flush();
    return buffer_;
  }
  void flush() {
    file_->append(buffer_);
    buffer_.clear();
  }

 private:
  static constexpr std::size_t kBytes = std::size_t{1} << 16;

  SpillFile* file_;
  std::string buffer_{};
};

/// Reads a file from one place on, some thousands of bytes at a time. The file outlives it.
class SpillReader {
 public:
  SpillReader(const SpillFile& file, std::uint64_t begin, std::uint64_t end)
      : file_(&file),
        at_(begin),
        end_(end) {}

  /// The next `size` bytes, which are there; valid until the next call.
  std::string_view bytes(std::size_t size);
  std::uint64_t varint();

 private:
  void fill(std::size_t size);

  const SpillFile* file_;
  std::uint64_t at_, end_;  // of what is not in the buffer yet
  std::string buffer_{};
  std::size_t used_ = 0;
};

}  // namespace tripten
