// PrivateCopy: a live database's files as they were at one moment, in a folder of our own.
//
// RocksDB may not open a directory that another process writes. But its files only ever appear,
// grow at the end (logs, MANIFEST) or disappear after MANIFEST has grown. So: copy CURRENT and
// MANIFEST, link every .sst and copy every .log, then look again; if CURRENT, MANIFEST's size and
// the names of the logs are what they were, the files are one consistent version and a log that
// holds at least what was committed before the start. Otherwise start again. A log is copied, since
// one that grows on could speak of SST files that came after the copy of MANIFEST.
#pragma once

#include <filesystem>
#include <optional>

#include "base/temporary_folder.h"

namespace tripten {

/// Goes with its folder; a database that has all its files open does not need it any more.
class PrivateCopy {
 public:
  const std::filesystem::path& folder() const { return folder_.path(); }

  /// Links beside the database, else in the system's folder for temporary files. Nothing where
  /// neither can hold links. Throws Corrupt where there is no CURRENT or MANIFEST, Busy where the
  /// writer gives no moment's rest.
  static std::optional<PrivateCopy> link(const std::filesystem::path& database);
  /// Copies into the system's folder for temporary files.
  static PrivateCopy copy(const std::filesystem::path& database);
  static PrivateCopy link_or_copy(const std::filesystem::path& database);

 private:
  explicit PrivateCopy(TemporaryFolder folder) : folder_(std::move(folder)) {}

  TemporaryFolder folder_;
};

}  // namespace tripten
