// A pattern as the text of a SPARQL 1.1 query: what SERVICE sends. (LATERAL, which SPARQL 1.1 has
// not, is sent as it was written.)
//
// The text is written from the algebra, not cut out of the user's query: prefixes, relative IRIs
// and blank nodes are settled there, and values that were substituted are in it. Every node becomes
// a group, or an element of one, that §18.2.2 translates back into it: IRIs are written out, blank
// nodes and whatever else translation named itself become variables that the pattern has not.
#pragma once

#include <string>
#include <vector>

#include "query/algebra/algebra.h"

namespace tripten {

/// SELECT of `variables` (none of them hidden) over the pattern joined with `values`, whose
/// variables are the pattern's; no variables there, no VALUES. A SELECT of no variables selects a
/// constant, so that its rows can be counted.
std::string select_text(const GraphPattern& pattern, const std::vector<Variable>& variables,
                        const Values& values);

/// Whether another database can be told the term: no blank node, and no IRI with characters that
/// SPARQL has no writing for.
bool can_be_sent(const Term& term);

}  // namespace tripten
