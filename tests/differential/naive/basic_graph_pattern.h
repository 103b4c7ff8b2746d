// Basic graph pattern matching (SPARQL 1.1 §18.3).
#pragma once

#include "differential/naive/solution.h"

namespace tripten::naive {

/// Binds the place of a pattern to the term where that agrees with the solution and with the
/// values `given` (evaluate.h). False where it can't be.
bool match(const PatternTerm& place, const Term& term, const Solution& given, Solution& solution);

/// §18.3.1: the μ for which μ(P) is a subgraph of G. Blank nodes of the pattern are variables whose
/// names start with '.' here.
Solutions eval_bgp(const Bgp& pattern, const RdfGraph& graph, const Solution& given,
                   Effort& effort);

}  // namespace tripten::naive
