// Number: a value of XSD's numeric types and XPath's arithmetic on it (XPath Functions 3.1 §4).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "rdf/datatype.h"
#include "rdf/decimal.h"

namespace tripten {

/// In the order of promotion: of two operands both become the later one's type.
enum class NumericType : std::uint8_t { Integer, Decimal, Float, Double };

/// Integer and Decimal hold their value in `exact`, Float and Double in `real` (a Float's is always
/// one of xsd:float's values).
struct Number {
  NumericType type = NumericType::Integer;
  Decimal exact{};
  double real = 0;

  static Number of_integer(std::int64_t value);
  static Number of_integer(Decimal value);  ///< The value is an integer.
  static Number of_decimal(Decimal value);
  static Number of_float(float value);
  static Number of_double(double value);

  bool is_exact() const { return type <= NumericType::Decimal; }
  bool is_nan() const { return !is_exact() && real != real; }
  double to_double() const { return is_exact() ? exact.to_double() : real; }
};

/// The value of a literal of a numeric datatype; nothing where the lexical form is not of it or the
/// value outside of its range ("300"^^xsd:byte).
std::optional<Number> parse_number(std::string_view lexical, Datatype type);

std::string_view datatype_iri(NumericType type);
/// Appends the canonical lexical form of xsd:integer, decimal, float or double: 3, 3.0, 1.5E0.
void append_number(const Number& value, std::string& out);

/// Integers give integers, but for division: it gives decimals. Nothing: division by an exact zero,
/// or more digits than Decimal has.
std::optional<Number> add(const Number& a, const Number& b);
std::optional<Number> subtract(const Number& a, const Number& b);
std::optional<Number> multiply(const Number& a, const Number& b);
std::optional<Number> divide(const Number& a, const Number& b);
Number negate(const Number& value);
Number absolute(const Number& value);
Number round(const Number& value);  ///< Halves towards positive infinity.
Number ceiling(const Number& value);
Number floor(const Number& value);

/// op:numeric-equal and op:numeric-less-than after promotion; unordered with NaN.
std::partial_ordering compare(const Number& a, const Number& b);
/// The order of the exact values, which is transitive over all types; NaN is above all and equal to
/// itself, -0 equal to 0.
std::weak_ordering order(const Number& a, const Number& b);

}  // namespace tripten
