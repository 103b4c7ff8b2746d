// The one exception type of Tripten, and what a caller may do about each kind of failure.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace tripten {

/// Why a call failed. A program decides by the code; a person reads what().
enum class ErrorCode {
  Syntax,     ///< The text of a query, an update or a file is not what its grammar says.
  Invalid,    ///< Well-formed, but it makes no sense: an unknown format, an undeclared prefix.
  NotFound,   ///< A file, a database or a column that does not exist.
  Io,         ///< The operating system refused: permission, disk full, broken pipe.
  Corrupt,    ///< A database is damaged, of a newer version, or no database at all.
  Busy,       ///< Another process holds the database for writing.
  Cancelled,  ///< A stop was requested.
  Limit,      ///< A limit of time, memory or disk was reached.
  Internal    ///< A defect of Tripten itself.
};

/// A place in a text: line and column, both counted from 1; columns count code points.
using Position = std::pair<int, int>;

/// The only exception this library throws. what() is a sentence written for the user.
struct Error : std::runtime_error {
  Error(ErrorCode why, const std::string& what) : std::runtime_error(what), code(why) {}
  Error(ErrorCode why, const std::string& what, Position where)
      : std::runtime_error(what),
        code(why),
        position(where) {}
  ErrorCode code;
  std::optional<Position> position{};  ///< Where in the text, for ErrorCode::Syntax and Invalid.
};

}  // namespace tripten
