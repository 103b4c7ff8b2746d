#include "tests/crash/observed_files.h"

#include <array>
#include <vector>

namespace tripten::test {
namespace {

using rocksdb::FileOptions;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;
using ObserverPtr = std::shared_ptr<FileObserver>;

template <typename Work>
IOStatus observe(FileObserver& observer, FileCall call, const Work& work) {
  if (const IOStatus failed = observer.before(call); !failed.ok()) return failed;
  const IOStatus status = work();
  if (status.ok()) observer.after(call);
  return status;
}

class WrittenFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  WrittenFile(std::unique_ptr<rocksdb::FSWritableFile> file, std::string path, ObserverPtr observer)
      : FSWritableFileOwnerWrapper(std::move(file)),
        path_(std::move(path)),
        observer_(std::move(observer)) {}

  IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* debug) override {
    FileCall call{CallKind::Write, path_, {}, {data.data(), data.size()}};
    const IOStatus failed = observer_->before(call);
    if (!failed.ok() && (call.data.empty() || call.data.size() == data.size())) return failed;
    const IOStatus status = target()->Append({call.data.data(), call.data.size()}, options, debug);
    if (status.ok()) observer_->after(call);
    return failed.ok() ? status : failed;
  }
  IOStatus Append(const Slice& data, const IOOptions& options, const rocksdb::DataVerificationInfo&,
                  IODebugContext* debug) override {
    return Append(data, options, debug);
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
    return observe(*observer_, {CallKind::Sync, path_},
                   [&] { return target()->Sync(options, debug); });
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return observe(*observer_, {CallKind::Sync, path_},
                   [&] { return target()->Fsync(options, debug); });
  }

 private:
  std::string path_;
  ObserverPtr observer_;
};

class OverwrittenFile final : public rocksdb::FSRandomRWFileOwnerWrapper {
 public:
  OverwrittenFile(std::unique_ptr<rocksdb::FSRandomRWFile> file, std::string path,
                  ObserverPtr observer)
      : FSRandomRWFileOwnerWrapper(std::move(file)),
        path_(std::move(path)),
        observer_(std::move(observer)) {}

  IOStatus Write(std::uint64_t offset, const Slice& data, const IOOptions& options,
                 IODebugContext* debug) override {
    if (offset != 0) return IOStatus::NotSupported("the tests know of writes at the start alone");
    return observe(*observer_, {CallKind::Overwrite, path_, {}, {data.data(), data.size()}},
                   [&] { return target()->Write(offset, data, options, debug); });
  }

 private:
  std::string path_;
  ObserverPtr observer_;
};

class SequentialFile final : public rocksdb::FSSequentialFileOwnerWrapper {
 public:
  SequentialFile(std::unique_ptr<rocksdb::FSSequentialFile> file, std::string path,
                 ObserverPtr observer)
      : FSSequentialFileOwnerWrapper(std::move(file)),
        path_(std::move(path)),
        observer_(std::move(observer)) {}

  IOStatus Read(std::size_t size, const IOOptions& options, Slice* result, char* scratch,
                IODebugContext* debug) override {
    return observe(*observer_, {CallKind::Read, path_},
                   [&] { return target()->Read(size, options, result, scratch, debug); });
  }

 private:
  std::string path_;
  ObserverPtr observer_;
};

class RandomFile final : public rocksdb::FSRandomAccessFileOwnerWrapper {
 public:
  RandomFile(std::unique_ptr<rocksdb::FSRandomAccessFile> file, std::string path,
             ObserverPtr observer)
      : FSRandomAccessFileOwnerWrapper(std::move(file)),
        path_(std::move(path)),
        observer_(std::move(observer)) {}

  IOStatus Read(std::uint64_t offset, std::size_t size, const IOOptions& options, Slice* result,
                char* scratch, IODebugContext* debug) const override {
    return observe(*observer_, {CallKind::Read, path_},
                   [&] { return target()->Read(offset, size, options, result, scratch, debug); });
  }
  IOStatus MultiRead(rocksdb::FSReadRequest* requests, std::size_t count, const IOOptions& options,
                     IODebugContext* debug) override {
    return observe(*observer_, {CallKind::Read, path_},
                   [&] { return target()->MultiRead(requests, count, options, debug); });
  }

 private:
  std::string path_;
  ObserverPtr observer_;
};

class Folder final : public rocksdb::FSDirectoryWrapper {
 public:
  Folder(std::unique_ptr<rocksdb::FSDirectory> folder, std::string path, ObserverPtr observer)
      : FSDirectoryWrapper(folder.get()),
        folder_(std::move(folder)),
        path_(std::move(path)),
        observer_(std::move(observer)) {}

  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return observe(*observer_, {CallKind::SyncFolder, path_},
                   [&] { return folder_->Fsync(options, debug); });
  }
  IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* debug,
                               const rocksdb::DirFsyncOptions& what) override {
    return observe(*observer_, {CallKind::SyncFolder, path_},
                   [&] { return folder_->FsyncWithDirOptions(options, debug, what); });
  }

 private:
  std::unique_ptr<rocksdb::FSDirectory> folder_;
  std::string path_;
  ObserverPtr observer_;
};

class ObservedFiles final : public rocksdb::FileSystemWrapper {
 public:
  explicit ObservedFiles(ObserverPtr observer)
      : FileSystemWrapper(rocksdb::FileSystem::Default()),
        observer_(std::move(observer)) {}

  const char* Name() const override { return "ObservedFiles"; }

