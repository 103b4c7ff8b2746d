// Comparison of values once they are decoded, and of ids where decoding can be spared.
#pragma once

#include <compare>
#include <optional>

#include "query/expr/evaluator.h"
#include "rdf/typed_value.h"
#include "storage/term_id.h"

namespace tripten {

/// `=` of §17.3: the same term is equal; values of known datatypes compare by value, and are
/// different where their kinds are; a literal of an unknown datatype, or an ill-typed one, may be
/// equal to any other but a language-tagged string: Error.
Truth equal_values(const TypedValue& left, const TypedValue& right);
/// `<` of §17.3: numbers, strings, booleans, dates and times of one kind, durations of one kind;
/// all else is an Error.
Truth less_than(const TypedValue& left, const TypedValue& right);
/// The order of compare.h's order_terms().
std::strong_ordering order_values(const TypedValue& left, const TypedValue& right);

/// The same from ids alone; nothing where the terms must be looked at.
std::optional<Truth> equal_ids(TermId left, TermId right);
std::optional<Truth> less_ids(TermId left, TermId right);
std::optional<std::strong_ordering> order_ids(TermId left, TermId right);
/// Of any of =, !=, <, >, <= and >=.
std::optional<Truth> compare_ids(Function function, TermId left, TermId right);

}  // namespace tripten
