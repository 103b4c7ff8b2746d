// Whether two lists of tuples of terms are the same up to the names of their blank nodes.
//
// A graph is a list of triples, a dataset one of quads (RDF 1.1 Concepts §3.6), an answer a list of
// solutions; where order counts, the caller puts the place in front of every tuple.
#pragma once

#include <vector>

#include "tripten/term.h"

namespace tripten {

using Tuple = std::vector<Term>;

/// Both lists are multisets. Blank nodes are mapped one to one over the whole of both.
bool is_isomorphic(const std::vector<Tuple>& left, const std::vector<Tuple>& right);

}  // namespace tripten
