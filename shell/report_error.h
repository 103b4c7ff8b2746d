// Errors as the program prints them: one line, and for a query the place with a caret. Notes, and
// what updates changed.
#pragma once

#include <string_view>

#include "tripten/tripten.h"

namespace tripten::shell {

/// `error: ...` on standard error.
void report_error(std::string_view message);

/// The same for an error about `text` (a query, an update), which came from `source` (a file's
/// name; empty for the command line), from that line on: the place in words, then the line with a
/// caret under it. A reader that has gone (`| head`) is not worth a line.
void report_error_in(const Error& error, std::string_view text, std::string_view source,
                     int first_line = 1);

/// A note that does not stop anything, on standard error; `source` as above.
void report_note(std::string_view message, std::string_view source = "");

/// The notes of an update, and how much it `inserted` and `deleted`, on standard error. Behind the
/// numbers goes `remark`.
void report_changes(const Changes& changes, std::string_view source = "",
                    std::string_view remark = "");

/// Where the error concerns the opening of a database, `opening` makes the code 3.
int exit_code_of(const Error& error, bool opening);

}  // namespace tripten::shell
