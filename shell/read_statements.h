// Where the shell's statements come from: a person at a terminal, or a pipe.
#pragma once

#include "shell/session.h"

namespace tripten::shell {

/// Whether standard input is a terminal.
bool reads_from_terminal();

/// Runs statements as they are typed, until .quit or the end of the input; the exit code, which is
/// kInterrupted where SIGTERM or the closing of the terminal kept a statement from its end.
int read_from_person(Session& session);

/// Runs statements of standard input as they come, and goes on after errors; the exit code is that
/// of the last one that failed.
int read_from_pipe(Session& session);

}  // namespace tripten::shell
