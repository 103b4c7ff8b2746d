// TemporaryFolder: a folder of our own that goes with the object, or after the process.
//
// The folder is locked while it is in use. A process that dies leaves it behind unlocked; the next
// one that makes a folder of the same kind in the same place removes it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace tripten {

class TemporaryFolder {
 public:
  /// Makes `parent`/`prefix`XXXXXX; nothing, and errno, where that can't be done. What dead
  /// processes left under the same prefix is removed first.
  static std::optional<TemporaryFolder> make(const std::filesystem::path& parent,
                                             const std::string& prefix);
  TemporaryFolder(TemporaryFolder&& other) noexcept;
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;
  /// Removes the folder with everything in it.
  ~TemporaryFolder();

  const std::filesystem::path& path() const { return path_; }

 private:
  TemporaryFolder(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}

  std::filesystem::path path_;
  int lock_;  // an open file description of the folder, locked
};

}  // namespace tripten
