#include "storage/recoverable_files.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <string>
#include <utility>

#include "storage/format.h"

namespace tripten {
namespace {

using rocksdb::FileOptions;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

/// The same failure, as one that may pass. The text of a full disk stays.
IOStatus recoverable(IOStatus status) {
  if (status.ok()) return status;
  if (status.IsNoSpace()) {
    constexpr std::string_view kPrefix = "IO error: ";
    std::string text = status.ToString();
    if (text.starts_with(kPrefix)) text.erase(0, kPrefix.size());
    status = IOStatus::IOError(text);
  }
  status.SetRetryable(true);
  status.SetDataLoss(false);
  return status;
}

class WritableFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  using FSWritableFileOwnerWrapper::FSWritableFileOwnerWrapper;

  /// RocksDB reckons a log's from the size of memory tables, which none comes near.
  void SetPreallocationBlockSize(std::size_t size) override {
    constexpr std::size_t kMost = std::size_t{4} << 20;
    target()->SetPreallocationBlockSize(std::min(size, kMost));
  }
  IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* debug) override {
    return recoverable(target()->Append(data, options, debug));
  }
  IOStatus Append(const Slice& data, const IOOptions& options,
                  const rocksdb::DataVerificationInfo& verification,
                  IODebugContext* debug) override {
    return recoverable(target()->Append(data, options, verification, debug));
  }
  IOStatus Flush(const IOOptions& options, IODebugContext* debug) override {
    return recoverable(target()->Flush(options, debug));
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
    return recoverable(target()->Sync(options, debug));
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return recoverable(target()->Fsync(options, debug));
  }
  IOStatus RangeSync(std::uint64_t offset, std::uint64_t bytes, const IOOptions& options,
                     IODebugContext* debug) override {
    return recoverable(target()->RangeSync(offset, bytes, options, debug));
  }
  IOStatus Close(const IOOptions& options, IODebugContext* debug) override {
    return recoverable(target()->Close(options, debug));
  }
};

class RandomAccessFile final : public rocksdb::FSRandomAccessFileOwnerWrapper {
 public:
  using FSRandomAccessFileOwnerWrapper::FSRandomAccessFileOwnerWrapper;

  IOStatus Read(std::uint64_t offset, std::size_t size, const IOOptions& options, Slice* result,
                char* scratch, IODebugContext* debug) const override {
    const IOStatus status = target()->Read(offset, size, options, result, scratch, debug);
    if (!status.IsIOError()) return status;
    return recoverable(target()->Read(offset, size, options, result, scratch, debug));
  }
  IOStatus MultiRead(rocksdb::FSReadRequest* requests, std::size_t count, const IOOptions& options,
                     IODebugContext* debug) override {
    const IOStatus status = target()->MultiRead(requests, count, options, debug);
    if (!status.ok()) return status;
    for (rocksdb::FSReadRequest* one = requests; one != requests + count; ++one)
      if (one->status.IsIOError())
        one->status = recoverable(
            target()->Read(one->offset, one->len, options, &one->result, one->scratch, debug));
    return status;
  }
};

/// A file about to be ingested, its end in memory.
class IncomingFile final : public rocksdb::FSRandomAccessFileOwnerWrapper {
 public:
  IncomingFile(std::unique_ptr<rocksdb::FSRandomAccessFile>&& file, std::string end,
               std::uint64_t end_at)
      : FSRandomAccessFileOwnerWrapper(std::move(file)),
        end_(std::move(end)),
        end_at_(end_at) {}

  IOStatus Read(std::uint64_t offset, std::size_t size, const IOOptions& options, Slice* result,
                char* scratch, IODebugContext* debug) const override {
    if (offset < end_at_) return target()->Read(offset, size, options, result, scratch, debug);
    const std::string_view found =
        std::string_view(end_).substr(std::min<std::uint64_t>(offset - end_at_, end_.size()), size);
    std::memcpy(scratch, found.data(), found.size());
    *result = Slice(scratch, found.size());
    return IOStatus::OK();
  }

 private:
  std::string end_;
  std::uint64_t end_at_;
};