  IOStatus NewSequentialFile(const std::string& path, const FileOptions& options,
                             std::unique_ptr<rocksdb::FSSequentialFile>* file,
                             IODebugContext* debug) override {
    const IOStatus status = observe(*observer_, {CallKind::Open, path}, [&] {
      return target()->NewSequentialFile(path, options, file, debug);
    });
    if (status.ok()) *file = std::make_unique<SequentialFile>(std::move(*file), path, observer_);
    return status;
  }
  IOStatus NewRandomAccessFile(const std::string& path, const FileOptions& options,
                               std::unique_ptr<rocksdb::FSRandomAccessFile>* file,
                               IODebugContext* debug) override {
    const IOStatus status = observe(*observer_, {CallKind::Open, path}, [&] {
      return target()->NewRandomAccessFile(path, options, file, debug);
    });
    if (status.ok()) *file = std::make_unique<RandomFile>(std::move(*file), path, observer_);
    return status;
  }
  IOStatus NewWritableFile(const std::string& path, const FileOptions& options,
                           std::unique_ptr<rocksdb::FSWritableFile>* file,
                           IODebugContext* debug) override {
    const IOStatus status = observe(*observer_, {CallKind::Create, path}, [&] {
      return target()->NewWritableFile(path, options, file, debug);
    });
    if (status.ok()) *file = std::make_unique<WrittenFile>(std::move(*file), path, observer_);
    return status;
  }
  IOStatus ReopenWritableFile(const std::string& path, const FileOptions& options,
                              std::unique_ptr<rocksdb::FSWritableFile>* file,
                              IODebugContext* debug) override {
    const IOStatus status = observe(*observer_, {CallKind::Open, path}, [&] {
      return target()->ReopenWritableFile(path, options, file, debug);
    });
    if (status.ok()) *file = std::make_unique<WrittenFile>(std::move(*file), path, observer_);
    return status;
  }
  IOStatus ReuseWritableFile(const std::string&, const std::string&, const FileOptions&,
                             std::unique_ptr<rocksdb::FSWritableFile>*, IODebugContext*) override {
    return IOStatus::NotSupported("the tests know of no logs that are used again");
  }
  IOStatus NewRandomRWFile(const std::string& path, const FileOptions& options,
                           std::unique_ptr<rocksdb::FSRandomRWFile>* file,
                           IODebugContext* debug) override {
    const IOStatus status = observe(*observer_, {CallKind::Open, path}, [&] {
      return target()->NewRandomRWFile(path, options, file, debug);
    });
    if (status.ok()) *file = std::make_unique<OverwrittenFile>(std::move(*file), path, observer_);
    return status;
  }
  IOStatus NewDirectory(const std::string& path, const IOOptions& options,
                        std::unique_ptr<rocksdb::FSDirectory>* folder,
                        IODebugContext* debug) override {
    const IOStatus status = observe(*observer_, {CallKind::Open, path}, [&] {
      return target()->NewDirectory(path, options, folder, debug);
    });
    if (status.ok()) *folder = std::make_unique<Folder>(std::move(*folder), path, observer_);
    return status;
  }
  IOStatus GetChildren(const std::string& path, const IOOptions& options,
                       std::vector<std::string>* names, IODebugContext* debug) override {
    return observe(*observer_, {CallKind::List, path},
                   [&] { return target()->GetChildren(path, options, names, debug); });
  }
  IOStatus GetFileSize(const std::string& path, const IOOptions& options, std::uint64_t* size,
                       IODebugContext* debug) override {
    return observe(*observer_, {CallKind::Size, path},
                   [&] { return target()->GetFileSize(path, options, size, debug); });
  }
  IOStatus DeleteFile(const std::string& path, const IOOptions& options,
                      IODebugContext* debug) override {
    return observe(*observer_, {CallKind::Delete, path},
                   [&] { return target()->DeleteFile(path, options, debug); });
  }
  IOStatus Truncate(const std::string&, std::size_t, const IOOptions&, IODebugContext*) override {
    return IOStatus::NotSupported("the tests know of no truncation");
  }
  IOStatus CreateDir(const std::string& path, const IOOptions& options,
                     IODebugContext* debug) override {
    return observe(*observer_, {CallKind::MakeFolder, path},
                   [&] { return target()->CreateDir(path, options, debug); });
  }
  IOStatus CreateDirIfMissing(const std::string& path, const IOOptions& options,
                              IODebugContext* debug) override {
    return observe(*observer_, {CallKind::MakeFolder, path},
                   [&] { return target()->CreateDirIfMissing(path, options, debug); });
  }
  IOStatus DeleteDir(const std::string& path, const IOOptions& options,
                     IODebugContext* debug) override {
    return observe(*observer_, {CallKind::DeleteFolder, path},
                   [&] { return target()->DeleteDir(path, options, debug); });
  }
  IOStatus RenameFile(const std::string& path, const std::string& name, const IOOptions& options,
                      IODebugContext* debug) override {
    return observe(*observer_, {CallKind::Rename, path, name},
                   [&] { return target()->RenameFile(path, name, options, debug); });
  }
  IOStatus LinkFile(const std::string& path, const std::string& name, const IOOptions& options,
                    IODebugContext* debug) override {
    return observe(*observer_, {CallKind::Link, path, name},
                   [&] { return target()->LinkFile(path, name, options, debug); });
  }

 private:
  ObserverPtr observer_;
};

}  // namespace

const char* name_of(CallKind kind) {
  constexpr std::array<const char*, 14> kNames{
      "create",      "write",         "overwrite",   "sync", "rename", "link", "delete",
      "make folder", "delete folder", "sync folder", "open", "read",   "list", "size"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::shared_ptr<rocksdb::FileSystem> observed_files(std::shared_ptr<FileObserver> observer) {
  return std::make_shared<ObservedFiles>(std::move(observer));
}

}  // namespace tripten::test
