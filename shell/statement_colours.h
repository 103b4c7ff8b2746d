// Colours of statements as they are typed.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace tripten::shell {

enum class Colour : std::uint8_t { None, Keyword, Variable, Name, String, Number, Comment, Dot };

/// The escape sequence (ECMA-48 SGR) that begins a colour.
std::string_view sequence_of(Colour colour);

/// A colour for every byte of SPARQL, or a dot command; of texts that are not finished or wrong
/// too.
std::vector<Colour> colours_of(std::string_view text);

/// Whether colours are wanted on this terminal: neither NO_COLOR nor TERM=dumb.
bool wants_colours();

}  // namespace tripten::shell
