// SparqlNames: terms as a query would write them, and back.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tripten/term.h"

namespace tripten {

using Prefixes = std::map<std::string, std::string>;  ///< Prefix → IRI.

/// Immutable.
class SparqlNames {
 public:
  explicit SparqlNames(Prefixes prefixes);
  /// Those of `own` and, where they do not name something else, the known ones.
  static SparqlNames with_known(Prefixes own);

  const Prefixes& prefixes() const { return prefixes_; }

  /// `schema:mentions`, `<http://...>`, `"PTEN"@en`, `2021`. Characters that a terminal would obey
  /// are escaped, so that the text may be shown as well as run.
  std::string text(const Term& term) const;
  std::string iri_text(std::string_view iri) const;
  /// What a text of one term means: `a`, `schema:mentions`, `<http://...>`; a quoted literal or
  /// number; nothing for anything else.
  std::optional<Term> term(std::string_view text) const;
  /// The IRI of a prefixed name, or of its beginning.
  std::optional<std::string> expanded(std::string_view prefixed) const;

 private:
  Prefixes prefixes_;
  std::vector<std::pair<std::string, std::string>> namespaces_{};  // IRI, prefix; longest first
};

/// The part behind the last `#`, `/` or `:`.
std::string_view local_name(std::string_view iri);
/// The part before it, that character included.
std::string_view namespace_of(std::string_view iri);

}  // namespace tripten
