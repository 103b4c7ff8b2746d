#include "shell/read_statements.h"

#include <algorithm>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>

#include <unistd.h>

#include "shell/dot_commands.h"
#include "shell/exit_code.h"
#include "shell/history.h"
#include "shell/line_editor.h"
#include "shell/proposals.h"
#include "shell/report_error.h"

namespace tripten::shell {

namespace {

constexpr std::size_t kLongest = std::size_t{64} << 20;

/// Lines that have not become a statement yet.
class PendingLines {
 public:
  void add(const std::string& line) {
    text_ += line + '\n';
    progress_.take(line);
  }

  bool is_statement() const { return progress_.is_ended(); }

  /// The statements, at places as they are in the whole of the input.
  std::vector<ScriptStatement> take() {
    progress_ = StatementLines();
    std::vector<ScriptStatement> statements = splitter_.take(text_);
    text_.clear();
    return statements;
  }

  std::size_t size() const { return text_.size(); }

 private:
  std::string text_{};
  ScriptSplitter splitter_{};
  StatementLines progress_{};
};

}  // namespace

bool reads_from_terminal() {
  return isatty(STDIN_FILENO) == 1;
}

int read_from_pipe(Session& session) {
  PendingLines pending;
  int code = kDone;
  const auto run = [&] {
    for (const ScriptStatement& statement : pending.take()) {
      const int ended = session.run_reporting(statement, "standard input");
      if (ended != kDone) code = ended;
      if (session.is_over || ended == kInterrupted) return false;
    }
    return true;
  };
  std::string line;
  while (std::getline(std::cin, line)) {
    pending.add(line);
    if (pending.size() > kLongest) {
      report_error("standard input: longer than 64 MB is no statement");
      return kLimit;
    }
    if (pending.is_statement() && !run()) return code;
  }
  if (!run()) return code;
  if (session.in_transaction()) report_note("the open transaction is rolled back");
  return code;
}

namespace {

/// Runs all that was typed; the exit code where the shell ends. A statement that must not run, or
/// not to its end, because the shell is to end is an interrupted one.
std::optional<int> run_typed(Session& session, const std::vector<ScriptStatement>& statements) {
  for (const ScriptStatement& statement : statements) {
    session.begin_work();
    if (session.interrupts().must_end()) return kInterrupted;
    const int ended = session.run_reporting(statement, "");
    session.begin_work();
    if (session.is_over) return kDone;
    if (ended != kInterrupted) continue;
    if (session.interrupts().must_end()) return kInterrupted;
    break;
  }
  return session.interrupts().must_end() ? std::optional(kDone) : std::nullopt;
}

/// Where the last line of several is a dot command, which is none of a statement's: who typed it
/// forgot to end what is before. Otherwise the end of the text.
std::size_t begin_of_last_command(std::string_view text) {
  const std::size_t line = text.rfind('\n') + 1;  // npos + 1 is 0
  const std::size_t word = std::min(text.find_first_not_of(" \t", line), text.size());
  const std::string_view last = text.substr(word);
  const bool is_command = line > 0 && find_dot_command(last.substr(0, last.find_first_of(" \t")));
  return is_command ? line : text.size();
}

std::vector<ScriptStatement> statements_typed(std::string_view text) {
  const std::size_t command = begin_of_last_command(text);
  ScriptSplitter splitter;
  std::vector<ScriptStatement> statements = splitter.take(text.substr(0, command));
  std::ranges::move(splitter.take(text.substr(command)), std::back_inserter(statements));
  return statements;
}

/// Whether what was typed is a whole: it ended as statements do or, where its last line is empty,
/// nothing is missing at its end.
bool is_whole(const Session& session, const std::string& text) {
  if (begin_of_last_command(text) < text.size()) return true;
  StatementLines lines;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.take(std::string_view(text).substr(at, end - at));
    if (end == text.size()) break;
    at = end + 1;
  }
  if (lines.is_ended()) return true;
  const std::size_t last_line = text.find_last_not_of(" \t");
  if (last_line == std::string::npos || text[last_line] != '\n') return false;
  const std::size_t text_end = text.find_last_not_of(" \t\n");
  if (text_end == std::string::npos) return true;
  const std::string_view written = std::string_view(text).substr(0, text_end + 1);
  try {
    session.explain(written);
    return true;
  } catch (const Error& error) {
    // What is wrong before the end does not get right by more text.
    if (!error.position) return true;
    const auto breaks = std::count(written.begin(), written.end(), '\n');
    const std::size_t line_begin = written.rfind('\n') + 1;
    const auto columns =
        std::count_if(written.begin() + static_cast<std::ptrdiff_t>(line_begin), written.end(),
                      [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
    return *error.position <= Position(static_cast<int>(breaks) + 1, static_cast<int>(columns));
  }
}

std::string prompt_of(const Session& session) {
  return session.in_transaction() ? "tripten* " : "tripten> ";
}

/// With libedit; the exit code.
int read_edited(Session& session, History& history) {
  LineEditor editor(
      history, {.is_complete = [&](const std::string& text) { return is_whole(session, text); },
                .propose = [&](const std::string& text,
                               std::size_t cursor) { return proposals(session, text, cursor); },
                .end_descriptor = session.interrupts().end_descriptor()});
  for (std::string text;;) {
    switch (editor.read(prompt_of(session), text)) {
      case LineEditor::Outcome::Cleared:
        continue;
      case LineEditor::Outcome::Closed:
        std::cout << std::endl;
        return kDone;
      case LineEditor::Outcome::Text:
        break;
    }
    if (history.add(text)) editor.remember(history.entries().back());
    if (const auto code = run_typed(session, statements_typed(text))) return *code;
  }
}

/// Where the terminal can't move its cursor, or the answers don't go there; the exit code.
int read_plainly(Session& session, History& history) {
  std::string text, line;
  const auto prompt = [&](std::string_view what) { std::cerr << what << std::flush; };
  prompt(prompt_of(session));
  while (std::getline(std::cin, line)) {
    text += (text.empty() ? "" : "\n") + line;
    const bool is_blank = text.find_first_not_of(" \t\n") == std::string::npos;
    if (!is_blank && !is_whole(session, text)) {
      prompt("    ...> ");
      continue;
    }
    history.add(text);
    if (const auto code = run_typed(session, statements_typed(text))) return *code;
    text.clear();
    prompt(prompt_of(session));
  }
  std::cerr << std::endl;
  return kDone;
}

}  // namespace

int read_from_person(Session& session) {
  History history(History::file_of_user());
  session.history = &history.entries();
  const int code =
      LineEditor::is_possible() ? read_edited(session, history) : read_plainly(session, history);
  session.history = nullptr;
  if (session.in_transaction()) report_note("the open transaction is rolled back");
  return code;
}

}  // namespace tripten::shell
