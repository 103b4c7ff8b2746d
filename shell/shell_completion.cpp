// Completion of the command line by bash and zsh: commands, the options of each, their values,
// databases and files. Neither script needs any other to be installed.
#include <ostream>
#include <sstream>
#include <string>

#include <fmt/format.h>

#include "shell/help_documents.h"

namespace tripten::shell {

namespace {

enum class Kind { Database, Folder, File, Text };

/// `FILE...` and `[DB]` as what they are.
std::string name_of(std::string_view placeholder) {
  std::string name(placeholder);
  std::erase_if(name, [](char c) { return c == '[' || c == ']' || c == '.' || c == '\''; });
  return name;
}

Kind kind_of(std::string_view placeholder) {
  const std::string name = name_of(placeholder);
  if (name == "DB") return Kind::Database;
  if (name == "DIR") return Kind::Folder;
  return name == "FILE" || name == "SCRIPT" ? Kind::File : Kind::Text;
}

std::vector<std::string> words_of(std::string_view text) {
  std::istringstream in{std::string(text)};
  std::vector<std::string> words;
  for (std::string word; in >> word;)
    words.push_back(word);
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, " "));
}

/// The names of an option as alternatives of a `case` below the command.
std::string pattern_of(const Command& command, const OptionText& option) {
  std::string pattern = fmt::format("{}:{}", command.name, option.long_name);
  if (!option.short_name.empty())
    pattern += fmt::format(" | {}:{}", command.name, option.short_name);
  return pattern;
}

std::string bash_proposals(Kind kind) {
  switch (kind) {
    case Kind::Database:
      return "_tripten_databases \"$current\"";
    case Kind::Folder:
      return "_tripten_files -d \"$current\"";
    case Kind::File:
      return "_tripten_files -f \"$current\"";
    case Kind::Text:
      return ":";
  }
  return ":";
}

void write_bash_values(std::ostream& out, const Command& command) {
  for (const OptionText& option : option_texts(command)) {
    if (option.value.empty()) continue;
    const std::vector<std::string> choices = choices_of(command, option);
    const std::string action =
        choices.empty()
            ? bash_proposals(kind_of(option.value))
            : fmt::format("COMPREPLY=($(compgen -W '{}' -- \"$current\"))", joined(choices));
    out << fmt::format("      {}) {} ;;\n", pattern_of(command, option), action);
  }
}

void write_bash_arguments(std::ostream& out, const Command& command) {
  const std::vector<std::string> placeholders = words_of(command.arguments);
  for (std::size_t i = 0; i < placeholders.size(); ++i) {
    const bool repeated = placeholders[i].ends_with("...");
    out << fmt::format("    {}:{}) {} ;;\n", command.name, repeated ? "*" : std::to_string(i),
                       bash_proposals(kind_of(placeholders[i])));
  }
}

constexpr std::string_view kBashFunctions = R"(_tripten_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen "$1" -- "$2")
}

# Folders that hold a database or, where no name fits, all folders.
_tripten_databases() {
  local folder
  _tripten_files -d "$1"
  local databases=()
  for folder in "${COMPREPLY[@]}"; do
    [[ -f $folder/CURRENT ]] && databases+=("$folder")
  done
  [[ ${#databases[@]} -gt 0 ]] && COMPREPLY=("${databases[@]}")
}
)";

constexpr std::string_view kBashWords = R"(
_tripten() {
  local current=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]-}
  local option= before= position=0 i word
  COMPREPLY=()
  if [[ $COMP_CWORD -le 1 ]]; then
    COMPREPLY=($(compgen -W "$_tripten_commands help --help --version" -- "$current"))
    return
  fi
  if [[ $command == help ]]; then
    [[ $COMP_CWORD -eq 2 ]] && COMPREPLY=($(compgen -W "$_tripten_commands" -- "$current"))
    return
  fi
  # `--format=json` is three words: the option, `=` and the value.
  for ((i = 2; i < COMP_CWORD; ++i)); do
    word=${COMP_WORDS[i]}
    if [[ $word == = ]]; then
      option=$before
    elif [[ -n $option ]]; then
      option=
    elif [[ $word == -?* ]]; then
      before=$word
      _tripten_takes_value "$command" "$word" && option=$word
    else
      ((++position))
    fi
  done
  if [[ $current == = ]]; then
    option=$before
    current=
  fi
)";

}  // namespace

