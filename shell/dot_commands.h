// Dot commands: what the shell and scripts understand beside SPARQL. One table, from which running,
// help, completion and the reference come.
#pragma once

#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shell/command.h"
#include "shell/help_documents.h"
#include "shell/session.h"

namespace tripten::shell {

/// What may follow a dot command; completion proposes it.
enum class DotArgument { None, Text, File, Statement, Name, Format, Switch, Command, Prefix };

struct DotCommand;

/// One use of a dot command.
struct DotCall {
  Session& session;
  const DotCommand& command;
  std::string argument;  ///< All that follows the name, without blanks around.
  /// The same with blanks in place of the name, so that places in errors are places in the script,
  /// and with declarations of parameters before it.
  std::string statement;
  std::string source;  ///< As Session::run().

  /// The words of the argument: apart by blanks, a word in quotes may hold some. `~/` begins the
  /// user's folder.
  std::vector<std::string> words() const;
  /// on or off; nothing where the argument is empty. UsageError otherwise.
  std::optional<bool> on_or_off() const;
  /// The statement, or the last one that ran where the argument is empty. UsageError for neither.
  std::string statement_or_last() const;
  /// How the command is used, as an exception to throw.
  UsageError usage() const;
};

struct DotCommand {
  std::string_view name;       ///< With its dot.
  std::string_view arguments;  ///< As the usage line shows them; empty for none.
  std::string_view summary;    ///< One line.
  std::string_view example;    ///< Lines, each of them a use of the command.
  DotArgument argument = DotArgument::None;
  void (*run)(const DotCall&) = nullptr;  ///< Throws Error and UsageError.
};

/// Commands that belong together, with a title for the help.
struct DotGroup {
  std::string_view title;
  std::span<const DotCommand> commands;
};
std::span<const DotGroup> dot_groups();

/// The groups, a file each.
std::span<const DotCommand> statement_commands();
std::span<const DotCommand> answer_commands();
std::span<const DotCommand> data_commands();
std::span<const DotCommand> database_commands();
std::span<const DotCommand> setting_commands();
std::span<const DotCommand> shell_commands();

/// By the name with its dot, any case; null where there is none.
const DotCommand* find_dot_command(std::string_view name);
/// With the nearest name, to throw.
UsageError no_such_dot_command(std::string_view name);
/// Runs the command of a line, which begins with a dot. UsageError with the nearest name where
/// there is none.
void run_dot_command(Session& session, std::string_view text, const std::string& source);

/// All commands by their groups, in lines of at most `width` columns (0 is no limit).
void print_dot_commands(std::ostream& out, std::size_t width = 0);
/// Those whose help has the word; false where there are none.
bool print_dot_commands_about(std::ostream& out, std::string_view word, std::size_t width = 0);
/// One of them with its examples.
void print_dot_command(std::ostream& out, const DotCommand& command);
/// For the documents that are made of all tables.
std::vector<DotCommandText> dot_command_texts();

}  // namespace tripten::shell
