// The list of choices under a text that is edited.
#pragma once

#include <string>
#include <vector>

#include "shell/line_editor.h"
#include "shell/screen_text.h"

namespace tripten::shell {

/// What all the choices begin with.
std::string common_beginning(const std::vector<Choices::Choice>& choices);

/// What to write so that choices stand under a text whose last row is `rows_below` under the
/// cursor's, and the cursor is where it was. `chosen` is shown as such; at most `most` lines.
std::string menu_text(const std::vector<Choices::Choice>& choices, std::size_t chosen,
                      ScreenPlace cursor, std::size_t rows_below, std::size_t columns,
                      std::size_t most);

/// What to write so that nothing is left under the text.
std::string menu_removal(ScreenPlace cursor, std::size_t rows_below);

}  // namespace tripten::shell
