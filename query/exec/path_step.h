// PathStep: a property path with its inverses pushed down to the links, ready to be walked.
//
//   ^(a/b*)   ─▶   sequence( zero-or-more(^b), ^a )
#pragma once

#include <vector>

#include "query/algebra/algebra.h"
#include "query/expr/query_terms.h"

namespace tripten {

struct PathStep {
  enum class Kind : std::uint8_t {
    Link,     ///< One triple with `predicate`.
    Negated,  ///< One triple with a predicate that is not in `excluded`.
    Sequence,
    Alternative,
    ZeroOrMore,
    OneOrMore,
    ZeroOrOne
  };
  Kind kind = Kind::Link;
  bool inverse = false;  ///< Link, Negated: from the triple's object to its subject.
  TermId predicate{};
  std::vector<TermId> excluded{};  ///< Ascending.
  std::vector<PathStep> parts{};
  std::size_t leaf = 0;  ///< Links and Negated ones are numbered from 0.
};

/// The path walked from its subject, or with `inverse` from its object. Paths nested more than 200
/// deep are Invalid.
PathStep compile_path(const PropertyPath& path, bool inverse, QueryTerms& terms);

/// Whether the path also connects nodes of the graph with themselves by no triple at all.
bool can_be_empty(const PathStep& step);

/// How often the path connects a term that is in no triple of the graph with itself. Paths of
/// length zero start at the nodes of the graph and at constants of the pattern (§18.4), so that
/// depends on which ends are constants.
std::uint64_t empty_walks(const PathStep& step, bool start_is_constant, bool end_is_constant);

}  // namespace tripten
