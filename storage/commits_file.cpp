#include "storage/commits_file.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "storage/bytes.h"
#include "storage/checksum.h"
#include "storage/format.h"
#include "storage/status.h"

namespace tripten {
namespace {

constexpr std::size_t kBytes = 16;

}  // namespace

CommitsFile::CommitsFile(rocksdb::FileSystem& files, const std::filesystem::path& database) {
  const std::string name = (database / kCommitsFile).string();
  if (files.FileExists(name, {}, nullptr).IsNotFound()) {
    std::unique_ptr<rocksdb::FSWritableFile> made;
    require(files.NewWritableFile(name, {}, &made, nullptr), name);
    require(made->Close({}, nullptr), name);
  }
  require(files.NewRandomRWFile(name, {}, &file_, nullptr), name);
}

void CommitsFile::write(std::uint64_t commit) {
  std::string value;
  append_u64(commit, value);
  append_checksum(value);
  // The commit is durable already; a number that stays behind only guards less.
  file_->Write(0, value, {}, nullptr).PermitUncheckedError();
}

std::optional<std::uint64_t> CommitsFile::read(rocksdb::FileSystem& files,
                                               const std::filesystem::path& database) {
  const std::string name = (database / kCommitsFile).string();
  if (files.FileExists(name, {}, nullptr).IsNotFound()) return std::nullopt;
  std::string bytes;
  require(rocksdb::ReadFileToString(&files, name, &bytes), name);
  if (std::all_of(bytes.begin(), bytes.end(), [](char byte) { return byte == 0; }))
    return std::nullopt;
  try {
    if (bytes.size() != kBytes) throw Error(ErrorCode::Corrupt, "it has a wrong size");
    return ByteReader(verified(bytes)).u64();
  } catch (const Error& error) {
    throw Error(ErrorCode::Corrupt, fmt::format("{}: The database is damaged, its file {}: {}",
                                                database.string(), kCommitsFile, error.what()));
  }
}

}  // namespace tripten
