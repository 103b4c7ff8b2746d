// What the tab key proposes in the shell: dot commands and their arguments, names of files, and
// for SPARQL what the grammar and the data know (tripten/completion.h).
#pragma once

#include <string_view>

#include "shell/line_editor.h"
#include "shell/session.h"

namespace tripten::shell {

/// `cursor` is in bytes.
Choices proposals(Session& session, std::string_view text, std::size_t cursor);

}  // namespace tripten::shell
