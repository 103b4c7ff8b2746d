#include "shell/dot_commands.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <ostream>

#include <fmt/format.h>

#include "shell/nearest_word.h"

namespace tripten::shell {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin));
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

/// `~/` is the user's folder, as in other shells.
std::string with_home(const std::string& word) {
  const char* const home = std::getenv("HOME");
  return home && word.starts_with("~/") ? home + word.substr(1) : word;
}

std::string usage_of(const DotCommand& command) {
  return fmt::format("{}{}{}", command.name, command.arguments.empty() ? "" : " ",
                     command.arguments);
}

}  // namespace

std::vector<std::string> DotCall::words() const {
  std::vector<std::string> words;
  for (std::size_t at = 0; (at = argument.find_first_not_of(kBlanks, at)) != std::string::npos;) {
    const char quote = argument[at];
    std::size_t end;
    if (quote == '"' || quote == '\'') {
      end = argument.find(quote, ++at);
      if (end == std::string::npos) throw UsageError(fmt::format("{} is not closed", quote));
      words.push_back(argument.substr(at, end - at));
      at = end + 1;
    } else {
      end = std::min(argument.find_first_of(kBlanks, at), argument.size());
      words.push_back(with_home(argument.substr(at, end - at)));
      at = end;
    }
  }
  return words;
}

std::optional<bool> DotCall::on_or_off() const {
  const std::string word = lower(argument);
  if (word.empty()) return std::nullopt;
  if (word == "on" || word == "yes" || word == "true") return true;
  if (word == "off" || word == "no" || word == "false") return false;
  throw usage();
}

std::string DotCall::statement_or_last() const {
  if (!argument.empty()) return statement;
  if (session.last_statement.empty())
    throw UsageError(fmt::format("no statement has run yet; give one: {}", usage_of(command)));
  return session.last_statement;
}

UsageError DotCall::usage() const {
  return UsageError(fmt::format("usage: {} (.help {} shows examples)", usage_of(command),
                                command.name.substr(1)));
}

std::span<const DotGroup> dot_groups() {
  static const std::array groups{DotGroup{"Statements", statement_commands()},
                                 DotGroup{"Answers", answer_commands()},
                                 DotGroup{"What the data holds", data_commands()},
                                 DotGroup{"The database", database_commands()},
                                 DotGroup{"Settings", setting_commands()},
                                 DotGroup{"The shell", shell_commands()}};
  return groups;
}

const DotCommand* find_dot_command(std::string_view name) {
  for (const DotGroup& group : dot_groups())
    for (const DotCommand& command : group.commands)
      if (command.name == lower(name)) return &command;
  return nullptr;
}

UsageError no_such_dot_command(std::string_view name) {
  std::vector<std::string_view> names;
  for (const DotGroup& group : dot_groups())
    for (const DotCommand& command : group.commands)
      names.push_back(command.name);
  const std::string near = nearest_word(name, names);
  return UsageError(
      fmt::format("{} is no dot command{}", name,
                  near.empty() ? "; .help lists them" : fmt::format("; did you mean {}?", near)));
}

void run_dot_command(Session& session, std::string_view text, const std::string& source) {
  const std::size_t dot = text.find_first_not_of(kBlanks);
  const std::size_t end = std::min(text.find_first_of(kBlanks, dot), text.size());
  const std::string_view name = text.substr(dot, end - dot);
  const DotCommand* const command = find_dot_command(name);
  if (!command) throw no_such_dot_command(name);
  std::string statement(text);
  std::replace_if(
      statement.begin(), statement.begin() + static_cast<std::ptrdiff_t>(end),
      [](char c) { return c != '\n'; }, ' ');
  const DotCall call{session, *command, trimmed(text.substr(end)), statement, source};
  if (command->argument == DotArgument::None && !call.argument.empty()) throw call.usage();
  command->run(call);
}

void print_dot_commands(std::ostream& out) {
  constexpr std::size_t kWidth = 26;
  for (const DotGroup& group : dot_groups()) {
    out << group.title << '\n';
    for (const DotCommand& command : group.commands)
      out << fmt::format("  {:<{}} {}\n", usage_of(command), kWidth, command.summary);
  }
  out << "\nSPARQL statements end with a ; at the end of a line, or with an empty line.\n"
         ".help NAME shows examples of a command.\n";
}

void print_dot_command(std::ostream& out, const DotCommand& command) {
  out << fmt::format("{}\n  {}\n\nexamples:\n", usage_of(command), command.summary);
  std::string_view lines = command.example;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    out << "  " << lines.substr(0, end) << '\n';
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
}

std::vector<DotCommandText> dot_command_texts() {
  std::vector<DotCommandText> texts;
  for (const DotGroup& group : dot_groups())
    for (const DotCommand& command : group.commands)
      texts.push_back({.name = command.name,
                       .arguments = command.arguments,
                       .summary = command.summary,
                       .examples = command.example,
                       .in_scripts = true});
  return texts;
}

}  // namespace tripten::shell
