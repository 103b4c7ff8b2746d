// IRIs: resolution and the characters that they may hold (RFC 3987, RFC 3986 §5).
#pragma once

#include <string>
#include <string_view>

namespace tripten {

/// Resolves `reference` against the absolute `base` (RFC 3986 §5.2, strict, dot segments removed).
std::string resolve_iri(std::string_view reference, std::string_view base);

/// Whether it starts with a scheme and a colon.
bool is_absolute_iri(std::string_view iri);

/// Whether every byte may stand in an IRIREF: none of 00-20 < > " { } | ^ ` \.
bool has_iri_characters(std::string_view iri);

}  // namespace tripten