void write_bash_completion(std::ostream& out, const HelpTables& tables) {
  std::vector<std::string> names;
  for (const Command* command : tables.commands)
    names.emplace_back(command->name);
  out << "# bash completion for tripten(1), made by `tripten help --bash`.\n\n"
      << fmt::format("_tripten_commands='{}'\n\n", joined(names)) << kBashFunctions
      << "\n_tripten_takes_value() {\n  case $1:$2 in\n";
  for (const Command* command : tables.commands)
    for (const OptionText& option : option_texts(*command))
      if (!option.value.empty() && !option.value_is_optional)
        out << fmt::format("    {}) ;;\n", pattern_of(*command, option));
  out << "    *) return 1 ;;\n  esac\n}\n" << kBashWords;

  out << "  if [[ -n $option ]]; then\n    case $command:$option in\n";
  for (const Command* command : tables.commands)
    write_bash_values(out, *command);
  out << "    esac\n    return\n  fi\n  if [[ $current == -* ]]; then\n    case $command in\n";
  for (const Command* command : tables.commands) {
    std::vector<std::string> options;
    for (const OptionText& option : option_texts(*command))
      options.push_back(option.long_name);
    out << fmt::format("      {}) COMPREPLY=($(compgen -W '{}' -- \"$current\")) ;;\n",
                       command->name, joined(options));
  }
  out << "    esac\n    return\n  fi\n  case $command:$position in\n";
  for (const Command* command : tables.commands)
    write_bash_arguments(out, *command);
  out << "  esac\n}\ncomplete -F _tripten tripten\n";
}

namespace {

/// Text inside '...' of an argument of zsh's _arguments: brackets and colons are its own.
std::string zsh_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
      continue;
    }
    if (c == ':' || c == '[' || c == ']' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string zsh_action(Kind kind) {
  switch (kind) {
    case Kind::Database:
    case Kind::Folder:
      return "_files -/";
    case Kind::File:
      return "_files";
    case Kind::Text:
      return " ";
  }
  return " ";
}

std::string zsh_option(const Command& command, const OptionText& option) {
  const bool repeatable = option.description.find("repeatable") != std::string::npos;
  const bool both = !option.short_name.empty();
  std::string spec;
  if (repeatable)
    spec = "'*'";
  else if (both)
    spec = fmt::format("'({} {})'", option.short_name, option.long_name);
  const std::string long_name = option.long_name + (option.value_is_optional ? "=-"
                                                    : option.value.empty()   ? ""
                                                                             : "=");
  spec += both ? fmt::format("{{{},{}}}", option.short_name, long_name) : long_name;
  spec += fmt::format("'[{}]", zsh_text(option.description));
  if (!option.value.empty()) {
    const std::vector<std::string> choices = choices_of(command, option);
    const std::string action =
        choices.empty() ? zsh_action(kind_of(option.value)) : fmt::format("({})", joined(choices));
    spec += fmt::format("{}:{}:{}", option.value_is_optional ? ":" : "", zsh_text(option.value),
                        action);
  }
  return spec + "'";
}

}  // namespace

void write_zsh_completion(std::ostream& out, const HelpTables& tables) {
  out << "#compdef tripten\n# zsh completion for tripten(1), made by `tripten help --zsh`.\n\n"
         "_tripten() {\n  local -a commands\n  commands=(\n";
  for (const Command* command : tables.commands)
    out << fmt::format("    '{}:{}'\n", command->name, zsh_text(command->summary));
  out << "    'help:shows the options and examples of a command'\n  )\n"
         "  if (( CURRENT == 2 )); then\n    _describe command commands\n    return\n  fi\n"
         "  local command=$words[2]\n  shift words\n  (( CURRENT-- ))\n  case $command in\n"
         "    help) _describe command commands ;;\n";
  for (const Command* command : tables.commands) {
    out << fmt::format("    {})\n      _arguments -s", command->name);
    for (const OptionText& option : option_texts(*command))
      out << " \\\n        " << zsh_option(*command, option);
    for (const std::string& placeholder : words_of(command->arguments)) {
      const bool repeated = placeholder.ends_with("...");
      out << fmt::format(" \\\n        '{}:{}:{}'", repeated ? "*" : "", name_of(placeholder),
                         zsh_action(kind_of(placeholder)));
    }
    out << "\n      ;;\n";
  }
  out << "  esac\n}\n\n_tripten \"$@\"\n";
}

}  // namespace tripten::shell
