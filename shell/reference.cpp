// The generated sections of docs/command-line.md and docs/shell.md.
#include <algorithm>
#include <ostream>
#include <string>

#include <fmt/format.h>

#include "shell/help_documents.h"

namespace tripten::shell {

namespace {

/// A cell of a Markdown table.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

/// Names in angle brackets are not HTML.
std::string prose(std::string_view text) {
  std::string out;
  for (const char c : cell(text))
    out += c == '<' ? std::string("&lt;") : c == '>' ? std::string("&gt;") : std::string(1, c);
  return out;
}

void write_options(std::ostream& out, const std::vector<OptionText>& options) {
  out << "| option | |\n|---|---|\n";
  for (const OptionText& option : options) {
    const std::string value = option.value.empty()       ? ""
                              : option.value_is_optional ? "[=" + option.value + "]"
                                                         : " " + option.value;
    const std::string first =
        option.short_name.empty() ? "" : fmt::format("`{}`, ", option.short_name);
    const std::string preset =
        option.preset.empty() ? "" : fmt::format(" (default: `{}`)", option.preset);
    out << fmt::format("| {}`{}{}` | {}{} |\n", first, option.long_name, cell(value),
                       prose(option.description), preset);
  }
  out << '\n';
}

void write_lines(std::ostream& out, std::string_view lines) {
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    std::string_view line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 1, lines.size()));
    if (line.starts_with("  ")) line.remove_prefix(2);
    out << "    " << line << '\n';
  }
}

bool contains(const std::vector<OptionText>& options, const OptionText& option) {
  return std::ranges::find(options, option.long_name, &OptionText::long_name) != options.end();
}

void write_command(std::ostream& out, const Command& command,
                   const std::vector<OptionText>& shared) {
  out << fmt::format("### tripten {}\n\n    tripten {} {}\n\n{}\n\n", command.name, command.name,
                     command.arguments, prose(sentence(command.summary)));
  std::vector<OptionText> options = option_texts(command);
  const bool has_shared = contains(options, shared.front());
  std::erase_if(options, [&](const OptionText& option) {
    return option.long_name == "--help" || (has_shared && contains(shared, option));
  });
  if (!options.empty()) write_options(out, options);
  if (!command.formats.empty()) out << fmt::format("Formats: `{}`.\n\n", command.formats);
  if (has_shared) out << "Also the [options of queries](#options-of-queries).\n\n";
  out << "Examples:\n\n";
  write_lines(out, command.examples);
  out << '\n';
}

}  // namespace

void write_command_reference(std::ostream& out, const HelpTables& tables) {
  const std::vector<OptionText> shared = query_option_texts();
  out << "| command | |\n|---|---|\n";
  for (const Command* command : tables.commands)
    out << fmt::format("| [`{} {}`](#tripten-{}) | {} |\n", command->name, cell(command->arguments),
                       command->name, prose(command->summary));
  out << "| `help [COMMAND]` | shows the options and examples of a command |\n\n";
  for (const Command* command : tables.commands)
    write_command(out, *command, shared);
  out << "### Options of queries\n\n";
  write_options(out, shared);
  out << "### Exit codes\n\n| code | meaning |\n|---|---|\n";
  for (const ExitCodeText& text : exit_code_texts())
    out << fmt::format("| {} | {} |\n", text.code, text.meaning);
}

void write_shell_reference(std::ostream& out, const HelpTables& tables) {
  std::string_view group;
  for (const DotCommandText& command : tables.dot_commands) {
    if (command.group != group)
      out << fmt::format("{}### {}\n\n| command | |\n|---|---|\n", group.empty() ? "" : "\n",
                         command.group);
    group = command.group;
    out << fmt::format("| [`{}{}{}`](#{}) | {} |\n", command.name,
                       command.arguments.empty() ? "" : " ", cell(command.arguments),
                       command.name.substr(1), prose(command.summary));
  }
  for (const DotCommandText& command : tables.dot_commands) {
    out << fmt::format("\n#### {}\n\n    {}{}{}\n\n{}\n", command.name, command.name,
                       command.arguments.empty() ? "" : " ", command.arguments,
                       prose(sentence(command.summary)));
    if (command.examples.empty()) continue;
    out << "\nExamples:\n\n";
    write_lines(out, command.examples);
  }
}

}  // namespace tripten::shell
