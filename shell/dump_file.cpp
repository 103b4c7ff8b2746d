#include "shell/dump_file.h"

#include <filesystem>
#include <fstream>
#include <utility>

#include <fmt/format.h>

namespace tripten::shell {

namespace {

namespace fs = std::filesystem;

/// A file of that name with nobody's data in it; `.part` unless that is taken.
fs::path free_name_beside(const fs::path& file) {
  std::error_code ignored;
  fs::path name = file;
  name += ".part";
  for (int number = 2; fs::exists(fs::symlink_status(name, ignored)); ++number) {
    name = file;
    name += fmt::format(".part{}", number);
  }
  return name;
}

void write(const Snapshot& data, const fs::path& file, Format format, std::stop_token stop) {
  std::ofstream out(file, std::ios::binary);
  if (!out) throw Error(ErrorCode::Io, fmt::format("{} can't be written", file.string()));
  try {
    data.dump(out, format, {}, std::move(stop));
  } catch (const Error& error) {
    if (error.code != ErrorCode::Io) throw;
    throw Error(error.code, fmt::format("{}: {}", file.string(), error.what()));
  }
  out.close();
  if (!out) throw Error(ErrorCode::Io, fmt::format("{} could not be written", file.string()));
}

}  // namespace

void dump_to_file(const Snapshot& data, const std::string& file, Format format,
                  std::stop_token stop) {
  std::error_code failure;
  // What a link means is replaced, not the link.
  const fs::path real =
      fs::is_symlink(file, failure) ? fs::canonical(file, failure) : fs::path(file);
  if (real.empty() || (fs::exists(real, failure) && !fs::is_regular_file(real, failure)))
    return write(data, file, format, std::move(stop));
  const fs::path part = free_name_beside(real);
  try {
    write(data, part, format, std::move(stop));
  } catch (const Error& error) {
    const bool was_there = fs::exists(real, failure);
    fs::remove(part, failure);
    throw Error(error.code, fmt::format("{}; {}", error.what(),
                                        was_there ? fmt::format("{} is as it was", file)
                                                  : fmt::format("{} is not written", file)));
  }
  fs::rename(part, real, failure);
  if (failure)
    throw Error(ErrorCode::Io, fmt::format("{} can't be written: {}", file, failure.message()));
}

}  // namespace tripten::shell
