#include "rdf/number.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "rdf/floating.h"
#include "rdf/vocabulary.h"

namespace tripten {
namespace {

/// [+-]?[0-9]+
bool is_integer_form(std::string_view text) {
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_between(const Decimal& value, std::int64_t least, std::int64_t most) {
  return value >= Decimal(least) && value <= Decimal(most);
}

template <typename Integer>
bool is_value_of(const Decimal& value) {
  return is_between(value, std::numeric_limits<Integer>::min(),
                    std::numeric_limits<Integer>::max());
}

/// The value spaces of the types derived from xsd:integer (XSD 1.1 §3.4.13 to §3.4.25).
bool is_in_range(const Decimal& value, Datatype type) {
  switch (type) {
    case Datatype::NonPositiveInteger:
      return value.sign() <= 0;
    case Datatype::NegativeInteger:
      return value.sign() < 0;
    case Datatype::NonNegativeInteger:
      return value.sign() >= 0;
    case Datatype::PositiveInteger:
      return value.sign() > 0;
    case Datatype::Long:
      return is_value_of<std::int64_t>(value);
    case Datatype::Int:
      return is_value_of<std::int32_t>(value);
    case Datatype::Short:
      return is_value_of<std::int16_t>(value);
    case Datatype::Byte:
      return is_value_of<std::int8_t>(value);
    case Datatype::UnsignedLong: {
      static const Decimal kMost = *Decimal::parse("18446744073709551615");
      return value.sign() >= 0 && value <= kMost;
    }
    case Datatype::UnsignedInt:
      return is_value_of<std::uint32_t>(value);
    case Datatype::UnsignedShort:
      return is_value_of<std::uint16_t>(value);
    case Datatype::UnsignedByte:
      return is_value_of<std::uint8_t>(value);
    default:
      return true;
  }
}

NumericType common_type(const Number& a, const Number& b) {
  return std::max(a.type, b.type);
}

Number of_real(NumericType type, double value) {
  return type == NumericType::Float ? Number::of_float(static_cast<float>(value))
                                    : Number::of_double(value);
}

Number of_exact(NumericType type, Decimal value) {
  Number number;
  number.type = type;
  number.exact = std::move(value);
  return number;
}

/// The operand as its promoted type has it.
double promoted(const Number& value, NumericType to) {
  if (!value.is_exact()) return value.real;
  return to == NumericType::Float ? static_cast<double>(value.exact.to_float())
                                  : value.exact.to_double();
}

template <typename Exact, typename Real>
std::optional<Number> combine(const Number& a, const Number& b, Exact exact, Real real) {
  const NumericType type = common_type(a, b);
  if (type > NumericType::Decimal)
    // A float's sum, product and quotient, rounded from the double's, are the correctly rounded
    // ones: 53 bits are more than twice 24.
    return of_real(type, real(promoted(a, type), promoted(b, type)));
  std::optional<Decimal> result = exact(a.exact, b.exact);
  if (!result) return std::nullopt;
  return of_exact(type, std::move(*result));
}

template <typename Exact, typename Real>
Number transform(const Number& value, Exact exact, Real real) {
  if (value.is_exact()) return of_exact(value.type, exact(value.exact));
  return of_real(value.type, real(value.real));
}

}  // namespace

Number Number::of_integer(std::int64_t value) {
  return of_exact(NumericType::Integer, Decimal(value));
}
Number Number::of_integer(Decimal value) {
  return of_exact(NumericType::Integer, std::move(value));
}
Number Number::of_decimal(Decimal value) {
  return of_exact(NumericType::Decimal, std::move(value));
}
Number Number::of_float(float value) {
  Number number;
  number.type = NumericType::Float;
  number.real = static_cast<double>(value);
  return number;
}
Number Number::of_double(double value) {
  Number number;
  number.type = NumericType::Double;
  number.real = value;
  return number;
}

std::optional<Number> parse_number(std::string_view lexical, Datatype type) {
  if (type == Datatype::Double) {
    const auto value = parse_double(lexical);
    return value ? std::optional(Number::of_double(*value)) : std::nullopt;
  }
  if (type == Datatype::Float) {
    const auto value = parse_float(lexical);
    return value ? std::optional(Number::of_float(*value)) : std::nullopt;
  }
  const bool integer = is_integer_type(type);
  if (!integer && type != Datatype::Decimal) return std::nullopt;
  if (integer && !is_integer_form(lexical)) return std::nullopt;
  std::optional<Decimal> value = Decimal::parse(lexical);
  if (!value || (integer && !is_in_range(*value, type))) return std::nullopt;
  return of_exact(integer ? NumericType::Integer : NumericType::Decimal, std::move(*value));
}

std::string_view datatype_iri(NumericType type) {
  constexpr std::array<std::string_view, 4> kIris{kXsdInteger, kXsdDecimal, kXsdFloat, kXsdDouble};
  return kIris[static_cast<std::size_t>(type)];
}

void append_number(const Number& value, std::string& out) {
  switch (value.type) {
    case NumericType::Integer:
      value.exact.append_shortest(out);
      break;
    case NumericType::Decimal:
      value.exact.append_canonical(out);
      break;
    case NumericType::Float:
      append_float(static_cast<float>(value.real), out);
      break;
    case NumericType::Double:
      append_double(value.real, out);
  }
}

std::optional<Number> add(const Number& a, const Number& b) {
  return combine(
      a, b, [](const Decimal& x, const Decimal& y) { return x.plus(y); },
      [](double x, double y) { return x + y; });
}

std::optional<Number> subtract(const Number& a, const Number& b) {
  return combine(
      a, b, [](const Decimal& x, const Decimal& y) { return x.minus(y); },
      [](double x, double y) { return x - y; });
}

std::optional<Number> multiply(const Number& a, const Number& b) {
  return combine(
      a, b, [](const Decimal& x, const Decimal& y) { return x.times(y); },
      [](double x, double y) { return x * y; });
}

std::optional<Number> divide(const Number& a, const Number& b) {
  auto quotient = combine(
      a, b, [](const Decimal& x, const Decimal& y) { return x.divided_by(y); },
      [](double x, double y) { return x / y; });
  if (quotient && quotient->type == NumericType::Integer) quotient->type = NumericType::Decimal;
  return quotient;
}

Number negate(const Number& value) {
  return transform(
      value, [](const Decimal& x) { return x.negated(); }, [](double x) { return -x; });
}
Number absolute(const Number& value) {
  return transform(
      value, [](const Decimal& x) { return x.absolute(); }, [](double x) { return std::fabs(x); });
}
Number ceiling(const Number& value) {
  return transform(
      value, [](const Decimal& x) { return x.ceiling(); }, [](double x) { return std::ceil(x); });
}
Number floor(const Number& value) {
  return transform(
      value, [](const Decimal& x) { return x.floor(); }, [](double x) { return std::floor(x); });
}
Number round(const Number& value) {
  const auto real = [](double x) {
    const double whole = std::floor(x);
    // -0.5 <= x < 0 gives the negative zero.
    return std::copysign(x - whole >= 0.5 ? whole + 1 : whole, x);
  };
  return transform(
      value, [](const Decimal& x) { return x.rounded(); }, real);
}

std::partial_ordering compare(const Number& a, const Number& b) {
  const NumericType type = common_type(a, b);
  if (type <= NumericType::Decimal) return a.exact <=> b.exact;
  return promoted(a, type) <=> promoted(b, type);
}

std::weak_ordering order(const Number& a, const Number& b) {
  if (a.is_exact() && b.is_exact()) return a.exact <=> b.exact;
  if (a.is_nan() || b.is_nan()) return a.is_nan() <=> b.is_nan();
  const auto rough = a.to_double() <=> b.to_double();
  if (rough < 0) return std::weak_ordering::less;
  if (rough > 0) return std::weak_ordering::greater;
  if (a.is_exact() == b.is_exact()) return std::weak_ordering::equivalent;
  // Rounding keeps the order, so only values that round to the same double need the exact ones.
  if (std::isinf(a.to_double())) {
    // An exact number beyond the doubles lies between the largest one and infinity.
    return a.is_exact() == (a.to_double() > 0) ? std::weak_ordering::less
                                               : std::weak_ordering::greater;
  }
  return (a.is_exact() ? a.exact : Decimal::of_double(a.real)) <=>
         (b.is_exact() ? b.exact : Decimal::of_double(b.real));
}

}  // namespace tripten
