// Text of a terminal: UTF-8 as wide characters and back, and how many columns they take.
#pragma once

#include <string>
#include <string_view>

namespace tripten::shell {

/// Bytes that are no UTF-8 become U+FFFD.
std::wstring wide(std::string_view utf8);
std::string utf8(std::wstring_view text);

/// Columns of a text; control characters take none.
std::size_t columns_of(std::wstring_view text);
/// The beginning of a text that fits, with … where something is left out.
std::wstring cut_to(std::wstring_view text, std::size_t columns);

}  // namespace tripten::shell
