// Dot commands about what the data holds.
#include <algorithm>
#include <array>
#include <iostream>

#include <fmt/format.h>

#include "shell/count_lines.h"
#include "shell/describe.h"
#include "shell/dot_commands.h"
#include "shell/letter_case.h"
#include "shell/quantities.h"
#include "shell/report_error.h"
#include "shell/short_names.h"

namespace tripten::shell {

namespace {

/// Those whose name or label holds the argument.
template <typename Count>
void list(const DotCall& call, const std::vector<Count>& counts, std::string_view singular,
          std::string_view plural) {
  const ShortNames names(call.session.settings.prefixes);
  const std::string word = to_lower(call.argument);
  std::vector<CountLine> lines;
  for (const Count& count : counts) {
    CountLine line = count_line(count, [&](const Term& term) { return names.of(term); });
    if (to_lower(line.name).find(word) != std::string::npos ||
        to_lower(line.label).find(word) != std::string::npos)
      lines.push_back(std::move(line));
  }
  write_counts(std::cout, lines, "  ");
  if (!lines.empty()) return;
  std::cout << (word.empty() ? fmt::format("the database has no {}\n", plural)
                             : fmt::format("no {} has '{}' in its name or label; {} lists all\n",
                                           singular, printable(call.argument), call.command.name));
}

void classes(const DotCall& call) {
  list(call, call.session.data().info().classes, "class", "classes");
}

void predicates(const DotCall& call) {
  list(call, call.session.data().info().predicates, "predicate", "predicates");
}

/// Of a pattern, a class, or all quads.
void count(const DotCall& call) {
  const std::string& pattern = call.statement;
  const std::size_t first = pattern.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) {
    std::cout << with_separators(call.session.data().info().quads) << '\n';
    return;
  }
  const bool has_braces = pattern[first] == '{';
  const bool is_name = pattern.find_first_of(" \t\r\n{?$", first) == std::string::npos;
  const std::string before = std::string("SELECT (COUNT(*) AS ?count) ") +
                             (has_braces ? "" : "{ ") + (is_name ? "?instance a " : "");
  const std::string query = before + pattern + (has_braces ? "" : " }");
  const QueryOptions options = call.session.options();
  try {
    for (const Row& row : call.session.query(query)) {
      const std::uint64_t number = std::stoull(row["count"].value());
      std::cout << with_separators(number) << '\n';
      if (number > 0) continue;
      for (const std::string& sentence : call.session.data().unknown_names(query, options))
        report_note(sentence);
    }
  } catch (const Error& error) {
    if (!error.position || error.position->first != options.first_line) throw;
    const int column = error.position->second - static_cast<int>(before.size());
    throw Error(error.code, error.what(), {options.first_line, std::max(column, 1)});
  }
}

/// The only thing of that name; several are listed.
void describe(const DotCall& call) {
  if (call.argument.empty()) throw call.usage();
  Session& session = call.session;
  std::string name = call.argument;
  if (name.size() > 1 && name.front() == '"' && name.back() == '"')
    name = name.substr(1, name.size() - 2);
  const AnswerRequest request = session.answer_request();
  const std::vector<Term> things = things_named(session.data(), name, session.settings.prefixes);
  if (things.empty())
    throw Error(ErrorCode::NotFound,
                fmt::format("nothing is called {}; .search looks inside names and texts", name));
  if (things.size() > 1) {
    if (session.audience() == Audience::Person)
      report_note(fmt::format("several are called {}; .describe takes one of them", name));
    return session.answers.show(choices_of(things, request.ask), request);
  }
  const SolutionTable description = description_of(things[0], request.ask);
  const std::string thing = ShortNames(session.settings.prefixes).of(things[0]);
  if (description.rows.empty())
    throw Error(ErrorCode::NotFound, fmt::format("no quad has {}", thing));
  if (session.audience() == Audience::Person) report_note("this is " + thing);
  session.answers.show(description, request);
}

void search(const DotCall& call) {
  if (call.argument.empty()) throw call.usage();
  Session& session = call.session;
  const SearchResult result = session.data().search(call.argument, {.stop = session.stop()});
  if (result.found.empty()) {
    std::cout << fmt::format("no literal holds '{}'{}\n", printable(call.argument),
                             result.complete ? "" : ", as far as the time allowed to look");
    return;
  }
  SolutionTable table{.variables = {"thing", "predicate", "text"}};
  for (const Found& found : result.found)
    table.rows.push_back({found.subject, found.predicate, found.literal});
  session.answers.show(table, session.answer_request());
  if (!result.complete) std::cout << "there may be more\n";
}

void why(const DotCall& call) {
  const std::string text = call.statement_or_last();
  if (kind_of_statement(text) == StatementKind::Update)
    throw UsageError("updates have no answer; .why is for queries");
  QueryOptions options = call.session.options();
  constexpr std::chrono::seconds kPatience{20};
  if (options.timeout.count() == 0) options.timeout = kPatience;
  for (const std::string& sentence : call.session.data().why_empty(text, options).sentences())
    std::cout << printable(sentence) << '\n';
}

constexpr std::array kCommands{
    DotCommand{".classes", "[WORD]", "lists the classes and how many instances they have",
               ".classes\n.classes drug", DotArgument::Text, classes},
    DotCommand{".predicates", "[WORD]",
               "lists the predicates and how many quads, subjects and objects have them",
               ".predicates\n.predicates target", DotArgument::Text, predicates},
    DotCommand{".describe", "NAME",
               "shows what the data says of an IRI, a prefixed name or a label",
               ".describe PTEN\n.describe ncbigene:5728", DotArgument::Name, describe},
    DotCommand{".search", "WORDS", "finds labels and other literals that contain the words",
               ".search insulin receptor", DotArgument::Text, search},
    DotCommand{".why", "[QUERY]", "explains why a query, or the last one, has no solutions",
               ".why\n.why SELECT ?s { ?s a pf:Drugs }", DotArgument::Statement, why},
    DotCommand{".count", "[CLASS | PATTERN]", "counts quads, instances or solutions",
               ".count\n.count pf:Drug\n.count ?drug pf:targets ncbigene:5728",
               DotArgument::Statement, count}};

}  // namespace

std::span<const DotCommand> data_commands() {
  return kCommands;
}

}  // namespace tripten::shell
