// The prefixes that need no declaration in queries and mappings (docs/vocabulary.md).
#pragma once

#include <map>
#include <string>

namespace tripten {

/// Prefix → IRI, of the RDF world and of the biomedical sources that Tripten reads.
const std::map<std::string, std::string>& known_prefixes();

}  // namespace tripten
