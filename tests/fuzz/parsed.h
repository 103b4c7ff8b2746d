// Algebra that a parser has made, looked at from outside.
#pragma once

#include <string>
#include <vector>

#include "query/algebra/query.h"

namespace tripten {

/// Prints the pattern, and checks that its expressions, printed as SPARQL and parsed again, are the
/// same.
std::string checked_print(const GraphPattern& pattern);

/// The first word of each line of a printed pattern: what kind of node stands where.
std::vector<std::string> shape_of(const GraphPattern& pattern);

}  // namespace tripten
