// Answers written as RDF: the vocabulary of the first working group's tests,
// http://www.w3.org/2001/sw/DataAccess/tests/result-set#.
#pragma once

#include <optional>

#include "w3c/answer.h"

namespace tripten {

/// Nothing where the graph holds no rs:ResultSet.
std::optional<Answer> result_set_of(const Quads& graph);

}  // namespace tripten
