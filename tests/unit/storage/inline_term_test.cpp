// Inline ids: exact round trips, canonical forms only, and the order of values.
#include "storage/inline_term.h"

#include <array>
#include <bit>
#include <cmath>
#include <random>

#include <catch2/catch.hpp>

#include "rdf/vocabulary.h"

namespace tripten {
namespace {

std::optional<TermId> id_of(std::string_view lexical, std::string_view datatype) {
  return inline_id({.kind = TermKind::Literal, .value = lexical, .datatype = datatype});
}

std::string lexical_of(TermId id) {
  std::string out;
  append_inline_lexical(id, out);
  return out;
}

/// Inlined, and the same lexical form and datatype come back.
bool comes_back(std::string_view lexical, std::string_view datatype) {
  const auto id = id_of(lexical, datatype);
  return id && lexical_of(*id) == lexical && inline_datatype(*id) == datatype;
}

TEST_CASE("Canonical literals come back from their ids as they were") {
  for (const char* text : {"0", "1", "-1", "42", "576460752303423487", "-576460752303423488"})
    CHECK(comes_back(text, kXsdInteger));
  for (const char* text :
       {"0.0", "1.0", "-0.5", "0.00000001", "2.22", "5764607523.03423487", "-5764607523.03423488"})
    CHECK(comes_back(text, kXsdDecimal));
  for (const char* text :
       {"0.0E0", "-0.0E0", "1.5E0", "1.0E0", "-2.5E-1", "1.0E10", "INF", "-INF", "NaN"})
    CHECK(comes_back(text, kXsdDouble));
  for (const char* text : {"0", "1", "-3", "0.0", "1.0", "0.1", "-0.25", "12.00000001", "90071992",
                           "90071992.54740992", "-90071992.54740992"})
    CHECK(comes_back(text, kXsdDouble));
  for (const char* text : {"2024-02-29", "0000-02-29", "-0001-12-31", "1970-01-01Z",
                           "2006-08-23+14:00", "2006-08-23-13:59", "12345-06-07"})
    CHECK(comes_back(text, kXsdDate));
  for (const char* text :
       {"1970-01-01T00:00:00Z", "1969-12-31T23:59:59.999Z", "2010-12-21T15:38:02-08:00",
        "2011-02-01T01:02:03", "0000-01-01T00:00:00", "2000-02-29T23:59:59.05+05:30"})
    CHECK(comes_back(text, kXsdDateTime));
  for (const char* text : {"1999", "0000", "-0044", "2024Z", "123456", "2024-05:00"})
    CHECK(comes_back(text, kXsdGYear));
  CHECK(comes_back("true", kXsdBoolean));
  CHECK(comes_back("false", kXsdBoolean));
}

TEST_CASE("Literals that are not canonical have no inline id") {
  for (const char* text : {"", "-", "01", "+1", "-0", "1.0", " 1", "1 ", "1x", "00",
                           "576460752303423488", "-576460752303423489", "99999999999999999999"})
    CHECK_FALSE(id_of(text, kXsdInteger));
  for (const char* text : {"", ".", "1", "1.", ".5", "01.5", "1.50", "+1.0", "-0.0", "1.000000001",
                           "5764607523.03423488", "1.0.0", "1,0", "1.x"})
    CHECK_FALSE(id_of(text, kXsdDecimal));
  for (const char* text : {"1.50",     ".5",          "5.",
                           "-0",       "-0.0",        "00.5",
                           "+1.5",     "0.123456789", "90071992.54740993",
                           "90071993", "1.50E0",      "15E-1",
                           "1.5e0",    "1.5E+0",      "+INF",
                           "inf",      "nan",         "1.5E00",
                           "0.1E0",    "1E0",         "",
                           "E",        "-NaN"})
    CHECK_FALSE(id_of(text, kXsdDouble));
  for (const char* text :
       {"2023-02-29", "2023-02-30", "2023-13-01", "2023-00-10", "2023-01-00", "23-01-01",
        "02023-01-01", "-0000-01-01", "2023-01-01+00:00", "2023-01-01-00:00", "2023-01-01+14:01",
        "2023-01-01z", "2023-1-1", "2023-01-01T00:00:00", "", "99999999999-01-01"})
    CHECK_FALSE(id_of(text, kXsdDate));
  for (const char* text :
       {"2023-01-01T24:00:00", "2023-01-01T00:00:60", "2023-01-01T00:00:00.", "2023-01-01T00:00",
        "2023-01-01T00:00:00.10", "2023-01-01T00:00:00.1234", "2023-01-01T00:00:00.000Z",
        "2023-01-01 00:00:00", "9999999999-01-01T00:00:00Z"})
    CHECK_FALSE(id_of(text, kXsdDateTime));
  for (const char* text : {"99", "02024", "+2024", "2024+00:00", "20x4", "99999999999"})
    CHECK_FALSE(id_of(text, kXsdGYear));
  for (const char* text : {"1", "0", "TRUE", "True", ""})
    CHECK_FALSE(id_of(text, kXsdBoolean));
}

TEST_CASE("Only literals of the seven datatypes have inline ids") {
  CHECK_FALSE(id_of("1", kXsdString));
  CHECK_FALSE(id_of("1", ""));
  CHECK_FALSE(id_of("1", "http://www.w3.org/2001/XMLSchema#int"));
  CHECK_FALSE(id_of("1", "http://www.w3.org/2001/XMLSchema#integers"));
  CHECK_FALSE(inline_id({.kind = TermKind::Iri, .value = "1"}));
  CHECK_FALSE(inline_id({.kind = TermKind::Literal, .value = "1", .language = "en"}));
  CHECK_FALSE(inline_id({}));
}

TEST_CASE("Doubles without an id are those whose lower four bits are not zero") {
  CHECK(inline_double_id(0.5));
  CHECK_FALSE(inline_double_id(0.1));
  CHECK_FALSE(id_of("1.0E-1", kXsdDouble));
}

TEST_CASE("Any double's id gives the same bits back") {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20000; ++i) {
    const double value = std::bit_cast<double>(random() & ~std::uint64_t{15});
    const auto id = inline_double_id(value);
    REQUIRE(id);
    if (std::isnan(value))
      CHECK(std::isnan(inline_double(*id)));
    else
      REQUIRE(std::bit_cast<std::uint64_t>(inline_double(*id)) ==
              std::bit_cast<std::uint64_t>(value));
    REQUIRE(comes_back(lexical_of(*id), kXsdDouble));
  }
}

TEST_CASE("A double written as a decimal has the value that parsing its text gives") {
  std::mt19937_64 random(12);
  for (int i = 0; i < 20'000; ++i) {
    const int digits = static_cast<int>(random() % 9);
    std::string text = std::to_string(random() % (random() % 2 ? 100 : 90'000'000));
    if (digits > 0) text += '.';
    for (int digit = 1; digit <= digits; ++digit)
      text += static_cast<char>((digit == digits ? '1' : '0') + random() % 9);
    if (random() % 2 && text != "0") text.insert(0, 1, '-');
    CAPTURE(text);
    const auto id = id_of(text, kXsdDouble);
    REQUIRE(id);
    REQUIRE(id->kind() == IdKind::PlainDouble);
    REQUIRE(inline_double(*id) == std::stod(text));
    REQUIRE(lexical_of(*id) == text);
  }
}

TEST_CASE("Inside a kind ids order as the values do") {
  const auto ascending = [](std::initializer_list<const char*> texts, std::string_view datatype) {
    TermId before{};
    for (const char* text : texts) {
      INFO(text);
      const auto id = id_of(text, datatype);
      REQUIRE(id);
      CHECK(before < *id);
      before = *id;
    }
  };
  ascending({"-576460752303423488", "-2", "-1", "0", "1", "2", "576460752303423487"}, kXsdInteger);
  ascending({"-10.5", "-1.0", "-0.5", "0.0", "0.5", "1.0", "10.25"}, kXsdDecimal);
  ascending(
      {"-INF", "-1.0E10", "-1.0E0", "-5.0E-1", "-0.0E0", "0.0E0", "5.0E-1", "1.0E0", "INF", "NaN"},
      kXsdDouble);
  ascending({"-90071992", "-1.5", "-1", "-1.0", "-0.00000001", "0", "0.0", "0.3", "1", "12.5"},
            kXsdDouble);
  ascending({"-0001-01-01", "0000-01-01", "1969-12-31", "1970-01-01", "2024-02-29", "2024-03-01"},
            kXsdDate);
  ascending({"1969-12-31T23:59:59.999Z", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00.5Z",
             "1970-01-01T00:00:00-01:00", "2024-01-01T00:00:00Z"},
            kXsdDateTime);
  ascending({"-0044", "0000", "0001", "1999", "2024"}, kXsdGYear);
}

/// Random texts near to lexical forms: most are not canonical, some are.
std::string random_text(std::mt19937& random) {
  constexpr std::string_view kCharacters = "0011259.-+:TZE";
  std::string text;
  const std::size_t size = random() % 12;
  for (std::size_t i = 0; i < size; ++i)
    text += kCharacters[random() % kCharacters.size()];
  return text;
}

std::string random_date_time(std::mt19937& random) {
  const auto two = [&random](int most) {
    std::string text = std::to_string(random() % static_cast<unsigned>(most));
    return text.size() == 1 ? '0' + text : text;
  };
  std::string text = (random() % 8 ? "" : "-") + two(30) + two(100) + '-' + two(14) + '-' + two(33);
  if (random() % 2) text += 'T' + two(25) + ':' + two(61) + ':' + two(61);
  if (random() % 4 == 0) text += '.' + two(100) + (random() % 2 ? two(100) : "");
  constexpr std::array<const char*, 5> kZones{"", "Z", "+00:00", "-08:00", "+14:00"};
  return text + kZones[random() % kZones.size()];
}

TEST_CASE("Whatever is inlined comes back exactly, whatever the text") {
  const auto seed = 20240501u;
  INFO("seed " << seed);
  std::mt19937 random(seed);
  constexpr std::array kDatatypes{kXsdInteger, kXsdDecimal,  kXsdDouble, kXsdBoolean,
                                  kXsdDate,    kXsdDateTime, kXsdGYear};
  std::size_t inlined = 0;
  for (int i = 0; i < 100000; ++i) {
    const std::string text = i % 2 ? random_text(random) : random_date_time(random);
    for (const std::string_view datatype : kDatatypes) {
      const auto id = id_of(text, datatype);
      if (!id) continue;
      ++inlined;
      INFO(text);
      REQUIRE(lexical_of(*id) == text);
      REQUIRE(inline_datatype(*id) == datatype);
    }
  }
  CHECK(inlined > 10000);
}

TEST_CASE("Integers from values and from texts have the same ids") {
  std::mt19937_64 random(11);
  for (int i = 0; i < 10000; ++i) {
    const auto value = static_cast<std::int64_t>(random()) >> (random() % 64);
    const auto id = inline_integer_id(value);
    CHECK(id == id_of(std::to_string(value), kXsdInteger));
    if (id) CHECK(inline_integer(*id) == value);
  }
}

TEST_CASE("A decimal's id holds a hundred-millionth as unit") {
  CHECK(inline_decimal_scaled(*id_of("2.5", kXsdDecimal)) == 250'000'000);
  CHECK(inline_boolean(*id_of("true", kXsdBoolean)));
  CHECK(inline_boolean_id(false) == *id_of("false", kXsdBoolean));
}

}  // namespace
}  // namespace tripten
