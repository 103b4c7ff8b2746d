#include "differential/naive/value.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "differential/naive/number.h"

namespace tripten::naive {

namespace {

const std::string kXsd = "http://www.w3.org/2001/XMLSchema#";

/// A date or dateTime as seconds, of UTC where it has a time zone.
struct Moment {
  bool is_date = false, has_zone = false;
  double seconds = 0;
};

/// Days since 1970-01-01 (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
std::int64_t days_of(std::int64_t year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         719468;
}

/// YYYY-MM-DD, with Thh:mm:ss for a dateTime, with or without Z: what the random data holds.
std::optional<Moment> moment_of(const Term& term) {
  const bool is_date = term.datatype() == kXsd + "date";
  if (!is_date && term.datatype() != kXsd + "dateTime") return std::nullopt;
  std::string text = term.value();
  Moment moment{.is_date = is_date, .has_zone = text.ends_with('Z')};
  if (moment.has_zone) text.pop_back();
  const std::string shape = is_date ? "dddd-dd-dd" : "dddd-dd-ddTdd:dd:dd";
  if (text.size() != shape.size()) return std::nullopt;
  for (std::size_t i = 0; i < shape.size(); ++i)
    if (shape[i] == 'd' ? std::isdigit(static_cast<unsigned char>(text[i])) == 0
                        : text[i] != shape[i])
      return std::nullopt;
  const auto part = [&](std::size_t from, std::size_t size) {
    return std::stoi(text.substr(from, size));
  };
  moment.seconds = 86400.0 * static_cast<double>(days_of(part(0, 4), part(5, 2), part(8, 2)));
  if (!is_date) moment.seconds += part(11, 2) * 3600 + part(14, 2) * 60 + part(17, 2);
  return moment;
}

/// The kinds of values that the operator table compares with each other, and the rest.
enum class Kind { Blank, Iri, Number, Boolean, Simple, Tagged, Date, DateTime, Unknown };

Kind kind_of(const Term& term) {
  if (term.is_blank()) return Kind::Blank;
  if (term.is_iri()) return Kind::Iri;
  if (!term.language().empty()) return Kind::Tagged;
  if (is_simple(term)) return Kind::Simple;
  if (number_of(term)) return Kind::Number;
  if (boolean_of(term)) return Kind::Boolean;
  if (const auto moment = moment_of(term)) return moment->is_date ? Kind::Date : Kind::DateTime;
  return Kind::Unknown;
}

/// -1, 0, 1; nothing where a time zone that is missing decides (XSD 1.1 §D.2.2).
std::optional<int> compare_moments(const Moment& a, const Moment& b) {
  constexpr double kMostZone = 14 * 3600;
  if (a.has_zone != b.has_zone && std::fabs(a.seconds - b.seconds) <= kMostZone)
    return std::nullopt;
  return a.seconds < b.seconds ? -1 : a.seconds > b.seconds ? 1 : 0;
}

/// Unbound, blank nodes, IRIs, literals.
int rank_of(const Term& term) {
  if (!term) return 0;
  return term.is_blank() ? 1 : term.is_iri() ? 2 : 3;
}

}  // namespace

bool is_simple(const Term& term) {
  return term.is_literal() && term.language().empty() && term.datatype() == kXsd + "string";
}

bool is_string(const Term& term) {
  return is_simple(term) || (term.is_literal() && !term.language().empty());
}

bool same_language(const Term& a, const Term& b) {
  const std::string_view x = a.language(), y = b.language();
  return std::equal(x.begin(), x.end(), y.begin(), y.end(), [](char p, char q) {
    return std::tolower(static_cast<unsigned char>(p)) ==
           std::tolower(static_cast<unsigned char>(q));
  });
}

std::optional<bool> boolean_of(const Term& term) {
  if (!term.is_literal() || term.datatype() != kXsd + "boolean") return std::nullopt;
  if (term.value() == "true" || term.value() == "1") return true;
  if (term.value() == "false" || term.value() == "0") return false;
  return std::nullopt;
}

std::optional<bool> effective_boolean_value(const Term& term) {
  if (!term.is_literal()) return std::nullopt;
  if (const auto boolean = boolean_of(term)) return boolean;
  if (const auto number = number_of(term))
    return !number->is_zero() && !(!number->is_exact() && std::isnan(number->real));
  // "the EBV is false if the lexical form is not valid for that datatype"
  if (term.datatype() == kXsd + "boolean" || has_numeric_datatype(term)) return false;
  if (is_string(term)) return !term.value().empty();
  return std::nullopt;
}

std::optional<bool> equals(const Term& a, const Term& b) {
  const Kind x = kind_of(a), y = kind_of(b);
  if (x <= Kind::Iri || y <= Kind::Iri) return a == b;
  if (x == Kind::Tagged || y == Kind::Tagged)
    return x == y && a.value() == b.value() && same_language(a, b);
  if (x == Kind::Unknown || y == Kind::Unknown) return a == b ? std::optional(true) : std::nullopt;
  if (x != y) return false;
  switch (x) {
    case Kind::Number:
      return compare(*number_of(a), *number_of(b)) == 0;
    case Kind::Boolean:
      return boolean_of(a) == boolean_of(b);
    case Kind::Simple:
      return a.value() == b.value();
    default: {
      const auto order = compare_moments(*moment_of(a), *moment_of(b));
      return order ? std::optional(*order == 0) : std::nullopt;
    }
  }
}

std::optional<bool> less_than(const Term& a, const Term& b) {
  const Kind kind = kind_of(a);
  if (kind != kind_of(b)) return std::nullopt;
  switch (kind) {
    case Kind::Number:
      return compare(*number_of(a), *number_of(b)) < 0;
    case Kind::Boolean:
      return *boolean_of(a) < *boolean_of(b);
    case Kind::Simple:
      return a.value() < b.value();
    case Kind::Date:
    case Kind::DateTime: {
      const auto order = compare_moments(*moment_of(a), *moment_of(b));
      return order ? std::optional(*order < 0) : std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

bool certainly_before(const Term& a, const Term& b) {
  if (rank_of(a) != rank_of(b)) return rank_of(a) < rank_of(b);
  if (a.is_iri()) return a.value() < b.value();  // "by comparing them as simple literals"
  return a.is_literal() && less_than(a, b) == true;
}

}  // namespace tripten::naive
