// Decimal: xsd:decimal and xsd:integer of any size, exactly.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tripten {

/// A value: unscaled * 10^-scale. Values whose unscaled part fits into 64 bits cost no allocation.
/// Results of more than kMostDigits digits are none: a query can't make numbers that take minutes.
class Decimal {
 public:
  static constexpr int kMostDigits = 10'000;

  Decimal();  ///< 0.
  explicit Decimal(std::int64_t value);
  Decimal(std::int64_t unscaled, int scale);  ///< unscaled * 10^-scale; scale >= 0.
  Decimal(const Decimal& other);
  Decimal(Decimal&&) noexcept;
  Decimal& operator=(const Decimal& other);
  Decimal& operator=(Decimal&&) noexcept;
  ~Decimal();

  /// A lexical form of xsd:decimal: [+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+); nothing for others and for
  /// more than kMostDigits digits.
  static std::optional<Decimal> parse(std::string_view lexical);
  /// The exact value of a finite double.
  static Decimal of_double(double value);

  std::optional<Decimal> plus(const Decimal& other) const;
  std::optional<Decimal> minus(const Decimal& other) const;
  std::optional<Decimal> times(const Decimal& other) const;
  /// Exact where 18 digits behind the point suffice; otherwise rounded (half away from zero) to 18
  /// significant digits or 18 digits behind the point, whichever is more. Nothing for a divisor 0.
  std::optional<Decimal> divided_by(const Decimal& other) const;
  Decimal negated() const;
  Decimal absolute() const;
  Decimal floor() const;
  Decimal ceiling() const;
  /// To the nearest integer; halves towards positive infinity (XPath fn:round).
  Decimal rounded() const;
  Decimal truncated() const;

  int sign() const;  ///< -1, 0 or 1.
  bool is_integer() const { return scale_ == 0; }
  /// The value where it is an integer of 64 bits.
  std::optional<std::int64_t> to_int64() const;
  double to_double() const;  ///< The nearest double.
  float to_float() const;

  /// Appends digits without a point where it is an integer: 3, -2.5.
  void append_shortest(std::string& out) const;
  /// Appends the canonical form of xsd:decimal: at least one digit on each side of the point: 3.0.
  void append_canonical(std::string& out) const;

  friend bool operator==(const Decimal& a, const Decimal& b) { return (a <=> b) == 0; }
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);

 private:
  struct Big;
  explicit Decimal(Big&& value);
  Big to_big() const;
  static std::optional<Decimal> of_big(Big&& value);

  // Normalised: scale_ is the smallest possible, and big_ is set exactly when the unscaled value
  // does not fit into small_.
  std::int64_t small_ = 0;
  int scale_ = 0;
  std::unique_ptr<Big> big_{};
};

}  // namespace tripten
