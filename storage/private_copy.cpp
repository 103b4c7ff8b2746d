#include "storage/private_copy.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "tripten/error.h"

#include "base/fault_point.h"
#include "storage/status.h"

namespace tripten {
namespace {

namespace fs = std::filesystem;

enum class Outcome { Done, Changed, NoLinks };

std::string read_current(const fs::path& database) {
  std::ifstream file(database / "CURRENT", std::ios::binary);
  std::string name((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file.good() && !file.eof()) name.clear();
  return name;
}

/// The MANIFEST that CURRENT names; Corrupt where it names nothing of the kind.
std::string manifest_name(const std::string& current, const fs::path& database) {
  if (!current.starts_with("MANIFEST-") || !current.ends_with('\n') ||
      current.find('/') != std::string::npos)
    throw Error(ErrorCode::Corrupt,
                fmt::format("{}: The database is damaged, its file CURRENT names no MANIFEST",
                            database.string()));
  return current.substr(0, current.size() - 1);
}

std::set<std::string> log_names(const fs::path& database) {
  std::set<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(database, error))
    if (entry.path().extension() == ".log") names.insert(entry.path().filename());
  return names;
}

/// Copies the bytes that are there at the start, and tells how many.
std::uintmax_t copy_bytes(const fs::path& from, const fs::path& to) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(from, error);
  if (error) return 0;  // it has gone: the look afterwards finds that out
  std::ifstream in(from, std::ios::binary);
  std::ofstream out(to, std::ios::binary | std::ios::trunc);
  std::vector<char> buffer(1 << 16);
  std::uintmax_t copied = 0;
  while (copied < size) {
    in.read(buffer.data(),
            static_cast<std::streamsize>(std::min<std::uintmax_t>(buffer.size(), size - copied)));
    if (in.gcount() <= 0) break;
    out.write(buffer.data(), in.gcount());
    copied += static_cast<std::uintmax_t>(in.gcount());
  }
  out.close();
  if (!out) throw_system_error(errno, "can't be written", to);
  return copied;
}

/// One attempt to fill an empty folder.
Outcome fill(const fs::path& database, const fs::path& folder, bool by_links) {
  const std::set<std::string> logs = log_names(database);
  const std::string current = read_current(database);
  const std::string manifest = manifest_name(current, database);
  std::error_code error;
  if (!fs::exists(database / manifest, error)) {
    if (read_current(database) != current) return Outcome::Changed;
    throw Error(ErrorCode::Corrupt, fmt::format("{}: The database is damaged, its file {} is "
                                                "missing",
                                                database.string(), manifest));
  }
  const std::uintmax_t size = copy_bytes(database / manifest, folder / manifest);
  std::ofstream named(folder / "CURRENT", std::ios::binary);
  named << current;
  named.close();
  if (!named) throw_system_error(errno, "can't be written", folder / "CURRENT");
  for (const auto& entry : fs::directory_iterator(database, error)) {
    const fs::path& file = entry.path();
    if (file.extension() != ".sst" && file.extension() != ".log") continue;
    const fs::path to = folder / file.filename();
    if (!by_links || file.extension() == ".log") {
      copy_bytes(file, to);
      continue;
    }
    if (::link(file.c_str(), to.c_str()) == 0) continue;
    if (errno == ENOENT) return Outcome::Changed;
    return Outcome::NoLinks;
  }
  if (error || read_current(database) != current || log_names(database) != logs ||
      fs::file_size(database / manifest, error) != size)
    return Outcome::Changed;
  fault_point("a private copy is made");
  return Outcome::Done;
}

void empty_folder(const fs::path& folder) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    fs::remove(entry.path(), error);
}

constexpr int kMostAttempts = 1000;

Outcome fill_until_quiet(const fs::path& database, const fs::path& folder, bool by_links) {
  for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
    const Outcome outcome = fill(database, folder, by_links);
    if (outcome != Outcome::Changed) return outcome;
    empty_folder(folder);
  }
  throw Error(ErrorCode::Busy, fmt::format("{}: The database changes too fast to be opened for "
                                           "reading just now",
                                           database.string()));
}

}  // namespace

std::optional<PrivateCopy> PrivateCopy::link(const fs::path& database) {
  std::error_code error;
  const fs::path absolute = fs::weakly_canonical(database, error);
  const std::string name = fmt::format(".{}-reader-", absolute.filename().string());
  for (const fs::path& parent : {absolute.parent_path(), fs::temp_directory_path(error)}) {
    auto folder = TemporaryFolder::make(parent, name);
    if (!folder) continue;
    if (fill_until_quiet(absolute, folder->path(), true) == Outcome::Done)
      return PrivateCopy(std::move(*folder));
  }
  return std::nullopt;
}

PrivateCopy PrivateCopy::link_or_copy(const fs::path& database) {
  if (auto links = link(database)) return std::move(*links);
  return copy(database);
}

PrivateCopy PrivateCopy::copy(const fs::path& database) {
  auto folder = TemporaryFolder::make(fs::temp_directory_path(), "tripten-reader-");
  if (!folder) throw_system_error(errno, "can't be written", fs::temp_directory_path());
  fill_until_quiet(database, folder->path(), false);
  return PrivateCopy(std::move(*folder));
}

}  // namespace tripten
