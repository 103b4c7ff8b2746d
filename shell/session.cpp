#include "shell/session.h"

#include <chrono>
#include <iostream>
#include <new>
#include <utility>

#include <fmt/format.h>

#include "shell/dot_commands.h"
#include "shell/exit_code.h"
#include "shell/open_database.h"
#include "shell/quantities.h"
#include "shell/report_error.h"
#include "shell/run_script.h"
#include "shell/terminal.h"

namespace tripten::shell {

Session::Session(Database database, std::string name, QuerySettings query_settings,
                 Interrupts interrupts, Audience audience)
    : settings(std::move(query_settings)),
      answers({.timer = audience == Audience::Person, .remembers = true}),
      database_(std::move(database)),
      name_(std::move(name)),
      interrupts_(std::move(interrupts)),
      audience_(audience) {}

QueryOptions Session::options() const {
  QueryOptions options = settings.options(stop());
  options.first_line = first_line_;
  // What everybody knows needs no note each time.
  if (audience_ == Audience::Person && !settings.strict)
    for (const auto& [prefix, iri] : known_prefixes())
      if (!settings.prefixes.contains(prefix)) options.prefixes.emplace_back(prefix, iri);
  return options;
}

Result Session::query(std::string_view text, bool profile) const {
  QueryOptions with = options();
  with.profile = profile;
  if (progress_) with.progress = progress_->function();
  return transaction_ ? transaction_->query(text, with) : database_.query(text, with);
}

Changes Session::update(std::string_view text) {
  QueryOptions with = options();
  if (progress_) with.progress = progress_->function();
  if (!transaction_) return database_.update(text, with);
  try {
    return transaction_->update(text, with);
  } catch (const Error&) {
    try {
      transaction_->query("ASK {}");
    } catch (const Error&) {  // half an update is not kept, nor what was before it
      rollback();
      report_note("the transaction is rolled back");
    }
    throw;
  }
}

std::string Session::explain(std::string_view text) const {
  if (kind_of_statement(text) == StatementKind::Update)
    return data().explain_update(text, options());
  return query(text).explain();
}

AnswerRequest Session::answer_request() {
  return {.ask =
              [this](std::string_view text) {
                const QueryOptions with{.timeout = settings.timeout, .stop = stop()};
                return transaction_ ? transaction_->query(text, with) : database_.query(text, with);
              },
          .stop = stop()};
}

void Session::show(Result& result, Clock::time_point began) {
  AnswerRequest request = answer_request();
  request.began = began;
  answers.show(result, request);
}

void Session::open(const std::string& directory, bool read_only) {
  refuse_in_transaction("another database can't be opened");
  // The one at hand is let go first: it may be the same.
  const std::string before = name_;
  database_ = Database::in_memory();
  try {
    database_ = read_only ? open_for_reading(directory, settings.memory)
                          : open_for_writing(directory, settings.memory);
    name_ = directory;
    is_read_only = read_only;
  } catch (const Error&) {
    if (before != ":memory:")
      database_ = is_read_only ? open_for_reading(before, settings.memory)
                               : open_for_writing(before, settings.memory);
    throw;
  }
}

void Session::begin() {
  refuse_in_transaction("another one can't begin");
  transaction_ = database_.begin();
}

void Session::commit() {
  if (!transaction_) throw UsageError("no transaction is open; .begin opens one");
  Transaction ending = std::move(*transaction_);
  transaction_.reset();
  ending.commit();
}

void Session::rollback() {
  if (!transaction_) throw UsageError("no transaction is open; .begin opens one");
  transaction_.reset();
}

void Session::refuse_in_transaction(std::string_view what) const {
  if (transaction_)
    throw UsageError(
        fmt::format("a transaction is open, and {}; .commit or .rollback ends it", what));
}

void Session::run_update(const ScriptStatement& statement, const std::string& source) {
  const Changes changes = update(statement.text);
  report_changes(changes, source, transaction_ ? " (in the open transaction)" : "");
}

void Session::run_query(const ScriptStatement& statement, const std::string& source) {
  const Clock::time_point began = Clock::now();
  Result result = query(statement.text);
  for (const std::string& note : result.notes())
    report_note(note, source);
  show(result, began);
  // An empty answer is often a name that is not there.
  if (audience_ != Audience::Person || result.is_boolean() || result.rows_read() > 0) return;
  const std::vector<std::string> unknown = data().unknown_names(statement.text, options());
  for (const std::string& sentence : unknown)
    report_note(sentence);
  if (unknown.empty()) report_note(".why explains why there are no solutions");
}

/// The progress and the place of one statement; a script that is read has those of each of its own.
class Session::StatementScope {
 public:
  StatementScope(Session& session, const ScriptStatement& statement)
      : session_(session),
        outer_(std::exchange(session.progress_, &progress_)),
        outer_line_(std::exchange(session.first_line_, statement.first_line)) {}
  ~StatementScope() {
    session_.progress_ = outer_;
    session_.first_line_ = outer_line_;
  }
  StatementScope(const StatementScope&) = delete;
  StatementScope& operator=(const StatementScope&) = delete;

 private:
  StatementProgress progress_{};
  Session& session_;
  const StatementProgress* outer_;
  int outer_line_;
};

void Session::run(const ScriptStatement& statement, const std::string& source) {
  const StatementScope scope(*this, statement);
  if (statement.kind == StatementKind::DotCommand)
    return run_dot_command(*this, statement.text, source);
  const Clock::time_point start = Clock::now();
  last_statement = statement.text;
  if (statement.kind == StatementKind::Update)
    run_update(statement, source);
  else
    run_query(statement, source);
  if (timer) std::cerr << fmt::format("time: {}\n", readable_duration(Clock::now() - start));
}

namespace {

/// Whether places in errors are places in its text, and not in a file that it names.
bool holds_sparql(const ScriptStatement& statement) {
  const std::string_view text = statement.text;
  return statement.kind != StatementKind::DotCommand || text.starts_with('#') ||
         takes_statement(text.substr(0, text.find_first_of(" \t\r\n")));
}

}  // namespace

int Session::run_reporting(const ScriptStatement& statement, const std::string& source) {
  const auto report = [&](const std::string& message) {
    report_error(source.empty() ? message
                                : fmt::format("{}, line {}: {}", source, statement.line, message));
  };
  try {
    run(statement, source);
    std::cout.flush();
    return kDone;
  } catch (const ScriptFailed& failed) {
    return failed.code;
  } catch (const Error& error) {
    std::cout.clear();
    if (error.position && holds_sparql(statement))
      report_error_in(error, statement.text, source, statement.first_line);
    else if (error.code != ErrorCode::Io || !output_is_closed())
      report(error.what());
    return exit_code_of(error, false);
  } catch (const UsageError& error) {
    report(error.what());
    return kFailed;
  } catch (const std::bad_alloc&) {
    report("the machine's memory is used up");
    return kLimit;
  }
}

}  // namespace tripten::shell
