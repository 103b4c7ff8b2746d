// SpillFile: bytes that do not fit into memory, on the disk until the object goes.
//
// The file has no name from the start: whatever ends the process ends it. Belongs to one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace tripten {

class SpillFile {
 public:
  /// Throws Io, or Limit for a full disk, as all its calls.
  explicit SpillFile(const std::filesystem::path& folder);
  SpillFile(SpillFile&& other) noexcept;
  SpillFile& operator=(SpillFile&&) = delete;
  ~SpillFile();

  void append(std::string_view bytes);
  /// Exactly `size` bytes from `offset` on, which were appended.
  void read(std::uint64_t offset, char* to, std::size_t size) const;
  std::uint64_t size() const { return size_; }

 private:
  int file_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace tripten
