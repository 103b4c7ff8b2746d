// Statements that a reader gave, and what must hold of them.
#pragma once

#include <string_view>

#include "tripten/format.h"

namespace tripten {

/// Reads the text strictly and leniently; what was read strictly is read leniently too, and,
/// written as N-Quads and TriG, read again.
void check_rdf(std::string_view text, Format format);

}  // namespace tripten
