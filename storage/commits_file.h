// CommitsFile: the number of the last commit that is safe on the disk, beside RocksDB's files.
//
// A damaged log looks to RocksDB like one that ends early. A state older than this number shows
// that commits were lost. The file is written after the commit's sync and not synced itself, so it
// is never ahead of the log.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace tripten {

class CommitsFile {
 public:
  explicit CommitsFile(const std::filesystem::path& database);
  CommitsFile(const CommitsFile&) = delete;
  CommitsFile& operator=(const CommitsFile&) = delete;
  ~CommitsFile();

  void write(std::uint64_t commit);

  /// Nothing where no commit has been noted. Throws Corrupt where the file is damaged.
  static std::optional<std::uint64_t> read(const std::filesystem::path& database);

 private:
  int file_ = -1;
};

}  // namespace tripten
