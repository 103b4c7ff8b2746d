// Command: one word after `tripten`, with its help.
#pragma once

#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include <boost/program_options.hpp>

#include "shell/interrupts.h"

namespace tripten::shell {

/// The command line cannot be understood: exit code 2, with a hint at the help.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What an option that may have a value has without one.
constexpr const char* kImplicitValue = "text";

/// The words after the command, parsed.
struct Arguments {
  boost::program_options::variables_map values{};
  std::vector<std::string> positional{};
  std::stop_token stop{};            ///< Ctrl-C.
  Interrupts* interrupts = nullptr;  ///< Where it comes from; not null while a command runs.

  bool has(const char* option) const { return values.count(option) > 0; }
  std::string text(const char* option) const {
    return has(option) ? values[option].as<std::string>() : std::string();
  }
  bool flag(const char* option) const { return values[option].as<bool>(); }
};

struct Command {
  std::string_view name;
  std::string_view arguments;  ///< As the usage line shows them.
  std::string_view summary;    ///< One line.
  std::string_view examples;   ///< Lines for help.
  std::size_t least = 1;       ///< Positional arguments.
  std::size_t most = 1;
  /// Adds the command's options; null where it has none.
  void (*describe)(boost::program_options::options_description&) = nullptr;
  /// The exit code; throws Error and UsageError.
  int (*run)(const Arguments&) = nullptr;
  std::string_view formats{};  ///< What `--format FORMAT` may be, with blanks between.
};

/// The command's options with `--help`. The name of a value says what it is: FILE, DIR, FORMAT (one
/// of Command::formats), the words themselves with `|` between them, or anything else for text.
boost::program_options::options_description options_of(const Command& command);

/// The formats of answers.
constexpr std::string_view kAnswerFormats =
    "table box line csv tsv json jsonl xml markdown html nt ttl nq trig";

extern const Command kLoadCommand, kQueryCommand, kUpdateCommand, kRunCommand, kShellCommand,
    kDumpCommand, kInfoCommand, kCheckCommand, kBackupCommand, kRestoreCommand, kBenchCommand,
    kCompactCommand;

}  // namespace tripten::shell
