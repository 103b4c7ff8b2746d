// Literals whose value fits into a TermId.
//
// A literal is inlined only when its lexical form is the canonical one (or, for doubles, the plain
// one that most data has), so that the id alone gives the exact term back. Payloads, 60 bits,
// ordered inside a kind as the values are:
//
//   Boolean   0 or 1
//   Integer   value + 2^59                              canonical: -?[1-9][0-9]* or 0
//   Decimal   value * 10^8 + 2^59                       canonical: at least one digit on each side
//                                                       of the point, no other trailing zero: 1.0
//   Double    the upper 60 bits of the IEEE 754 double, sign bit flipped (all bits, if negative);
//             only where the lower 4 bits are zero      canonical: XSD 1.0 §3.2.5.2, 1.5E0
//   Date      (day from 0000-03-01 + 2^40) * 2^12 + zone
//   DateTime  (milliseconds UTC + 2^46) * 2^12 + zone   fraction: none, or 1-3 digits without
//                                                       trailing zero
//   GYear     (year + 2^40) * 2^12 + zone
//   PlainDouble  (value * 10^8 + 2^58) * 2, and 1 more where there is a point; only where value *
//             10^8 has at most 53 bits: the quotient then rounds once, to the double that is meant.
//                                                       form: that of Decimal or Integer
//   zone      0: none; else minutes east of UTC + 841 (Z is +841 and written Z)
//
// A Date's day is the local one. Values of different zone compare as XPath says, not as ids.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "rdf/statement.h"
#include "storage/term_id.h"

namespace tripten {

/// The id of a literal that has an inline one; nothing for all other terms.
std::optional<TermId> inline_id(const TermView& term);

/// Appends the lexical form of an inline id.
void append_inline_lexical(TermId id, std::string& out);

/// The datatype's IRI of an inline id.
std::string_view inline_datatype(TermId id);

/// Direct access for arithmetic and comparison; the id must be of that kind.
std::int64_t inline_integer(TermId id);
double inline_double(TermId id);  ///< Of both kinds of doubles.
bool inline_boolean(TermId id);
/// The decimal's value times 10^8.
std::int64_t inline_decimal_scaled(TermId id);

/// Ids of values, where they fit.
std::optional<TermId> inline_integer_id(std::int64_t value);
std::optional<TermId> inline_double_id(double value);
TermId inline_boolean_id(bool value);

}  // namespace tripten
