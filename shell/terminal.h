// What the standard streams are connected to.
#pragma once

#include <cstddef>

namespace tripten::shell {

bool output_is_terminal();
bool error_is_terminal();
/// Columns of the terminal behind standard output; 0 where there is none.
std::size_t terminal_width();

}  // namespace tripten::shell
