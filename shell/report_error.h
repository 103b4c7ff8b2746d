// Errors as the program prints them: one line, and for a query the place with a caret.
#pragma once

#include <string_view>

#include "tripten/error.h"

namespace tripten::shell {

/// `error: ...` on standard error.
void report_error(std::string_view message);

/// The same for an error about `text` (a query, an update), which came from `source` (a file's
/// name; empty for the command line): the place in words, then the line with a caret under it. A
/// reader that has gone (`| head`) is not worth a line.
void report_error_in(const Error& error, std::string_view text, std::string_view source);

/// A note that does not stop anything, on standard error.
void report_note(std::string_view message);

/// Where the error concerns the opening of a database, `opening` makes the code 3.
int exit_code_of(const Error& error, bool opening);

}  // namespace tripten::shell
