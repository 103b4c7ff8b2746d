// What libxml2 says of a document, in a user's words.
#pragma once

#include <string>
#include <string_view>

namespace tripten {

/// libxml2's most frequent messages reworded; of the others the first line. `is_at_end`: libxml2
/// had nothing left to read when it said so.
std::string reworded_xml_message(std::string_view message, bool is_at_end);

}  // namespace tripten
