#include "differential/naive/number.h"

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

#include "differential/naive/solution.h"

namespace tripten::naive {

namespace {

const std::string kXsd = "http://www.w3.org/2001/XMLSchema#";

Digits times(Digits a, Digits b) {
  Digits product = 0;
  if (__builtin_mul_overflow(a, b, &product)) throw TooMuchWork();
  return product;
}
Digits plus(Digits a, Digits b) {
  Digits sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) throw TooMuchWork();
  return sum;
}

/// The number's digits at a larger scale.
Digits digits_at(const Number& number, int scale) {
  Digits digits = number.digits;
  for (int i = number.scale; i < scale; ++i)
    digits = times(digits, 10);
  return digits;
}

Number normal(Number number) {
  while (number.scale > 0 && number.digits % 10 == 0) {
    number.digits /= 10;
    --number.scale;
  }
  return number;
}

Number exact(NumericType type, Digits digits, int scale) {
  return normal({.type = type, .digits = digits, .scale = scale});
}

Number real(NumericType type, double value) {
  return {
      .type = type,
      .real = type == NumericType::Float ? static_cast<double>(static_cast<float>(value)) : value};
}

/// Both operands as the later one's type (XPath §B.1).
NumericType common_type(const Number& a, const Number& b) {
  return std::max(a.type, b.type);
}
double as(const Number& number, NumericType type) {
  const double value = number.as_double();
  return type == NumericType::Float ? static_cast<double>(static_cast<float>(value)) : value;
}

std::string digits_text(Digits value) {
  if (value == 0) return "0";
  const bool negative = value < 0;
  std::string text;
  for (; value != 0; value /= 10)
    text.insert(text.begin(), static_cast<char>('0' + std::abs(static_cast<int>(value % 10))));
  return negative ? "-" + text : text;
}

/// Digits with a point where there is a fraction.
std::string plain_text(const Number& number) {
  std::string text = digits_text(number.digits);
  if (number.scale == 0) return text;
  const bool negative = text[0] == '-';
  if (negative) text.erase(0, 1);
  const auto scale = static_cast<std::size_t>(number.scale);
  if (text.size() <= scale) text.insert(0, scale + 1 - text.size(), '0');
  text.insert(text.size() - scale, ".");
  return negative ? "-" + text : text;
}

/// The fewest digits that give the value back: "1.5e+00".
std::string shortest(const Number& number, std::chars_format format) {
  std::array<char, 400> buffer{};
  const auto [end, error] =
      number.type == NumericType::Float
          ? std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                          static_cast<float>(number.real), format)
          : std::to_chars(buffer.data(), buffer.data() + buffer.size(), number.real, format);
  return {buffer.data(), end};
}

/// The canonical form of xsd:double: 1.5E0.
std::string scientific_text(const Number& number) {
  if (std::isnan(number.real)) return "NaN";
  if (std::isinf(number.real)) return number.real > 0 ? "INF" : "-INF";
  const std::string text = shortest(number, std::chars_format::scientific);
  const std::size_t e = text.find('e');
  std::string mantissa = text.substr(0, e);
  if (mantissa.find('.') == std::string::npos) mantissa += ".0";
  return mantissa + "E" + std::to_string(std::stoi(text.substr(e + 1)));
}

/// The type of a datatype IRI, derived integers as Integer.
std::optional<NumericType> numeric_type(std::string_view datatype) {
  if (!datatype.starts_with(kXsd)) return std::nullopt;
  const std::string_view name = datatype.substr(kXsd.size());
  if (name == "decimal") return NumericType::Decimal;
  if (name == "float") return NumericType::Float;
  if (name == "double") return NumericType::Double;
  for (const char* integer : {"integer", "int", "long", "short", "byte", "nonNegativeInteger"})
    if (name == integer) return NumericType::Integer;
  return std::nullopt;
}

/// [+-]?[0-9]+ and, for decimals, a point among or before the digits.
std::optional<Number> parse_exact(std::string_view text, NumericType type) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  Digits digits = 0;
  int scale = 0, count = 0;
  bool point = false;
  for (const char c : text) {
    if (c == '.' && type == NumericType::Decimal && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    digits = plus(times(digits, 10), c - '0');
    ++count;
    scale += point ? 1 : 0;
  }
  if (count == 0) return std::nullopt;
  return exact(type, negative ? -digits : digits, scale);
}

std::optional<Number> parse_real(const std::string& lexical, NumericType type) {
  if (lexical == "NaN") return real(type, std::nan(""));
  if (lexical == "INF") return real(type, INFINITY);
  if (lexical == "-INF") return real(type, -INFINITY);
  if (lexical.empty() || lexical.find_first_not_of("0123456789+-.eE") != std::string::npos ||
      lexical.find_first_of("0123456789") == std::string::npos)
    return std::nullopt;
  const std::string text = lexical[0] == '+' ? lexical.substr(1) : lexical;
  const char* const end = text.data() + text.size();
  double value = 0;
  float narrow = 0;
  const auto parsed = type == NumericType::Float ? std::from_chars(text.data(), end, narrow)
                                                 : std::from_chars(text.data(), end, value);
  if (parsed.ptr != end || parsed.ec != std::errc()) return std::nullopt;
  return real(type, type == NumericType::Float ? static_cast<double>(narrow) : value);
}

}  // namespace

