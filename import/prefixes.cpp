// The initial context of CSV on the Web (RDFa's), then what Tripten knows in queries.
#include "import/prefixes.h"

#include "base/letter_case.h"
#include "rdf/known_prefixes.h"

namespace tripten {

namespace {

/// What the initial context has beyond the known prefixes, or else than they: `dc`.
Prefixes initial_context() {
  return {
      {"as", "https://www.w3.org/ns/activitystreams#"},
      {"cc", "http://creativecommons.org/ns#"},
      {"csvw", "http://www.w3.org/ns/csvw#"},
      {"ctag", "http://commontag.org/ns#"},
      {"dc", "http://purl.org/dc/terms/"},
      {"dc11", "http://purl.org/dc/elements/1.1/"},
      {"dcat", "http://www.w3.org/ns/dcat#"},
      {"dctypes", "http://purl.org/dc/dcmitype/"},
      {"dqv", "http://www.w3.org/ns/dqv#"},
      {"duv", "https://www.w3.org/ns/duv#"},
      {"gr", "http://purl.org/goodrelations/v1#"},
      {"grddl", "http://www.w3.org/2003/g/data-view#"},
      {"ical", "http://www.w3.org/2002/12/cal/icaltzd#"},
      {"ldp", "http://www.w3.org/ns/ldp#"},
      {"ma", "http://www.w3.org/ns/ma-ont#"},
      {"oa", "http://www.w3.org/ns/oa#"},
      {"og", "http://ogp.me/ns#"},
      {"org", "http://www.w3.org/ns/org#"},
      {"qb", "http://purl.org/linked-data/cube#"},
      {"rdfa", "http://www.w3.org/ns/rdfa#"},
      {"rev", "http://purl.org/stuff/rev#"},
      {"rif", "http://www.w3.org/2007/rif#"},
      {"rr", "http://www.w3.org/ns/r2rml#"},
      {"sd", "http://www.w3.org/ns/sparql-service-description#"},
      {"sioc", "http://rdfs.org/sioc/ns#"},
      {"skosxl", "http://www.w3.org/2008/05/skos-xl#"},
      {"time", "http://www.w3.org/2006/time#"},
      {"v", "http://rdf.data-vocabulary.org/#"},
      {"vcard", "http://www.w3.org/2006/vcard/ns#"},
      {"wdr", "http://www.w3.org/2007/05/powder#"},
      {"wrds", "http://www.w3.org/2007/05/powder-s#"},
      {"xhv", "http://www.w3.org/1999/xhtml/vocab#"},
      {"xml", "http://www.w3.org/XML/1998/namespace"},
  };
}

const Prefixes& known() {
  static const Prefixes kPrefixes = [] {
    Prefixes all = initial_context();
    all.insert(known_prefixes().begin(), known_prefixes().end());  // those there stay
    return all;
  }();
  return kPrefixes;
}

}  // namespace

std::optional<std::string> expand_compact_iri(std::string_view text, const Prefixes& declared) {
  std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || text.substr(colon + 1).starts_with("//"))
    return std::nullopt;
  std::string_view prefix = text.substr(0, colon), local = text.substr(colon + 1);
  auto with = [&](const Prefixes& prefixes, std::string_view name) -> std::optional<std::string> {
    auto found = prefixes.find(name);
    if (found == prefixes.end()) return std::nullopt;
    return found->second + std::string(local);
  };
  if (auto iri = with(declared, prefix)) return iri;
  if (auto iri = with(known(), prefix)) return iri;
  return with(known(), to_ascii_lower(prefix));
}

}  // namespace tripten
