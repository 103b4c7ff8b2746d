#include "shell/open_database.h"

#include <filesystem>

#include <fmt/format.h>

#include "shell/report_error.h"

namespace tripten::shell {

namespace {

Database open(const std::string& directory, const OpenOptions& options) {
  return at_directory([&] { return Database(directory, options); });
}

bool is_nothing_or_empty(const std::string& directory) {
  std::error_code failure;
  if (!std::filesystem::exists(directory, failure)) return true;
  return std::filesystem::is_directory(directory, failure) &&
         std::filesystem::is_empty(directory, failure);
}

}  // namespace

Database open_for_reading(const std::string& directory, std::size_t memory) {
  return open(directory, {.read_only = true, .create = false, .memory_limit = memory});
}

Database open_to_maintain(const std::string& directory) {
  return open(directory, {.create = false});
}

Database open_for_writing(const std::string& directory, std::size_t memory) {
  if (directory == ":memory:") return Database::in_memory({.memory_limit = memory});
  const bool is_new = is_nothing_or_empty(directory);
  Database database = open(directory, {.memory_limit = memory});
  if (is_new) report_note(fmt::format("created the database {}", directory));
  return database;
}

}  // namespace tripten::shell