double Number::as_double() const {
  if (!is_exact()) return real;
  const std::string text = plain_text(*this);
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool has_numeric_datatype(const Term& term) {
  return term.is_literal() && numeric_type(term.datatype());
}

std::optional<Number> parse_number(const std::string& lexical, NumericType type) {
  return type <= NumericType::Decimal ? parse_exact(lexical, type) : parse_real(lexical, type);
}

std::optional<Number> number_of(const Term& term) {
  if (!has_numeric_datatype(term)) return std::nullopt;
  return parse_number(term.value(), *numeric_type(term.datatype()));
}

Term term_of(const Number& number) {
  switch (number.type) {
    case NumericType::Integer:
      return Term::typed(plain_text(number), kXsd + "integer");
    case NumericType::Decimal: {
      const std::string text = plain_text(number);
      return Term::typed(number.scale == 0 ? text + ".0" : text, kXsd + "decimal");
    }
    case NumericType::Float:
      return Term::typed(scientific_text(number), kXsd + "float");
    case NumericType::Double:
      break;
  }
  return Term::typed(scientific_text(number), kXsd + "double");
}

std::string string_of(const Number& number) {
  if (number.is_exact()) return plain_text(number);
  const double size = std::fabs(number.real);
  if (number.real == 0) return std::signbit(number.real) ? "-0" : "0";
  if (size >= 1e-6 && size < 1e6) return shortest(number, std::chars_format::fixed);
  return scientific_text(number);
}

Number add(const Number& a, const Number& b) {
  const NumericType type = common_type(a, b);
  if (type > NumericType::Decimal) return real(type, as(a, type) + as(b, type));
  const int scale = std::max(a.scale, b.scale);
  return exact(type, plus(digits_at(a, scale), digits_at(b, scale)), scale);
}

Number negate(Number number) {
  number.digits = -number.digits;
  number.real = -number.real;
  return number;
}

Number subtract(const Number& a, const Number& b) {
  const NumericType type = common_type(a, b);
  if (type > NumericType::Decimal) return real(type, as(a, type) - as(b, type));
  return add(a, negate(b));
}

Number multiply(const Number& a, const Number& b) {
  const NumericType type = common_type(a, b);
  if (type > NumericType::Decimal) return real(type, as(a, type) * as(b, type));
  return exact(type, times(a.digits, b.digits), a.scale + b.scale);
}

/// How many digits a quotient that does not end has is each implementation's own (XPath §4.2.4):
/// here such a query is not compared.
std::optional<Number> divide(const Number& a, const Number& b) {
  const NumericType type = common_type(a, b);
  if (type > NumericType::Decimal) return real(type, as(a, type) / as(b, type));
  if (b.digits == 0) return std::nullopt;
  constexpr int kMostScale = 18;
  const int scale = std::max(a.scale, b.scale);
  Digits rest = digits_at(a, scale);
  const Digits divisor = digits_at(b, scale);
  Digits quotient = rest / divisor;
  rest %= divisor;
  for (int places = 0;; ++places) {
    if (rest == 0) return exact(NumericType::Decimal, quotient, places);
    if (places == kMostScale) throw NotDetermined("a quotient without end");
    rest = times(rest, 10);
    quotient = plus(times(quotient, 10), rest / divisor);
    rest %= divisor;
  }
}

Number absolute(const Number& number) {
  if (!number.is_exact()) return real(number.type, std::fabs(number.real));
  return number.digits < 0 ? negate(number) : number;
}

Number rounded(const Number& number, Rounding rounding) {
  if (!number.is_exact()) {
    switch (rounding) {
      case Rounding::Floor:
        return real(number.type, std::floor(number.real));
      case Rounding::Ceiling:
        return real(number.type, std::ceil(number.real));
      case Rounding::HalfUp: {
        const double below = std::floor(number.real);
        const double up = number.real - below >= 0.5 ? below + 1 : below;
        return real(number.type, std::copysign(up, number.real));
      }
      case Rounding::Truncate:
        break;
    }
    return real(number.type, std::trunc(number.real));
  }
  Digits unit = 1;
  for (int i = 0; i < number.scale; ++i)
    unit = times(unit, 10);
  Digits below = number.digits / unit;
  Digits rest = number.digits % unit;
  if (rounding == Rounding::Truncate) return exact(number.type, below, 0);
  if (rest < 0) {
    rest += unit;
    --below;
  }
  const bool up = (rounding == Rounding::Ceiling && rest > 0) ||
                  (rounding == Rounding::HalfUp && rest * 2 >= unit);
  return exact(number.type, below + (up ? 1 : 0), 0);
}

std::partial_ordering compare(const Number& a, const Number& b) {
  const NumericType type = common_type(a, b);
  if (type > NumericType::Decimal) return as(a, type) <=> as(b, type);
  const int scale = std::max(a.scale, b.scale);
  return digits_at(a, scale) <=> digits_at(b, scale);
}

std::optional<Number> promoted(const Number& number, NumericType type) {
  if (type > NumericType::Decimal) return real(type, number.as_double());
  if (!number.is_exact()) {
    if (!std::isfinite(number.real)) return std::nullopt;
    // Exactly: a double with few digits behind the point is that many fifths and halves.
    constexpr int kMostPlaces = 12;
    double scaled = type == NumericType::Integer ? std::trunc(number.real) : number.real;
    int places = 0;
    while (scaled != std::trunc(scaled)) {
      if (++places > kMostPlaces) throw TooMuchWork();
      scaled *= 10;
    }
    if (std::fabs(scaled) > 1e15) throw TooMuchWork();
    Number result = exact(type, static_cast<Digits>(scaled), places);
    if (result.as_double() != number.real && type != NumericType::Integer) throw TooMuchWork();
    return result;
  }
  Number result = type == NumericType::Integer ? rounded(number, Rounding::Truncate) : number;
  result.type = type;
  return result;
}

}  // namespace tripten::naive
