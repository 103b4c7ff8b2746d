// Decimal arithmetic: 64 bits where they suffice, Boost.Multiprecision's cpp_int where not.
#include "rdf/decimal.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include <boost/multiprecision/cpp_int.hpp>

#include "rdf/floating.h"

namespace tripten {
namespace {

using boost::multiprecision::cpp_int;
__extension__ typedef __int128 Wide;

constexpr int kQuotientDigits = 18;
constexpr std::array<std::int64_t, 19> kPowers = [] {
  std::array<std::int64_t, 19> powers{};
  powers[0] = 1;
  for (std::size_t i = 1; i < powers.size(); ++i)
    powers[i] = powers[i - 1] * 10;
  return powers;
}();

cpp_int big_power(int exponent) {
  return boost::multiprecision::pow(cpp_int(10), static_cast<unsigned>(exponent));
}

/// A little more than the number of decimal digits.
int digits_at_most(const cpp_int& value) {
  if (value == 0) return 1;
  return static_cast<int>(static_cast<double>(msb(value < 0 ? cpp_int(-value) : value)) * 0.30103) +
         1;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// cpp_int reads a leading 0 as octal: the digits come without.
cpp_int big_of_digits(std::string_view digits) {
  const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size());
  digits.remove_prefix(first);
  return digits.empty() ? cpp_int(0) : cpp_int(std::string(digits));
}

/// Quotient rounded half away from zero.
cpp_int rounded_quotient(const cpp_int& dividend, const cpp_int& divisor) {
  cpp_int quotient, remainder;
  boost::multiprecision::divide_qr(dividend, divisor, quotient, remainder);
  if (2 * abs(remainder) >= abs(divisor)) quotient += (dividend < 0) == (divisor < 0) ? 1 : -1;
  return quotient;
}

}  // namespace

struct Decimal::Big {
  cpp_int unscaled;
  int scale = 0;

