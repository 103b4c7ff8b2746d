// Prefixes that mappings of tables may use without declaring them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace tripten {

/// Prefixes beyond the known ones: those that a mapping declares.
using Prefixes = std::map<std::string, std::string, std::less<>>;

/// The IRI of `prefix:local` where the prefix is declared, or known, or known in other case: data
/// write `DOID:1324` and `chebi:15422` as they like. Nothing for anything else (`https://...`).
/// CSVW's own prefixes come first: `dc` is `http://purl.org/dc/terms/` here, `dc11` is what it is
/// in queries.
std::optional<std::string> expand_compact_iri(std::string_view text, const Prefixes& declared);

}  // namespace tripten
