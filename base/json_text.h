// Strings of JSON (RFC 8259 §7).
#pragma once

#include <string>
#include <string_view>

namespace tripten {

/// Appends the text in quotes; quotes, backslashes and control characters escaped.
void append_json_string(std::string_view text, std::string& out);

}  // namespace tripten
