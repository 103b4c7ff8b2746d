// Comparison of ids: by the ids alone where they suffice, else by the decoded values.
#include "query/expr/compare.h"

#include "query/expr/comparison.h"

namespace tripten {
namespace {

template <typename Compare>
auto compare_decoded(TermId left, TermId right, const QueryTerms& terms, Compare compare) {
  std::string left_bytes, right_bytes;
  return compare(value_of(terms.get(left, left_bytes)), value_of(terms.get(right, right_bytes)));
}

}  // namespace

Truth equal_values(TermId left, TermId right, const QueryTerms& terms) {
  if (const auto known = equal_ids(left, right)) return *known;
  return compare_decoded(left, right, terms, [](const TypedValue& a, const TypedValue& b) {
    return equal_values(a, b);
  });
}

Truth less_than(TermId left, TermId right, const QueryTerms& terms) {
  if (const auto known = less_ids(left, right)) return *known;
  if (left.kind() == IdKind::String && terms.order_by_ids(left, right))
    return left < right ? Truth::True : Truth::False;
  return compare_decoded(left, right, terms,
                         [](const TypedValue& a, const TypedValue& b) { return less_than(a, b); });
}

std::strong_ordering order_terms(TermId left, TermId right, const QueryTerms& terms) {
  if (const auto known = order_ids(left, right)) return *known;
  if (terms.order_by_ids(left, right)) return left <=> right;
  return compare_decoded(left, right, terms, [](const TypedValue& a, const TypedValue& b) {
    return order_values(a, b);
  });
}

}  // namespace tripten
