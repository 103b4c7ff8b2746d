// Searching bytes for a short text, 16 at a time.
#pragma once

#include <cstddef>
#include <string_view>

namespace tripten {

/// Whether `part` is somewhere in `text`.
bool contains_text(std::string_view text, std::string_view part);

/// Where `part` is first in `text`, ASCII letters of either case being the same; npos where it is
/// not. `part` has no capital ASCII letters.
std::size_t find_ignoring_case(std::string_view text, std::string_view part);

/// How many bytes at the beginning are none that JSON or N-Triples escape in a string: control
/// characters, U+007F, quotation mark and backslash.
std::size_t plain_bytes(std::string_view text);

bool is_ascii(std::string_view text);

}  // namespace tripten
