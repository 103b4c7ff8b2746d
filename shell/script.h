// Scripts: a text cut into statements and dot commands.
//
// A statement ends at a `;` that is the last thing on its line (a comment may follow), outside
// braces, brackets, parentheses, strings and IRIs; the last one needs none. A line that begins with
// a dot, between statements, is a dot command. Comments between statements belong to the next one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tripten::shell {

enum class StatementKind { Query, Update, DotCommand };

struct ScriptStatement {
  StatementKind kind = StatementKind::Query;
  /// Without the `;`. Begins with as many line breaks as lines precede it in the script, so that
  /// places in errors are places in the script.
  std::string text;
  int line = 1;  ///< Of its first word.
};

/// Never throws: what is wrong with a statement is found when it runs.
std::vector<ScriptStatement> split_script(std::string_view script);

/// By its first keyword after PREFIX and BASE: INSERT, DELETE, LOAD, CLEAR, DROP, CREATE, ADD,
/// MOVE, COPY and WITH begin updates, anything else is taken as a query.
StatementKind kind_of_statement(std::string_view text);

}  // namespace tripten::shell
