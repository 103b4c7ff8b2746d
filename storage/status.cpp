#include "storage/status.h"

#include <cerrno>
#include <cstring>
#include <system_error>

#include <fmt/format.h>

#include "tripten/error.h"

namespace tripten {
namespace {

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  if (from.empty()) return;
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at))
    text.replace(at, from.size(), to), at += to.size();
}

}  // namespace

void throw_status(const rocksdb::Status& status, const std::string& database,
                  const std::string& opened_at) {
  std::string reason = status.ToString();
  replace_all(reason, opened_at, database);
  const auto fail = [&](ErrorCode code, std::string_view what) {
    throw Error(code, fmt::format("{}: {} ({})", database, what, reason));
  };
  const auto sub = status.subcode();
  if (status.IsNoSpace() || sub == rocksdb::Status::kSpaceLimit ||
      contains(reason, "No space left on device") || contains(reason, "Disk quota exceeded"))
    fail(ErrorCode::Limit, "The disk is full");
  if (status.IsMemoryLimit()) fail(ErrorCode::Limit, "There is not enough memory");
  if (status.IsIOError() && (contains(reason, "lock hold by") || contains(reason, "lock file")))
    fail(ErrorCode::Busy, "The database is held for writing by someone else");
  if (status.IsCorruption()) fail(ErrorCode::Corrupt, "The database is damaged");
  if (sub == rocksdb::Status::kPathNotFound || contains(reason, "No such file or directory"))
    fail(ErrorCode::Corrupt, "The database is damaged, a file is missing");
  if (status.IsInvalidArgument() || status.IsNotFound() || status.IsNotSupported())
    fail(ErrorCode::Corrupt, "The database is damaged");
  fail(ErrorCode::Io, "The database can't be read or written");
  throw Error(ErrorCode::Internal, reason);  // not reached
}

void throw_system_error(int error, const std::string& what, const std::filesystem::path& path) {
  const std::string reason = std::system_category().message(error);
  if (error == ENOSPC || error == EDQUOT)
    throw Error(ErrorCode::Limit, fmt::format("{}: The disk is full", path.string()));
  throw Error(ErrorCode::Io, fmt::format("{}: {}: {}", path.string(), what, reason));
}

}  // namespace tripten
