// What the standard streams are connected to.
#pragma once

#include <cstddef>

namespace tripten::shell {

bool output_is_terminal();
bool error_is_terminal();
/// Whether whoever read standard output has gone, as `| head` goes.
bool output_is_closed();
/// Whether the terminal understands more than text: TERM is set, and not to `dumb`.
bool terminal_obeys();
/// Columns of the terminal behind standard output; 0 where there is none.
std::size_t terminal_width();

}  // namespace tripten::shell
