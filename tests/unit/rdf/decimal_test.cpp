// Decimals: exact arithmetic of any size, against Boost's rational numbers.
#include "rdf/decimal.h"

#include <limits>
#include <random>

#include <boost/multiprecision/cpp_int.hpp>
#include <catch2/catch.hpp>

namespace tripten {
namespace {

using boost::multiprecision::cpp_int;
using boost::multiprecision::cpp_rational;

Decimal decimal(std::string_view text) {
  return Decimal::parse(text).value();
}

std::string text_of(const Decimal& value) {
  std::string out;
  value.append_shortest(out);
  return out;
}

std::string canonical(const Decimal& value) {
  std::string out;
  value.append_canonical(out);
  return out;
}

cpp_rational rational(const Decimal& value) {
  std::string text = text_of(value);
  const bool negative = text[0] == '-';
  if (negative) text.erase(0, 1);
  const std::size_t point = std::min(text.find('.'), text.size());
  cpp_int divisor = 1;
  for (std::size_t i = point + 1; i < text.size(); ++i)
    divisor *= 10;
  if (point < text.size()) text.erase(point, 1);
  text.erase(0, std::min(text.find_first_not_of('0'), text.size() - 1));
  const cpp_rational result(cpp_int(text), divisor);
  return negative ? cpp_rational(-result) : result;
}

TEST_CASE("Decimals are read in every lexical form of xsd:decimal") {
  CHECK(canonical(decimal("1")) == "1.0");
  CHECK(canonical(decimal("+001.500")) == "1.5");
  CHECK(canonical(decimal("-.5")) == "-0.5");
  CHECK(canonical(decimal("5.")) == "5.0");
  CHECK(canonical(decimal("-0.0")) == "0.0");
  CHECK(text_of(decimal("100.00")) == "100");
  CHECK(canonical(decimal("123456789012345678901234567890.0001")) ==
        "123456789012345678901234567890.0001");
  CHECK(canonical(decimal("000000000000000000000000000000.10")) == "0.1");
  for (const char* bad : {"", "+", "-", ".", "1.2.3", "1e5", " 1", "1 ", "--1", "0x10", "1,5"})
    CHECK_FALSE(Decimal::parse(bad));
}

TEST_CASE("Decimals of more digits than the limit are refused") {
  const std::string most(Decimal::kMostDigits, '7');
  CHECK(text_of(decimal(most)) == most);
  CHECK_FALSE(Decimal::parse(most + '7'));
  const Decimal large = decimal(most);
  CHECK_FALSE(large.times(large));
}

TEST_CASE("Results cross 64 bits in both directions") {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
  const Decimal beyond = *Decimal(kMost).plus(Decimal(1));
  CHECK(text_of(beyond) == "9223372036854775808");
  CHECK_FALSE(beyond.to_int64());
  CHECK(beyond.minus(Decimal(1))->to_int64() == kMost);
  CHECK(text_of(Decimal(kLeast).negated()) == "9223372036854775808");
  CHECK(text_of(Decimal(kLeast)) == "-9223372036854775808");
  CHECK(text_of(Decimal(kLeast).absolute()) == "9223372036854775808");
  CHECK(text_of(*Decimal(kLeast).divided_by(Decimal(-1))) == "9223372036854775808");
  CHECK(beyond.negated() == Decimal(kLeast));
}

TEST_CASE("Quotients have at least 18 digits") {
  CHECK(text_of(*Decimal(10).divided_by(Decimal(4))) == "2.5");
  CHECK(text_of(*Decimal(10).divided_by(Decimal(3))) == "3.333333333333333333");
  CHECK(text_of(*Decimal(2).divided_by(Decimal(3))) == "0.666666666666666667");
  CHECK(text_of(*Decimal(-2).divided_by(Decimal(3))) == "-0.666666666666666667");
  CHECK(rational(*Decimal(1).divided_by(decimal("1000000000000000000000000000000"))) ==
        cpp_rational(1, cpp_int("1000000000000000000000000000000")));
  CHECK_FALSE(Decimal(1).divided_by(Decimal(0)));
}

TEST_CASE("Rounding goes the way of XPath") {
  const auto all = [](std::string_view text) {
    const Decimal value = decimal(text);
    return text_of(value.floor()) + ' ' + text_of(value.ceiling()) + ' ' +
           text_of(value.rounded()) + ' ' + text_of(value.truncated());
  };
  CHECK(all("2.5") == "2 3 3 2");
  CHECK(all("-2.5") == "-3 -2 -2 -2");
  CHECK(all("-2.6") == "-3 -2 -3 -2");
  CHECK(all("0.4") == "0 1 0 0");
  CHECK(all("-0.4") == "-1 0 0 0");
  CHECK(all("7") == "7 7 7 7");
  CHECK(all("12345678901234567890123.5") ==
        "12345678901234567890123 12345678901234567890124 12345678901234567890124 "
        "12345678901234567890123");
  CHECK(all("0.00000000000000000000001") == "0 1 0 0");
}

TEST_CASE("Doubles and decimals convert exactly or to the nearest") {
  CHECK(decimal("0.1").to_double() == 0.1);
  CHECK(decimal("123456789012345678901234567890").to_double() == 123456789012345678901234567890.0);
  CHECK(text_of(Decimal::of_double(0.5)) == "0.5");
  CHECK(text_of(Decimal::of_double(-1e22)) == "-10000000000000000000000");
  CHECK(text_of(Decimal::of_double(0.1)) ==
        "0.1000000000000000055511151231257827021181583404541015625");
  CHECK(Decimal::of_double(0.0) == Decimal(0));
  CHECK(decimal("16777217").to_float() == 16777216.0f);
}

std::string random_decimal(std::mt19937& random) {
  std::string text = random() % 2 ? "-" : "";
  const std::size_t whole = random() % 24, part = random() % 24;
  for (std::size_t i = 0; i <= whole; ++i)
    text += static_cast<char>('0' + random() % 10);
  if (part) text += '.';
  for (std::size_t i = 0; i < part; ++i)
    text += static_cast<char>('0' + random() % 10);
  return text;
}

TEST_CASE("Arithmetic and order agree with rational numbers") {
  const auto seed = 31337u;
  INFO("seed " << seed);
  std::mt19937 random(seed);
  for (int i = 0; i < 3000; ++i) {
    const Decimal a = decimal(random_decimal(random)), b = decimal(random_decimal(random));
    const cpp_rational x = rational(a), y = rational(b);
    INFO(text_of(a) << " and " << text_of(b));
    REQUIRE(rational(*a.plus(b)) == x + y);
    REQUIRE(rational(*a.minus(b)) == x - y);
    REQUIRE(rational(*a.times(b)) == x * y);
    REQUIRE((a <=> b) == (x < y   ? std::strong_ordering::less
                          : x > y ? std::strong_ordering::greater
                                  : std::strong_ordering::equal));
    REQUIRE(decimal(text_of(a)) == a);
    if (y == 0) continue;
    const cpp_rational error = abs(rational(*a.divided_by(b)) - x / y);
    REQUIRE(error * 1'000'000'000'000'000'000 <= cpp_rational(1, 2));
  }
}

}  // namespace
}  // namespace tripten
