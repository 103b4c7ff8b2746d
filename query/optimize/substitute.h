// Substitution: a pattern in which variables have values already (§18.6, substitute).
#pragma once

#include <map>

#include "query/algebra/algebra.h"

namespace tripten {

using Substitution = std::map<Variable, Term>;

enum class SubstitutionScope : std::uint8_t {
  Visible,    ///< EXISTS: a sub-SELECT's variables that it does not give out are others.
  Everywhere  ///< A binding made before the query runs: the name means the value all over.
};

/// The pattern with each variable's value in its place: in triple patterns, paths, GRAPH and
/// expressions. Where a triple pattern, path or GRAPH had the variable, its solutions still bind it
/// (to the value), so that OPTIONAL, MINUS, projection and grouping mean what they meant. VALUES
/// and BIND of such a variable keep the solutions that agree with the value.
GraphPattern substitute(GraphPattern pattern, const Substitution& values, SubstitutionScope scope);

/// The expression with values in place of variables; BOUND of one is true.
Expression substitute(Expression expression, const Substitution& values, SubstitutionScope scope);

}  // namespace tripten