  /// Takes the zeros behind the point off, 2^k at a time: a few divisions, however many there are.
  void normalise() {
    if (unscaled == 0) scale = 0;
    for (int zeros = 1 << 14; zeros > 0; zeros /= 2) {
      while (scale >= zeros && ends_in_zeros(zeros)) {
        unscaled /= big_power(zeros);
        scale -= zeros;
      }
    }
  }
  /// A power of ten is one of two and five; the bits are looked at first.
  bool ends_in_zeros(int count) const {
    return lsb(abs(unscaled)) >= static_cast<unsigned>(count) && unscaled % big_power(count) == 0;
  }
  /// The same value with more digits behind the point.
  cpp_int at_scale(int to) const { return unscaled * big_power(to - scale); }
};

Decimal::Decimal() = default;
Decimal::Decimal(std::int64_t value) : small_(value) {}

Decimal::Decimal(std::int64_t unscaled, int scale) : small_(unscaled), scale_(scale) {
  while (scale_ > 0 && small_ % 10 == 0) {
    small_ /= 10;
    --scale_;
  }
}

Decimal::Decimal(const Decimal& other)
    : small_(other.small_),
      scale_(other.scale_),
      big_(other.big_ ? std::make_unique<Big>(*other.big_) : nullptr) {}
Decimal::Decimal(Decimal&&) noexcept = default;
Decimal& Decimal::operator=(Decimal&&) noexcept = default;
Decimal::~Decimal() = default;

Decimal& Decimal::operator=(const Decimal& other) {
  if (this != &other) *this = Decimal(other);
  return *this;
}

Decimal::Decimal(Big&& value) {
  value.normalise();
  scale_ = value.scale;
  if (value.unscaled >= std::numeric_limits<std::int64_t>::min() &&
      value.unscaled <= std::numeric_limits<std::int64_t>::max())
    small_ = static_cast<std::int64_t>(value.unscaled);
  else
    big_ = std::make_unique<Big>(std::move(value));
}

Decimal::Big Decimal::to_big() const {
  return big_ ? *big_ : Big{cpp_int(small_), scale_};
}

std::optional<Decimal> Decimal::of_big(Big&& value) {
  if (digits_at_most(value.unscaled) > kMostDigits) return std::nullopt;
  Decimal result(std::move(value));
  if (result.scale_ > kMostDigits) return std::nullopt;
  return result;
}

std::optional<Decimal> Decimal::parse(std::string_view lexical) {
  std::string_view text = lexical;
  const bool negative = !text.empty() && text[0] == '-';
  if (negative || (!text.empty() && text[0] == '+')) text.remove_prefix(1);
  if (text.size() > static_cast<std::size_t>(kMostDigits)) return std::nullopt;
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  std::string_view part = text.substr(std::min(point + 1, text.size()));
  if (whole.empty() && part.empty()) return std::nullopt;
  if (!std::all_of(whole.begin(), whole.end(), is_digit) ||
      !std::all_of(part.begin(), part.end(), is_digit))
    return std::nullopt;
  while (!part.empty() && part.back() == '0')
    part.remove_suffix(1);
  const int scale = static_cast<int>(part.size());
  if (whole.size() + part.size() <= 18) {
    std::int64_t value = 0;
    for (const char c : whole)
      value = value * 10 + (c - '0');
    for (const char c : part)
      value = value * 10 + (c - '0');
    return Decimal(negative ? -value : value, scale);
  }
  cpp_int value = big_of_digits(std::string(whole).append(part));
  return Decimal(Big{negative ? cpp_int(-value) : std::move(value), scale});
}

Decimal Decimal::of_double(double value) {
  int exponent = 0;
  // A mantissa of 53 bits as an integer; a power of two behind the point is one of five and ten.
  const auto mantissa = static_cast<std::int64_t>(std::ldexp(std::frexp(value, &exponent), 53));
  exponent -= 53;
  if (mantissa == 0) return {};
  if (exponent >= 0) return Decimal(Big{cpp_int(mantissa) << exponent, 0});
  const auto places = static_cast<unsigned>(-exponent);
  return Decimal(Big{mantissa * boost::multiprecision::pow(cpp_int(5), places), -exponent});
}

std::optional<Decimal> Decimal::plus(const Decimal& other) const {
  std::int64_t sum;
  if (!big_ && !other.big_ && scale_ == other.scale_ &&
      !__builtin_add_overflow(small_, other.small_, &sum))
    return Decimal(sum, scale_);
  const Big a = to_big(), b = other.to_big();
  const int scale = std::max(a.scale, b.scale);
  return of_big(Big{a.at_scale(scale) + b.at_scale(scale), scale});
}

std::optional<Decimal> Decimal::minus(const Decimal& other) const {
  std::int64_t difference;
  if (!big_ && !other.big_ && scale_ == other.scale_ &&
      !__builtin_sub_overflow(small_, other.small_, &difference))
    return Decimal(difference, scale_);
  return plus(other.negated());
}

std::optional<Decimal> Decimal::times(const Decimal& other) const {
  std::int64_t product;
  if (!big_ && !other.big_ && !__builtin_mul_overflow(small_, other.small_, &product))
    return Decimal(product, scale_ + other.scale_);
  Big a = to_big();
  const Big b = other.to_big();
  return of_big(Big{a.unscaled * b.unscaled, a.scale + b.scale});
}

std::optional<Decimal> Decimal::divided_by(const Decimal& other) const {
  if (other.sign() == 0) return std::nullopt;
  if (!big_ && !other.big_ && scale_ == 0 && other.scale_ == 0 &&
      small_ != std::numeric_limits<std::int64_t>::min() && small_ % other.small_ == 0)
    return Decimal(small_ / other.small_);
  const Big a = to_big(), b = other.to_big();
  // As many digits behind the point as give 18 significant ones.
  const int magnitude = digits_at_most(a.unscaled) - a.scale - digits_at_most(b.unscaled) + b.scale;
  const int scale = std::clamp(kQuotientDigits - magnitude, kQuotientDigits, kMostDigits);
  // a / b = (a.unscaled * 10^(scale - a.scale + b.scale) / b.unscaled) * 10^-scale
  const int shift = scale - a.scale + b.scale;
  cpp_int quotient = shift >= 0 ? rounded_quotient(a.unscaled * big_power(shift), b.unscaled)
                                : rounded_quotient(a.unscaled, b.unscaled * big_power(-shift));
  return of_big(Big{std::move(quotient), scale});
}

Decimal Decimal::negated() const {
  if (!big_ && small_ != std::numeric_limits<std::int64_t>::min()) {
    Decimal result(*this);
    result.small_ = -small_;
    return result;
  }
  Big value = to_big();
  value.unscaled = -value.unscaled;
  return Decimal(std::move(value));
}

Decimal Decimal::absolute() const {
  return sign() < 0 ? negated() : *this;
}

Decimal Decimal::truncated() const {
  if (scale_ == 0) return *this;
  if (!big_) return Decimal(scale_ < 19 ? small_ / kPowers[static_cast<std::size_t>(scale_)] : 0);
  return Decimal(Big{big_->unscaled / big_power(scale_), 0});
}

Decimal Decimal::floor() const {
  const Decimal whole = truncated();
  return sign() >= 0 || is_integer() ? whole : *whole.minus(Decimal(1));
}

Decimal Decimal::ceiling() const {
  const Decimal whole = truncated();
  return sign() <= 0 || is_integer() ? whole : *whole.plus(Decimal(1));
}

Decimal Decimal::rounded() const {
  if (is_integer()) return *this;
  const auto with_half = plus(Decimal(5, 1));
  return with_half ? with_half->floor() : truncated();
}

int Decimal::sign() const {
  if (big_) return big_->unscaled.sign();
  return small_ < 0 ? -1 : (small_ > 0 ? 1 : 0);
}

std::optional<std::int64_t> Decimal::to_int64() const {
  if (big_ || scale_ != 0) return std::nullopt;
  return small_;
}

double Decimal::to_double() const {
  constexpr std::int64_t kExact = std::int64_t{1} << 53;
  // Integers below 2^53 and powers of ten up to 10^22 are doubles: one correctly rounded division.
  if (!big_ && scale_ < 19 && small_ <= kExact && small_ >= -kExact)
    return static_cast<double>(small_) /
           static_cast<double>(kPowers[static_cast<std::size_t>(scale_)]);
  std::string text;
  append_shortest(text);
  return *parse_double(text);
}

float Decimal::to_float() const {
  std::string text;
  append_shortest(text);
  return *parse_float(text);
}

void Decimal::append_shortest(std::string& out) const {
  if (sign() < 0) out += '-';
  std::string digits = big_ ? cpp_int(abs(big_->unscaled)).str()
                            : std::to_string(small_ < 0 ? 0 - static_cast<std::uint64_t>(small_)
                                                        : static_cast<std::uint64_t>(small_));
  if (scale_ == 0) {
    out += digits;
    return;
  }
  const auto places = static_cast<std::size_t>(scale_);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  out.append(digits, 0, digits.size() - places);
  out += '.';
  out.append(digits, digits.size() - places);
}

void Decimal::append_canonical(std::string& out) const {
  append_shortest(out);
  if (scale_ == 0) out += ".0";
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  if (!a.big_ && !b.big_) {
    if (a.scale_ == b.scale_) return a.small_ <=> b.small_;
    if (a.scale_ < 19 && b.scale_ < 19)
      return static_cast<Wide>(a.small_) * kPowers[static_cast<std::size_t>(b.scale_)] <=>
             static_cast<Wide>(b.small_) * kPowers[static_cast<std::size_t>(a.scale_)];
  }
  if (a.sign() != b.sign()) return a.sign() <=> b.sign();
  const Decimal::Big x = a.to_big(), y = b.to_big();
  const int scale = std::max(x.scale, y.scale);
  const int order = x.at_scale(scale).compare(y.at_scale(scale));
  return order <=> 0;
}

}  // namespace tripten
