// The lists of files in a folder of backups: meta/1, meta/2, ..., one a backup.
//
//   1795286649                                                      when it was made
//   10                                                              sequence number
//   6                                                               how many files
//   shared_checksum/000019_s4PWQZSZ57Z9QCQSDTB0E_1078.sst crc32 929291972
//   ...
#pragma once

#include <filesystem>

namespace tripten {

/// Corrupt where two lists give one shared file different checksums. RocksDB finds all else that
/// can be wrong with them, but ends the process for this where it was built with assertions (7.8.3,
/// BackupEngineImpl::BackupMeta::AddFile).
void check_backup_lists(const std::filesystem::path& backups);

}  // namespace tripten
