// Session: a database with what a person or a script has set, over many statements.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "tripten/tripten.h"

#include "shell/answers.h"
#include "shell/interrupts.h"
#include "shell/query_options.h"
#include "shell/query_progress.h"
#include "shell/script.h"

namespace tripten::shell {

/// Who reads what a session prints.
enum class Audience {
  Person,  ///< Answers for the eyes, notes of what was done.
  Script   ///< The same bytes on every run.
};

class Session {
 public:
  Session(Database database, std::string name, QuerySettings settings, Interrupts interrupts,
          Audience audience);

  /// Runs a statement or a dot command and prints its answer. `source` is what notes call the text;
  /// empty for one that was typed.
  void run(const ScriptStatement& statement, const std::string& source);
  /// The same; what is wrong is reported, and comes back as an exit code. A script's command that
  /// failed has said so.
  int run_reporting(const ScriptStatement& statement, const std::string& source);

  // ---- for dot commands ----

  /// In the open transaction, or the database as it is.
  Result query(std::string_view text, bool profile = false) const;
  Changes update(std::string_view text);
  /// Of a query or an update; nothing runs.
  std::string explain(std::string_view text) const;
  /// Shows the answer to a query that began now or at `began`.
  using Clock = std::chrono::steady_clock;
  void show(Result& result, Clock::time_point began = Clock::now());
  /// What showing answers needs.
  AnswerRequest answer_request();

  Database& database() { return database_; }
  /// What queries see now: the database, with the changes of the open transaction.
  Snapshot data() const { return transaction_ ? transaction_->view() : database_.snapshot(); }
  /// The directory, or ":memory:".
  const std::string& name() const { return name_; }

  /// Takes another database in place of the one at hand. Invalid in a transaction.
  void open(const std::string& directory, bool read_only);

  void begin();
  void commit();
  void rollback();
  bool in_transaction() const { return transaction_.has_value(); }
  /// Throws where a transaction is open: `what` can't be done in one.
  void refuse_in_transaction(std::string_view what) const;

  /// What statements run with: the settings, and the prefixes of everybody for a person's.
  QueryOptions options() const;
  /// After Ctrl-C ended what was at work.
  void begin_work() { interrupts_.begin_work(); }
  std::stop_token stop() const { return interrupts_.stop(); }
  const Interrupts& interrupts() const { return interrupts_; }
  Audience audience() const { return audience_; }

  QuerySettings settings;
  Answers answers;
  bool is_read_only = false;
  bool timer = false;
  bool goes_on = false;          ///< Scripts go on after an error.
  bool is_over = false;          ///< Set by .quit.
  int script_depth = 0;          ///< Of .read.
  std::string script_folder{};   ///< Of the script that runs, for .read.
  std::string last_statement{};  ///< The last query or update.
  const std::vector<std::string>* history =
      nullptr;  ///< What was typed in this session and before.

 private:
  class StatementScope;
  void run_update(const ScriptStatement& statement, const std::string& source);
  void run_query(const ScriptStatement& statement, const std::string& source);

  Database database_;
  std::string name_;

  Interrupts interrupts_;
  Audience audience_;
  const StatementProgress* progress_ = nullptr;  // of the statement that runs
  int first_line_ = 1;                           // of its text
  std::optional<Transaction> transaction_{};     // after database_: it ends first
};

}  // namespace tripten::shell
