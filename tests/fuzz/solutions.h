// Solutions that a reader gave, and what must hold of them.
#pragma once

#include <string_view>

#include "tripten/format.h"

namespace tripten {

/// Reads the text as a result document, at once and in pieces; what is read is the same when it has
/// been written in the same format and read again.
void check_solutions(std::string_view text, Format format);

}  // namespace tripten
