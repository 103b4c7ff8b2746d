// Values of the numeric datatypes and XPath's arithmetic on them (SPARQL 1.1 §17.1, §17.3), by
// means of this file's own: 128-bit decimals and the machine's doubles.
#pragma once

#include <compare>
#include <optional>
#include <string>

#include "tripten/term.h"

namespace tripten::naive {

__extension__ using Digits = __int128;  // not in ISO C++

/// In the order of promotion.
enum class NumericType { Integer, Decimal, Float, Double };

/// Integer and Decimal are digits * 10^-scale; Float and Double are `real`.
struct Number {
  NumericType type = NumericType::Integer;
  Digits digits = 0;
  int scale = 0;
  double real = 0;

  bool is_exact() const { return type <= NumericType::Decimal; }
  bool is_zero() const { return is_exact() ? digits == 0 : real == 0; }
  double as_double() const;
};

/// The value of a literal of a numeric datatype; nothing for other terms and ill-typed literals.
/// Throws TooMuchWork for more digits than these functions have.
std::optional<Number> number_of(const Term& term);
/// Whether the term's datatype is numeric, whatever its lexical form.
bool has_numeric_datatype(const Term& term);
/// The value of a lexical form of xsd:integer, decimal, float or double.
std::optional<Number> parse_number(const std::string& lexical, NumericType type);
/// The literal in its canonical form.
Term term_of(const Number& number);
/// As a cast to xsd:string writes it (XPath Functions §17.1.2).
std::string string_of(const Number& number);

Number add(const Number& a, const Number& b);
Number subtract(const Number& a, const Number& b);
Number multiply(const Number& a, const Number& b);
/// Nothing: an error. Integers give a decimal.
std::optional<Number> divide(const Number& a, const Number& b);
Number negate(Number number);
Number absolute(const Number& number);
enum class Rounding { Floor, Ceiling, HalfUp, Truncate };
/// To an integer of the same type.
Number rounded(const Number& number, Rounding rounding);
std::partial_ordering compare(const Number& a, const Number& b);
/// Nothing for INF and NaN.
std::optional<Number> promoted(const Number& number, NumericType type);

}  // namespace tripten::naive
