// UsedPrefixes: those of the known prefixes, and of others, that a graph has IRIs for.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_set>

#include "query/expr/query_terms.h"

namespace tripten {

/// Ids may come often; a term is looked at once.
class UsedPrefixes {
 public:
  /// Of the others those count, too, that datatypes begin with.
  explicit UsedPrefixes(const QueryTerms& terms, std::map<std::string, std::string> others = {});

  void add(TermId id);
  /// Prefix → IRI, for prefixes that some IRI starts with.
  const std::map<std::string, std::string>& prefixes() const { return used_; }

 private:
  void add_those_of(const std::map<std::string, std::string>& candidates, std::string_view iri);

  const QueryTerms& terms_;
  std::map<std::string, std::string> others_;
  std::map<std::string, std::string> used_{};
  std::unordered_set<TermId> seen_{};
  std::string scratch_{};
};

}  // namespace tripten
