// UsedPrefixes: those of the known prefixes that a graph has IRIs for.
#pragma once

#include <map>
#include <string>
#include <unordered_set>

#include "query/expr/query_terms.h"

namespace tripten {

/// Ids may come often; a term is looked at once.
class UsedPrefixes {
 public:
  explicit UsedPrefixes(const QueryTerms& terms) : terms_(terms) {}

  void add(TermId id);
  /// Prefix → IRI, for prefixes that some IRI starts with.
  const std::map<std::string, std::string>& prefixes() const { return used_; }

 private:
  const QueryTerms& terms_;
  std::map<std::string, std::string> used_{};
  std::unordered_set<TermId> seen_{};
  std::string scratch_{};
};

}  // namespace tripten
