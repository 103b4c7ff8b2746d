// Ctrl-C and SIGTERM as a stop token.
#pragma once

#include <stop_token>

namespace tripten::shell {

/// Call once, before any thread starts: from now on the first SIGINT or SIGTERM requests a stop on
/// the token that is returned, the second ends the process with 130. SIGPIPE is ignored: writing to
/// a closed pipe is an error of the stream.
std::stop_token watch_interrupts();

}  // namespace tripten::shell
