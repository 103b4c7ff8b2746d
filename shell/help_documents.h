// The documents that tell all of the program: its manual page, its reference in Markdown and its
// completions for bash and zsh. All are made from the tables that `tripten help` and `.help` show,
// so that none can lag behind: the build writes the installed ones with `tripten help --man` and
// the like, docs/ holds the reference, and a test compares it with what the program prints.
#pragma once

#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shell/command.h"

namespace tripten::shell {

/// An option as people read it.
struct OptionText {
  std::string short_name{};  ///< With its dash; empty where it has none.
  std::string long_name{};   ///< With its dashes.
  std::string value{};       ///< The name of the value; empty where it takes none.
  std::string preset{};      ///< The value without the option, if it says so.
  std::string description{};
  bool value_is_optional = false;  ///< The value only goes behind `=`.
};

/// A dot command as people read it.
struct DotCommandText {
  std::string_view name{};  ///< With its dot.
  std::string_view arguments{}, summary{};
  std::string_view examples{};  ///< Lines.
  std::string_view group{};     ///< The title of those it belongs to, which follow each other.
};

/// All that the documents are made from.
struct HelpTables {
  std::span<const Command* const> commands{};
  std::vector<DotCommandText> dot_commands{};
};

/// The options of a command in the order of its help, `--help` last.
std::vector<OptionText> option_texts(const Command& command);
/// The options that all commands which run queries share.
std::vector<OptionText> query_option_texts();
/// What the value of an option can be; empty where that cannot be listed.
std::vector<std::string> choices_of(const Command& command, const OptionText& option);

/// A summary as a sentence: "adds files" is "Adds files."
std::string sentence(std::string_view summary);

void write_manual_page(std::ostream& out, const HelpTables& tables);        // manual_page.cpp
void write_command_reference(std::ostream& out, const HelpTables& tables);  // reference.cpp
void write_shell_reference(std::ostream& out, const HelpTables& tables);    // reference.cpp
void write_bash_completion(std::ostream& out, const HelpTables& tables);    // shell_completion.cpp
void write_zsh_completion(std::ostream& out, const HelpTables& tables);     // shell_completion.cpp

/// `tripten help --man`, `--markdown`, `--markdown-shell`, `--bash` and `--zsh`; false for any
/// other word.
bool write_help_document(std::ostream& out, std::string_view word, const HelpTables& tables);

/// The meanings of exit codes, for documents.
struct ExitCodeText {
  int code = 0;
  std::string_view meaning{};
};
std::span<const ExitCodeText> exit_code_texts();

}  // namespace tripten::shell
