// TypedValue: what a term means to SPARQL's operators.
#pragma once

#include <compare>
#include <string_view>
#include <variant>

#include "rdf/datatype.h"
#include "rdf/date_time.h"
#include "rdf/duration.h"
#include "rdf/number.h"
#include "rdf/statement.h"

namespace tripten {

/// In the order in which ORDER BY sorts terms that `<` can't compare.
enum class ValueClass : std::uint8_t {
  Unbound,
  Blank,
  Iri,
  Number,
  Boolean,
  String,  ///< xsd:string.
  Tagged,  ///< rdf:langString.
  Temporal,
  Duration,
  IllTyped,  ///< A literal of a known datatype whose lexical form is not of it.
  Unknown    ///< A literal of any other datatype.
};

/// A term with its value, which views the term's bytes.
struct TypedValue {
  ValueClass value_class = ValueClass::Unbound;
  TermView term{};
  std::variant<std::monostate, bool, Number, DateTime, Duration> value{};

  bool boolean() const { return std::get<bool>(value); }
  const Number& number() const { return std::get<Number>(value); }
  const DateTime& date_time() const { return std::get<DateTime>(value); }
  const Duration& duration() const { return std::get<Duration>(value); }
};

TypedValue value_of(const TermView& term);

/// The kind of a date or time type: Datatype::DateTimeStamp's is DateTime.
TemporalKind temporal_kind_of(Datatype type);

/// The boolean of a lexical form of xsd:boolean: true, false, 1, 0.
std::optional<bool> parse_boolean(std::string_view lexical);

/// The order of two dates or times of one kind (XSD 1.1 §D.2.2): where only one has a time zone,
/// the other's may be anything from -14:00 to +14:00, and the order is `unordered` where that
/// decides.
std::partial_ordering compare(const DateTime& a, const DateTime& b);
/// The same with UTC for the missing time zone.
std::weak_ordering order(const DateTime& a, const DateTime& b);

}  // namespace tripten
