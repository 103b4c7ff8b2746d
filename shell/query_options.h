// The options that `query`, `update` and `run` share.
#pragma once

#include <chrono>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "tripten/tripten.h"

#include "shell/command.h"

namespace tripten::shell {

/// What queries run with, kept from one to the next.
struct QuerySettings {
  std::map<std::string, std::string> parameters{};
  std::map<std::string, std::string> prefixes{};  ///< Beside those that everybody knows.
  std::string base{};
  std::chrono::milliseconds timeout{0};
  std::size_t memory = 0, disk = 0;
  unsigned threads = 0;
  bool strict = false;
  bool allow_service = false;

  /// Views the texts of this object.
  QueryOptions options(std::stop_token stop) const;
};

/// --param, --timeout, --memory, --disk, --base, --strict, --allow-service, --threads.
void describe_query_options(boost::program_options::options_description& options);

/// The settings that a command line gives, and Ctrl-C.
class QueryArguments {
 public:
  explicit QueryArguments(const Arguments& arguments);
  QueryOptions options() const { return settings_.options(stop_); }
  std::size_t memory() const { return settings_.memory; }
  const QuerySettings& settings() const { return settings_; }

 private:
  QuerySettings settings_{};
  std::stop_token stop_{};
};

/// The statement of a command: its second positional argument, or the file of --file (`-` is
/// standard input).
struct StatementText {
  std::string text;
  std::string source;  ///< The file's name; empty for the command line.
};
StatementText statement_of(const Arguments& arguments, std::string_view what);

/// A whole file, or standard input for "-"; at most 64 MB. Throws NotFound and Io.
std::string read_text_file(const std::string& file);

/// An output format by its name. UsageError otherwise.
Format parse_format(const std::string& name);

}  // namespace tripten::shell
