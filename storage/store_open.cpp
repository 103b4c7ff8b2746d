// Store::open(): the first and later openings of a database in a directory.
#include <fmt/format.h>

#include "storage/identity.h"
#include "storage/store_impl.h"

namespace tripten {

namespace fs = std::filesystem;

std::shared_ptr<Store> Store::open(const fs::path& directory, const StoreOptions& options) {
  RocksOptions rocks{.name = directory.string(),
                     .directory = directory,
                     .read_only = options.read_only,
                     .sync = options.sync,
                     .files = options.files ? options.files : rocksdb::FileSystem::Default()};
  rocksdb::FileSystem& files = *rocks.files;
  Found found = find_database(files, directory);
  const bool may_create = options.create && !options.read_only;
  if (found == Found::SomethingElse || (found != Found::Database && !may_create))
    throw_no_database(directory, found);
  if (options.read_only) return std::make_shared<StoreImpl>(rocks, options, nullptr);

  make_folder(files, directory);
  auto lock = std::make_unique<WriterLock>(directory);
  found =
      find_database(files, directory);  // another process may have finished its creation meanwhile
  rocks.create = found != Found::Database;
  if (rocks.create) write_unfinished(files, directory);
  auto store = std::make_shared<StoreImpl>(rocks, options, std::move(lock));
  if (rocks.create) write_identity(files, directory);
  return store;
}

std::shared_ptr<Store> Store::in_memory(const StoreOptions& options) {
  StoreOptions writable = options;
  writable.read_only = false;
  const RocksOptions rocks{
      .name = "the database in memory", .in_memory = true, .create = true, .sync = false};
  return std::make_shared<StoreImpl>(rocks, writable, nullptr);
}

}  // namespace tripten
