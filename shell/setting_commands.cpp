// Dot commands that set what later statements run with. Without an argument they say what is set.
#include <array>
#include <iostream>

#include <fmt/format.h>

#include "shell/dot_commands.h"
#include "shell/quantities.h"
#include "shell/report_error.h"
#include "shell/short_names.h"

namespace tripten::shell {

namespace {

/// Sets a switch, or says how it stands.
void set(const DotCall& call, bool& what) {
  if (const std::optional<bool> to = call.on_or_off())
    what = *to;
  else
    std::cout << (what ? "on" : "off") << '\n';
}

void timer(const DotCall& call) {
  set(call, call.session.timer);
  if (!call.argument.empty()) call.session.answers.settings.timer = call.session.timer;
}

void strict(const DotCall& call) {
  set(call, call.session.settings.strict);
}

void timeout(const DotCall& call) {
  auto& limit = call.session.settings.timeout;
  if (call.argument.empty())
    std::cout << (limit.count() == 0 ? "off" : readable_duration(limit)) << '\n';
  else if (call.argument == "off" || call.argument == "none")
    limit = std::chrono::milliseconds(0);
  else
    limit = parse_duration(call.argument);
}

void list_prefixes(const DotCall& call) {
  std::map<std::string, std::string> prefixes = call.session.settings.prefixes;
  if (!call.session.settings.strict)
    prefixes.insert(known_prefixes().begin(), known_prefixes().end());
  std::size_t width = 0;
  for (const auto& [prefix, iri] : prefixes)
    width = std::max(width, prefix.size() + 1);
  for (const auto& [prefix, iri] : prefixes)
    std::cout << fmt::format("{:<{}}  <{}>\n", prefix + ":", width, printable(iri));
}

bool is_iri_reference(std::string_view word) {
  return word.size() > 2 && word.front() == '<' && word.back() == '>' &&
         word.find_first_of(" \t<>\"{}|^`\\", 1) == word.size() - 1;
}

/// `.prefixes`, `.prefixes add ex: <http://ex.org/>`.
void prefixes(const DotCall& call) {
  std::vector<std::string> words = call.words();
  if (words.empty()) return list_prefixes(call);
  if (words[0] == "add") words.erase(words.begin());
  if (words.size() != 2 || !words[0].ends_with(':') || !is_iri_reference(words[1]))
    throw call.usage();
  // The parser knows what a prefix and an IRI may be.
  call.session.explain(fmt::format("PREFIX {} {} ASK {{}}", words[0], words[1]));
  words[0].pop_back();
  call.session.settings.prefixes[words[0]] = words[1].substr(1, words[1].size() - 2);
  call.session.answers.settings.prefixes = call.session.settings.prefixes;
}

/// `.params`, `.params name=value`, `.params name value`, `.params clear [name]`.
void params(const DotCall& call) {
  auto& parameters = call.session.settings.parameters;
  const std::string& argument = call.argument;
  if (argument.empty()) {
    for (const auto& [name, value] : parameters)
      std::cout << printable(name) << '=' << printable(value) << '\n';
    if (parameters.empty() && call.session.audience() == Audience::Person)
      report_note("no parameter is set; .params gene=PTEN sets {{gene}} and ?gene");
    return;
  }
  const std::size_t end = std::min(argument.find_first_of("= \t"), argument.size());
  const std::string name = argument.substr(0, end);
  const std::size_t begin = argument.find_first_not_of(" \t", end + (end < argument.size()));
  const std::string value = begin == std::string::npos ? "" : argument.substr(begin);
  if (name == "clear" && (end == argument.size() || argument[end] != '=')) {
    if (value.empty())
      parameters.clear();
    else if (parameters.erase(value) == 0)
      throw UsageError(fmt::format("no parameter is called {}", value));
    return;
  }
  if (name.empty() || end == argument.size()) throw call.usage();
  parameters[name.starts_with('?') || name.starts_with('$') ? name.substr(1) : name] = value;
}

constexpr std::array kCommands{
    DotCommand{".timer", "[on|off]", "shows the time of each statement", ".timer on",
               DotArgument::Switch, timer},
    DotCommand{".timeout", "[TIME|off]", "ends statements after this time",
               ".timeout 30s\n.timeout off", DotArgument::Text, timeout},
    DotCommand{".strict", "[on|off]", "SPARQL 1.1 alone: no known prefixes, no lenient forms",
               ".strict on", DotArgument::Switch, strict},
    DotCommand{".params", "[NAME=VALUE | clear [NAME]]",
               "lists and sets values of {{NAME}} or ?NAME",
               ".params gene=PTEN\n.params\n.params clear", DotArgument::Text, params},
    DotCommand{".prefixes", "[add PREFIX: <IRI>]", "lists the prefixes, or adds one",
               ".prefixes add ex: <http://ex.org/>\n.prefixes", DotArgument::Prefix, prefixes}};

}  // namespace

std::span<const DotCommand> setting_commands() {
  return kCommands;
}

}  // namespace tripten::shell