class Directory final : public rocksdb::FSDirectoryWrapper {
 public:
  explicit Directory(std::unique_ptr<rocksdb::FSDirectory> folder)
      : FSDirectoryWrapper(folder.get()),
        folder_(std::move(folder)) {}

  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return recoverable(folder_->Fsync(options, debug));
  }
  IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* debug,
                               const rocksdb::DirFsyncOptions& what) override {
    return recoverable(folder_->FsyncWithDirOptions(options, debug, what));
  }

 private:
  std::unique_ptr<rocksdb::FSDirectory> folder_;
};

class RecoverableFiles final : public rocksdb::FileSystemWrapper {
 public:
  using FileSystemWrapper::FileSystemWrapper;

  const char* Name() const override { return "RecoverableFiles"; }

  IOStatus NewWritableFile(const std::string& path, const FileOptions& options,
                           std::unique_ptr<rocksdb::FSWritableFile>* file,
                           IODebugContext* debug) override {
    return wrapped(target()->NewWritableFile(path, options, file, debug), file);
  }
  IOStatus ReopenWritableFile(const std::string& path, const FileOptions& options,
                              std::unique_ptr<rocksdb::FSWritableFile>* file,
                              IODebugContext* debug) override {
    return wrapped(target()->ReopenWritableFile(path, options, file, debug), file);
  }
  IOStatus NewRandomAccessFile(const std::string& path, const FileOptions& options,
                               std::unique_ptr<rocksdb::FSRandomAccessFile>* file,
                               IODebugContext* debug) override {
    IOStatus status = recoverable(target()->NewRandomAccessFile(path, options, file, debug));
    if (!status.ok()) return status;
    *file = std::make_unique<RandomAccessFile>(std::move(*file));
    if (std::filesystem::path(path).parent_path().filename() == kIncomingFolder)
      status = hold_end(path, *file, debug);
    return status;
  }
  IOStatus NewDirectory(const std::string& path, const IOOptions& options,
                        std::unique_ptr<rocksdb::FSDirectory>* folder,
                        IODebugContext* debug) override {
    const IOStatus status = recoverable(target()->NewDirectory(path, options, folder, debug));
    if (status.ok()) *folder = std::make_unique<Directory>(std::move(*folder));
    return status;
  }
  IOStatus GetFileSize(const std::string& path, const IOOptions& options, std::uint64_t* size,
                       IODebugContext* debug) override {
    return recoverable(target()->GetFileSize(path, options, size, debug));
  }
  IOStatus RenameFile(const std::string& path, const std::string& name, const IOOptions& options,
                      IODebugContext* debug) override {
    return recoverable(target()->RenameFile(path, name, options, debug));
  }

 private:
  /// Of the last block, the index and what lies between. Not enough for a block with a literal of
  /// more than 4 MB, compressed: there a disk that breaks just then still ends the process.
  static constexpr std::uint64_t kEndBytes = std::uint64_t{4} << 20;

  IOStatus hold_end(const std::string& path, std::unique_ptr<rocksdb::FSRandomAccessFile>& file,
                    IODebugContext* debug) {
    std::uint64_t size = 0;
    IOStatus status = target()->GetFileSize(path, IOOptions(), &size, debug);
    if (!status.ok()) return status;
    std::string end(std::min(size, kEndBytes), '\0');
    const std::uint64_t at = size - end.size();
    Slice read;
    status = file->Read(at, end.size(), IOOptions(), &read, end.data(), debug);
    if (!status.ok()) return status;
    if (read.size() < end.size()) return IOStatus::IOError(path, "a file has become shorter");
    if (read.data() != end.data()) end.assign(read.data(), read.size());
    file = std::make_unique<IncomingFile>(std::move(file), std::move(end), at);
    return status;
  }
  static IOStatus wrapped(const IOStatus& status, std::unique_ptr<rocksdb::FSWritableFile>* file) {
    if (status.ok()) *file = std::make_unique<WritableFile>(std::move(*file));
    return recoverable(status);
  }
};

}  // namespace

std::shared_ptr<rocksdb::FileSystem> recoverable_files(
    const std::shared_ptr<rocksdb::FileSystem>& files) {
  return std::make_shared<RecoverableFiles>(files);
}

}  // namespace tripten
