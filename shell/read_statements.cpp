#include "shell/read_statements.h"

#include <iostream>
#include <string>

#include <unistd.h>

#include "shell/exit_code.h"
#include "shell/report_error.h"

namespace tripten::shell {

namespace {

constexpr std::size_t kLongest = std::size_t{64} << 20;

/// Lines that have not become a statement yet.
class PendingLines {
 public:
  void add(const std::string& line) {
    text_ += line + '\n';
    ++lines_;
    progress_.take(line);
  }

  bool is_statement() const { return progress_.is_ended(); }

  /// The statements, at places as they are in the whole of the input.
  std::vector<ScriptStatement> take() {
    progress_ = StatementLines();
    std::vector<ScriptStatement> statements = split_script(text_);
    // The lines before a statement take time: after many they are no longer counted.
    constexpr std::size_t kMostCounted = 10'000;
    text_.assign(lines_ < kMostCounted ? lines_ : 0, '\n');
    return statements;
  }

  std::size_t size() const { return text_.size(); }

 private:
  std::string text_{};
  std::size_t lines_ = 0;
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

int read_from_person(Session& session) {
  return read_from_pipe(session);
}

}  // namespace tripten::shell
