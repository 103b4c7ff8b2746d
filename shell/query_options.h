// The options that `query`, `update` and `run` share.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tripten/tripten.h"

#include "shell/command.h"

namespace tripten::shell {

/// --param, --timeout, --memory, --disk, --base, --strict, --allow-service, --threads.
void describe_query_options(boost::program_options::options_description& options);

/// Owns the texts that QueryOptions only views.
class QueryArguments {
 public:
  explicit QueryArguments(const Arguments& arguments);
  QueryOptions options() const;
  std::size_t memory() const { return memory_; }

 private:
  std::vector<std::pair<std::string, std::string>> parameters_{};
  std::string base_{};
  std::chrono::milliseconds timeout_{0};
  std::size_t memory_ = 0;
  std::size_t disk_ = 0;
  unsigned threads_ = 0;
  bool strict_ = false;
  bool allow_service_ = false;
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
