// CommitsFile: the number of the last commit that is safe on the disk, beside RocksDB's files.
//
// A damaged log looks to RocksDB like one that ends early. A state older than this number shows
// that commits were lost. The file is written after the commit's sync and not synced itself, so it
// is never ahead of the log. A power cut may leave it empty or all zeros: then it says nothing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

#include <rocksdb/file_system.h>

namespace tripten {

class CommitsFile {
 public:
  CommitsFile(rocksdb::FileSystem& files, const std::filesystem::path& database);

  void write(std::uint64_t commit);

  /// Nothing where no commit has been noted. Throws Corrupt where the file is damaged.
  static std::optional<std::uint64_t> read(rocksdb::FileSystem& files,
                                           const std::filesystem::path& database);

 private:
  std::unique_ptr<rocksdb::FSRandomRWFile> file_{};
};

}  // namespace tripten
