// Script files, run in a session.
#pragma once

#include <string>

#include "shell/session.h"

namespace tripten::shell {

/// A script within a script failed, and its error was reported.
struct ScriptFailed {
  int code;  ///< The exit code.
};

/// Runs the statements of a file, "-" for standard input; the exit code of the first error, at
/// which it ends but with Session::goes_on. Throws where the file can't be read.
int run_script(Session& session, const std::string& file);

}  // namespace tripten::shell
