// Language tags: which spelling of a tag is kept.
//
// Case does not count in a tag: "x"@EN and "x"@en are one term (RDF 1.1 Concepts §3.3 has tags in
// lower case in the value space). Of the spellings Tripten keeps the one that RFC 5646 §2.1.1
// recommends: en, en-GB, zh-Hant, de-DE-x-goethe.
#pragma once

#include <string>
#include <string_view>

namespace tripten {

/// Appends the tag in its recommended spelling. It need not be a well-formed tag.
void append_language_tag(std::string_view tag, std::string& out);

/// Equality of language tags, without case (ASCII).
bool equal_tags(std::string_view a, std::string_view b);

/// Whether it is `[a-zA-Z]+ ('-' [a-zA-Z0-9]+)*` (LANGTAG of Turtle §6.5, without its `@`).
bool is_language_tag(std::string_view tag);

}  // namespace tripten
