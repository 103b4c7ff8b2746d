// RocksDB's statuses as Errors.
#pragma once

#include <filesystem>
#include <string>

#include <rocksdb/status.h>

namespace tripten {

/// Throws the Error that a status other than OK stands for. `database` is how the user calls the
/// database; `opened_at` the folder that RocksDB knows it by, where that is another one.
[[noreturn]] void throw_status(const rocksdb::Status& status, const std::string& database,
                               const std::string& opened_at = {});

inline void require(const rocksdb::Status& status, const std::string& database,
                    const std::string& opened_at = {}) {
  if (!status.ok()) throw_status(status, database, opened_at);
}

/// Throws what errno says: Limit for a full disk, else Io.
[[noreturn]] void throw_system_error(int error, const std::string& what,
                                     const std::filesystem::path& path);

}  // namespace tripten
