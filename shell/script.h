// Scripts: a text cut into statements and dot commands.
//
// A statement ends at a `;` that is the last thing on its line (a comment may follow), outside
// braces, brackets, parentheses, strings and IRIs; the last one needs none. A line that begins with
// a dot, between statements, is a dot command; one that takes a statement goes on over lines while
// brackets are open. Comments between statements belong to the next one. Parameters that a line
// `# param: ...` declares are those of all statements after it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tripten::shell {

enum class StatementKind { Query, Update, DotCommand };

struct ScriptStatement {
  StatementKind kind = StatementKind::Query;
  /// Without the `;`. Where it has placeholders, lines `# param: ...` that came earlier in the
  /// script stand before it.
  std::string text;
  int line = 1;        ///< Of its first word.
  int first_line = 1;  ///< Of the text: places in it are places in the script.
  /// Whether its end was seen: the `;`, or the end of a dot command's line.
  bool is_ended = false;
};

/// Cuts a script that comes in pieces, each of them whole lines and whole statements. Never throws:
/// what is wrong with a statement is found when it runs.
class ScriptSplitter {
 public:
  std::vector<ScriptStatement> take(std::string_view lines);

 private:
  int line_ = 1;                             // of what comes next
  std::vector<std::string> declarations_{};  // of parameters
};

std::vector<ScriptStatement> split_script(std::string_view script);

/// Sees line after line whether a statement ends, in time proportional to the line.
class StatementLines {
 public:
  /// `line` without its end.
  void take(std::string_view line);
  /// Whether the last line ended a statement.
  bool is_ended() const { return ends_; }
  /// Brackets that are open.
  std::size_t depth() const { return static_cast<std::size_t>(depth_); }

 private:
  bool has_begun_ = false, is_dot_command_ = false, goes_on_ = false, ends_ = false;
  int depth_ = 0;   // of brackets
  char quote_ = 0;  // of the long string that the line ended in
};

/// Whether a dot command, with its dot, takes a statement that may go over lines.
bool takes_statement(std::string_view dot_command);

/// By its first keyword after PREFIX and BASE: INSERT, DELETE, LOAD, CLEAR, DROP, CREATE, ADD,
/// MOVE, COPY and WITH begin updates, anything else is taken as a query.
StatementKind kind_of_statement(std::string_view text);

}  // namespace tripten::shell
