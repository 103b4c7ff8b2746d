// Dot commands about what the data holds.
#include <algorithm>
#include <array>
#include <iostream>

#include <fmt/format.h>

#include "shell/dot_commands.h"
#include "shell/quantities.h"
#include "shell/short_names.h"

namespace tripten::shell {

namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

/// A count, the name, the label; those whose name or label holds the argument.
template <typename Count>
void list(const DotCall& call, const std::vector<Count>& counts, std::string_view what) {
  const ShortNames names(call.session.settings.prefixes);
  const std::string word = lower(call.argument);
  std::size_t shown = 0;
  for (const Count& count : counts) {
    const std::string name = names.of(count.term);
    if (lower(name).find(word) == std::string::npos &&
        lower(count.label).find(word) == std::string::npos)
      continue;
    ++shown;
    std::cout << fmt::format("{:>14}  {}{}\n", with_separators(count.count), name,
                             count.label.empty() ? "" : "  " + printable(count.label));
  }
  if (shown > 0) return;
  std::cout << (word.empty() ? fmt::format("the database has no {}\n", what)
                             : fmt::format("no {} has '{}' in its name or label\n", what,
                                           printable(call.argument)));
}

void classes(const DotCall& call) {
  list(call, call.session.database().info().classes, "classes");
}

void predicates(const DotCall& call) {
  list(call, call.session.database().info().predicates, "predicates");
}

/// Of a pattern, a class, or all quads.
void count(const DotCall& call) {
  std::string pattern = call.statement;
  const std::size_t first = pattern.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) {
    std::cout << with_separators(call.session.database().info().quads) << '\n';
    return;
  }
  const bool has_braces = pattern[first] == '{';
  const bool is_name = pattern.find_first_of(" \t\r\n{?$", first) == std::string::npos;
  if (is_name) pattern = "?instance a " + pattern.substr(first);
  if (!has_braces) pattern = "{ " + pattern + " }";
  Result result = call.session.query("SELECT (COUNT(*) AS ?count) " + pattern);
  for (const Row& row : result)
    std::cout << with_separators(std::stoull(row["count"].value())) << '\n';
}

void describe(const DotCall& call) {
  if (call.argument.empty()) throw call.usage();
  Result result = call.session.query("DESCRIBE " + call.argument);
  call.session.show(result);
}

constexpr std::array kCommands{
    DotCommand{".classes", "[WORD]", "lists the classes and how many instances they have",
               ".classes\n.classes drug", DotArgument::Text, classes},
    DotCommand{".predicates", "[WORD]", "lists the predicates and how many quads have them",
               ".predicates\n.predicates target", DotArgument::Text, predicates},
    DotCommand{".describe", "NAME", "shows what the data says of an IRI or prefixed name",
               ".describe ncbigene:5728", DotArgument::Name, describe},
    DotCommand{".count", "[CLASS | PATTERN]", "counts quads, instances or solutions",
               ".count\n.count pf:Drug\n.count ?drug pf:targets ncbigene:5728",
               DotArgument::Statement, count}};

}  // namespace

std::span<const DotCommand> data_commands() {
  return kCommands;
}

}  // namespace tripten::shell
