#include "shell/proposals.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "shell/dot_commands.h"
#include "shell/quantities.h"
#include "shell/short_names.h"

namespace tripten::shell {

namespace {

constexpr std::string_view kBlanks = " \t\n";
constexpr std::size_t kMostFiles = 200;

/// Those of the words that begin with the bytes before the cursor.
Choices beginning_with(std::string_view text, std::size_t from, std::size_t cursor,
                       const std::vector<Choices::Choice>& words) {
  Choices found{.from = from, .length = cursor - from};
  const std::string_view typed = text.substr(from, cursor - from);
  for (const Choices::Choice& word : words)
    if (std::string_view(word.text).starts_with(typed)) found.choices.push_back(word);
  if (found.choices.size() == 1 && !found.choices[0].text.ends_with('/'))
    found.choices[0].text += ' ';
  return found;
}

std::vector<Choices::Choice> names_of_commands(bool with_dot) {
  std::vector<Choices::Choice> names;
  for (const DotGroup& group : dot_groups())
    for (const DotCommand& command : group.commands)
      names.push_back(
          {std::string(command.name.substr(with_dot ? 0 : 1)), std::string(command.summary)});
  std::ranges::sort(names, {}, &Choices::Choice::text);
  return names;
}

/// The entries of the folder that a typed path is in.
std::vector<Choices::Choice> files_at(std::string_view typed) {
  const std::size_t slash = typed.rfind('/');
  const std::string folder(slash == std::string_view::npos ? "" : typed.substr(0, slash + 1));
  std::string opened = folder.empty() ? "." : folder;
  if (const char* home = std::getenv("HOME"); opened.starts_with("~/") && home)
    opened = home + opened.substr(1);
  const bool wants_hidden = typed.substr(folder.size()).starts_with('.');
  std::vector<Choices::Choice> files;
  std::error_code failure;
  for (std::filesystem::directory_iterator entry(opened, failure), end;
       !failure && entry != end && files.size() < kMostFiles; entry.increment(failure)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with('.') != wants_hidden || printable(name) != name) continue;
    std::error_code ignored;
    files.push_back({folder + name + (entry->is_directory(ignored) ? "/" : "")});
  }
  std::ranges::sort(files, {}, &Choices::Choice::text);
  return files;
}

std::vector<Choices::Choice> words(std::string_view list) {
  std::vector<Choices::Choice> result;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(' '), list.size());
    result.push_back({std::string(list.substr(0, end))});
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return result;
}

/// What is known of a proposal of the library, for people.
std::string note_of(const Proposal& proposal) {
  static constexpr std::array kKinds{"",      "function", "variable", "prefix", "predicate",
                                     "class", "graph",    "",         ""};
  std::string note;
  const auto add = [&](const std::string& part) {
    if (part.empty()) return;
    note += (note.empty() ? "" : "  ") + part;
  };
  add(printable(proposal.label));
  if (proposal.count > 0) add((proposal.estimated ? "~" : "") + with_separators(proposal.count));
  add(kKinds[static_cast<std::size_t>(proposal.kind)]);
  return note;
}

/// SPARQL: `text` from `begin` on, with nothing before it.
Choices of_statement(Session& session, std::string_view text, std::size_t begin,
                     std::size_t cursor) {
  CompletionOptions options{.strict = session.settings.strict};
  options.prefixes = session.settings.prefixes;
  const Completion completion =
      session.data().complete(text.substr(begin), cursor - begin, options);
  Choices found{.from = completion.from + begin, .length = completion.length};
  for (const Proposal& proposal : completion.proposals)
    found.choices.push_back({printable(proposal.text), note_of(proposal)});
  if (found.choices.size() == 1 && completion.proposals[0].kind != ProposalKind::Prefix &&
      completion.proposals[0].kind != ProposalKind::Function)
    found.choices[0].text += ' ';
  return found;
}

