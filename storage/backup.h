// Backups: consistent copies of a database in a folder of their own, while others read and write.
//
// A backup is taken of a private copy (storage/private_copy.h), so it is the database of one
// moment, with everything committed before. Several backups share the files that are the same, so
// that the next one copies what is new (RocksDB's BackupEngine, which also keeps and verifies a
// checksum of every file).
#pragma once

#include <filesystem>
#include <memory>

#include "base/interrupt.h"
#include "storage/store.h"

namespace tripten {

/// Adds a backup of `database` to the folder, which is missing, empty, or holds backups. Corrupt
/// where it holds something else; it stays as it is then. An interrupted or failed backup leaves
/// those before it as they are.
void back_up(const std::filesystem::path& database, const std::filesystem::path& backups,
             const Interrupt& interrupt, const std::shared_ptr<rocksdb::FileSystem>& files = {},
             const BackupProgress& progress = {});

/// Makes the latest backup of the folder a database in `directory`, which is missing or empty: all
/// of it or nothing. Invalid where there is something in `directory`, NotFound where there is no
/// backup, Corrupt where one is damaged.
void restore_backup(const std::filesystem::path& backups, const std::filesystem::path& directory,
                    const std::shared_ptr<rocksdb::FileSystem>& files = {});

}  // namespace tripten
