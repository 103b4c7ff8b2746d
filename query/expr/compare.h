// Comparison of terms: equality by value, `<`, and the order of ORDER BY.
#pragma once

#include <compare>

#include "query/expr/evaluator.h"
#include "query/expr/query_terms.h"

namespace tripten {

/// `=` (§17.3 operator table): numbers, strings, booleans, dates by value; other terms as RDFterm-
/// equal, which is an error for two different literals whose datatypes it can't compare.
Truth equal_values(TermId left, TermId right, const QueryTerms& terms);
/// `<`: Error where the operator table has no entry.
Truth less_than(TermId left, TermId right, const QueryTerms& terms);

/// ORDER BY's order (§15.1), made total: unbound, blank nodes, IRIs, literals; literals that `<`
/// can compare by it, others by lexical form, datatype and language.
std::strong_ordering order_terms(TermId left, TermId right, const QueryTerms& terms);

}  // namespace tripten
