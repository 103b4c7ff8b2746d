// Every constant of a query, wherever it stands.
#pragma once

#include <functional>

#include "query/algebra/query.h"

namespace tripten {

/// Calls `visit` for each term: of patterns, paths, expressions, EXISTS, VALUES, templates, FROM.
/// Unbound terms (UNDEF) are among them; the IRIs of casts, being no terms, are not.
void for_each_term(Query& query, const std::function<void(Term&)>& visit);

/// What is known of a query without its constants.
struct QueryExtent {
  std::size_t bytes = 0;    ///< Of memory, about.
  bool has_places = false;  ///< A node names its place in the text.
};
QueryExtent extent_of(const Query& query);

}  // namespace tripten