/// A literal of a completion without its quotes; nothing where escapes are in it.
std::string text_of_literal(std::string_view written) {
  const std::size_t end = written.rfind('"');
  if (!written.starts_with('"') || end == 0 || written.find('\\') != std::string_view::npos)
    return "";
  return std::string(written.substr(1, end - 1));
}

/// Names of things that begin with what is typed between `begin` and the cursor.
Choices of_label(Session& session, std::string_view text, std::size_t begin, std::size_t cursor) {
  const std::string typed(text.substr(begin, cursor - begin));
  Choices found{.from = begin, .length = cursor - begin};
  if (typed.find_first_of("\"\\") != std::string::npos) return found;
  for (const char* predicate : {"rdfs:label", "skos:prefLabel", "schema:name", "dcterms:title"}) {
    const std::string query = fmt::format("SELECT ?s {{ ?s {} \"{}", predicate, typed);
    for (const Proposal& proposal : session.data().complete(query, query.size()).proposals) {
      const std::string label = text_of_literal(proposal.text);
      const bool is_new =
          std::ranges::find(found.choices, label, &Choices::Choice::text) == found.choices.end();
      if (proposal.kind == ProposalKind::Literal && label.starts_with(typed) && is_new &&
          printable(label) == label)
        found.choices.push_back({label});
    }
    if (!found.choices.empty()) break;
  }
  return found;
}

/// What DESCRIBE takes, and labels.
Choices of_name(Session& session, std::string_view text, std::size_t end, std::size_t cursor) {
  const std::size_t begin = text.find_first_not_of(kBlanks, end);
  if (begin >= cursor) return {};
  const std::string_view typed = text.substr(begin, cursor - begin);
  if (!typed.starts_with('<') && typed.find(':') == std::string_view::npos)
    if (Choices labels = of_label(session, text, begin, cursor); !labels.choices.empty())
      return labels;
  constexpr std::string_view kDescribe = "DESCRIBE ";
  const std::string query = std::string(kDescribe) + std::string(typed);
  Choices found = of_statement(session, query, 0, query.size());
  found.from = found.from + begin - kDescribe.size();
  std::erase_if(found.choices, [](const Choices::Choice& choice) {
    return choice.text.find(':') == std::string::npos;  // a name, no keyword
  });
  return found;
}

Choices of_dot_command(Session& session, std::string_view text, std::size_t dot,
                       std::size_t cursor) {
  const std::size_t end = std::min(text.find_first_of(kBlanks, dot), text.size());
  if (cursor <= end) return beginning_with(text, dot, cursor, names_of_commands(true));
  const DotCommand* const command = find_dot_command(text.substr(dot, end - dot));
  if (!command) return {};
  const std::size_t blank = text.find_last_of(kBlanks, cursor - 1);
  const std::size_t word = blank == std::string_view::npos ? cursor : blank + 1;
  switch (command->argument) {
    case DotArgument::File:
      return beginning_with(text, word, cursor, files_at(text.substr(word, cursor - word)));
    case DotArgument::Format:
      return beginning_with(text, word, cursor, words(kAnswerFormats));
    case DotArgument::Switch:
      return beginning_with(text, word, cursor, words("on off"));
    case DotArgument::Command:
      return beginning_with(text, word, cursor, names_of_commands(false));
    case DotArgument::Name:
      return of_name(session, text, end, cursor);
    case DotArgument::Statement:
      return of_statement(session, text, end, cursor);
    default:
      return {};
  }
}

}  // namespace

Choices proposals(Session& session, std::string_view text, std::size_t cursor) {
  try {
    const std::size_t begin = text.find_first_not_of(kBlanks);
    if (begin != std::string_view::npos && begin < cursor && text[begin] == '.')
      return of_dot_command(session, text, begin, cursor);
    return of_statement(session, text, 0, cursor);
  } catch (const Error&) {  // nothing to propose is no reason to stop somebody who types
    return {};
  }
}

}  // namespace tripten::shell
