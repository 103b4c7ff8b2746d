// ObservedFiles: the system's files, with an observer before and after each call that matters.
//
// It stands between a store and the disk, as RocksDB's own fault-injecting file system does in
// RocksDB's tests (which no package holds).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <rocksdb/file_system.h>

namespace tripten::test {

enum class CallKind : std::uint8_t {
  Create,     // of a file to be written, empty
  Write,      // at the end
  Overwrite,  // at the start, of as many bytes
  Sync,
  Rename,
  Link,
  Delete,
  MakeFolder,
  DeleteFolder,
  SyncFolder,
  // Those that leave everything as it is:
  Open,
  Read,
  List,
  Size,
};
constexpr CallKind kLastChange = CallKind::SyncFolder;
const char* name_of(CallKind kind);

struct FileCall {
  CallKind kind;
  std::string path;
  std::string target{};     ///< Of Rename and Link: the new name.
  std::string_view data{};  ///< Of Write and Overwrite; a failing observer may leave a part of it.

  bool is_change() const { return kind <= kLastChange; }
};

/// Is called by all threads of RocksDB.
class FileObserver {
 public:
  virtual ~FileObserver() = default;
  /// The call happens where this is OK. A failed Write still writes call.data.
  virtual rocksdb::IOStatus before(FileCall& call) = 0;
  virtual void after(const FileCall& call) = 0;
};

std::shared_ptr<rocksdb::FileSystem> observed_files(std::shared_ptr<FileObserver> observer);

}  // namespace tripten::test
