// Dot commands about the shell itself: help, history, the end.
#include <array>
#include <charconv>
#include <iostream>

#include <fmt/format.h>

#include "shell/dot_commands.h"
#include "shell/short_names.h"
#include "shell/terminal.h"

namespace tripten::shell {

namespace {

void help(const DotCall& call) {
  if (call.argument.empty()) return print_dot_commands(std::cout, terminal_width());
  const std::string name = (call.argument.starts_with('.') ? "" : ".") + call.argument;
  const DotCommand* const command = find_dot_command(name);
  if (!command && print_dot_commands_about(std::cout, call.argument, terminal_width())) return;
  if (!command) throw no_such_dot_command(name);
  print_dot_command(std::cout, *command);
}

void history(const DotCall& call) {
  const std::vector<std::string> none;
  const std::vector<std::string>& entries = call.session.history ? *call.session.history : none;
  std::size_t most = 20;
  if (call.argument == "all") {
    most = entries.size();
  } else if (!call.argument.empty()) {
    const char* const end = call.argument.data() + call.argument.size();
    const auto [rest, failure] = std::from_chars(call.argument.data(), end, most);
    if (failure != std::errc() || rest != end) throw call.usage();
  }
  for (std::size_t i = entries.size() - std::min(most, entries.size()); i < entries.size(); ++i)
    std::cout << printable(entries[i]) << '\n';
}

void quit(const DotCall& call) {
  call.session.is_over = true;
}

constexpr std::array kCommands{
    DotCommand{".help", "[COMMAND|WORD]",
               "lists the dot commands, those about a word, or examples of one",
               ".help\n.help prefixes\n.help file", DotArgument::Command, help},
    DotCommand{".history", "[N|all]", "shows the statements typed last", ".history\n.history 100",
               DotArgument::Text, history},
    DotCommand{".quit", "", "leaves; so does Ctrl-D", ".quit", DotArgument::None, quit},
    DotCommand{".exit", "", "leaves, as .quit", ".exit", DotArgument::None, quit}};

}  // namespace

std::span<const DotCommand> shell_commands() {
  return kCommands;
}

}  // namespace tripten::shell
