#include "shell/dot_commands.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <ostream>

#include <fmt/format.h>

#include "shell/letter_case.h"
#include "shell/nearest_word.h"

namespace tripten::shell {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin));
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

/// Words in the columns from `indent` to before the last of `width`; the first line goes on at
/// column `at`.
void print_wrapped(std::ostream& out, std::string_view text, std::size_t at, std::size_t indent,
                   std::size_t width) {
  for (bool is_first = true; !text.empty(); is_first = false) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (!is_first && width > 0 && at + 1 + end >= width) {
      out << '\n' << std::string(indent, ' ');
      at = indent;
    } else if (!is_first) {
      out << ' ';
      ++at;
    }
    out << text.substr(0, end);
    at += end;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  out << '\n';
}

/// The command's use, and what it does beside it or, where there is no room, below.
void print_line(std::ostream& out, const DotCommand& command, std::size_t width) {
  constexpr std::size_t kSummary = 28, kLeast = 32, kBelow = 6;
  const std::string usage = "  " + usage_of(command);
  out << usage;
  if (width > 0 && width < kSummary + kLeast) {
    out << '\n' << std::string(kBelow, ' ');
    return print_wrapped(out, command.summary, kBelow, kBelow, width);
  }
  const std::size_t gap = usage.size() + 1 < kSummary ? kSummary - usage.size() : 2;
  out << std::string(gap, ' ');
  print_wrapped(out, command.summary, usage.size() + gap, kSummary, width);
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
  const std::string word = to_lower(argument);
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
  const std::string lower = to_lower(name);
  for (const DotGroup& group : dot_groups())
    for (const DotCommand& command : group.commands)
      if (command.name == lower) return &command;
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
  std::size_t dot = text.find_first_not_of(kBlanks);
  while (text[dot] == '#')  // declarations of parameters
    dot = text.find('\n', dot) + 1;
  const std::size_t end = std::min(text.find_first_of(kBlanks, dot), text.size());
  const std::string_view name = text.substr(dot, end - dot);
  const DotCommand* const command = find_dot_command(name);
  if (!command) throw no_such_dot_command(name);
  std::string statement(text);
  std::fill_n(statement.begin() + static_cast<std::ptrdiff_t>(dot), name.size(), ' ');
  const DotCall call{session, *command, trimmed(text.substr(end)), statement, source};
  if (command->argument == DotArgument::None && !call.argument.empty()) throw call.usage();
  command->run(call);
}

void print_dot_commands(std::ostream& out, std::size_t width) {
  for (const DotGroup& group : dot_groups()) {
    out << group.title << '\n';
    for (const DotCommand& command : group.commands)
      print_line(out, command, width);
  }
  out << '\n';
  for (const std::string_view hint :
       {"SPARQL statements end with a ; at the end of a line, or with an empty line.",
        ".help NAME shows examples of a command, .help WORD finds those about it.",
        "New data? .classes, .search WORD and .describe NAME show what it holds; Tab completes."})
    print_wrapped(out, hint, 0, 0, width);
}

bool print_dot_commands_about(std::ostream& out, std::string_view word, std::size_t width) {
  bool found = false;
  const std::string wanted = to_lower(word);
  for (const DotGroup& group : dot_groups())
    for (const DotCommand& command : group.commands) {
      const std::string help =
          to_lower(fmt::format("{} {} {}", usage_of(command), command.summary, command.example));
      if (help.find(wanted) == std::string::npos) continue;
      print_line(out, command, width);
      found = true;
    }
  return found;
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
                       .group = group.title});
  return texts;
}

}  // namespace tripten::shell
