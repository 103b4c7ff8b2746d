#include "rdf/duration.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>

namespace tripten {
namespace {

constexpr std::size_t kMostDigits = 12;

/// The number at the start of the text, with its fraction where it has one, taken off.
std::string_view take_number(std::string_view& text) {
  const std::size_t size = std::min(text.find_first_not_of("0123456789."), text.size());
  const std::string_view number = text.substr(0, size);
  text.remove_prefix(size);
  return number;
}

std::optional<std::int64_t> parse_count(std::string_view digits) {
  std::int64_t value = 0;
  if (digits.empty() || digits.size() > kMostDigits) return std::nullopt;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (result.ptr != digits.data() + digits.size()) return std::nullopt;
  return value;
}

/// S: digits, and digits behind the point where there is one.
std::optional<Decimal> parse_seconds(std::string_view text) {
  if (text.empty() || text.front() == '.' || text.back() == '.' || text.size() > 2 * kMostDigits)
    return std::nullopt;
  return Decimal::parse(text);
}

struct Unit {
  char letter;
  std::int64_t factor;  // months or seconds
};

/// Takes units off in their order, each at most once, and adds them to `sum` (months, or whole
/// seconds); whether there was any.
bool take_units(std::string_view& text, std::initializer_list<Unit> units, std::int64_t& sum) {
  bool any = false;
  for (const Unit& unit : units) {
    std::string_view rest = text;
    const auto count = parse_count(take_number(rest));
    if (!count || rest.empty() || rest[0] != unit.letter) continue;
    sum += *count * unit.factor;
    text = rest.substr(1);
    any = true;
  }
  return any;
}

void append_count(std::int64_t count, char letter, std::string& out) {
  if (count == 0) return;
  out += std::to_string(count);
  out += letter;
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (!text.starts_with('P')) return std::nullopt;
  text.remove_prefix(1);
  std::int64_t months = 0, seconds = 0;
  bool any = take_units(text, {{'Y', 12}, {'M', 1}}, months);
  any = take_units(text, {{'D', 86400}}, seconds) || any;
  std::optional<Decimal> part = Decimal();
  if (text.starts_with('T')) {
    text.remove_prefix(1);
    any = take_units(text, {{'H', 3600}, {'M', 60}}, seconds);
    if (text.ends_with('S')) {
      part = parse_seconds(text.substr(0, text.size() - 1));
      text = {};
      any = true;
    }
  }
  if (!any || !text.empty() || !part) return std::nullopt;
  std::optional<Decimal> total = Decimal(seconds).plus(*part);
  if (!total) return std::nullopt;
  return Duration{negative ? -months : months, negative ? total->negated() : *total};
}

void append_duration(const Duration& value, std::string& out) {
  if (value.months < 0 || value.seconds.sign() < 0) out += '-';
  out += 'P';
  const std::int64_t months = value.months < 0 ? -value.months : value.months;
  append_count(months / 12, 'Y', out);
  append_count(months % 12, 'M', out);
  const Decimal seconds = value.seconds.absolute();
  const Decimal whole = seconds.truncated();
  const std::int64_t count = whole.to_int64().value_or(0);
  append_count(count / 86400, 'D', out);
  const Decimal rest = *seconds.minus(Decimal(count - count % 60));
  if (count % 86400 != 0 || rest.sign() != 0) {
    out += 'T';
    append_count(count / 3600 % 24, 'H', out);
    append_count(count / 60 % 60, 'M', out);
    if (rest.sign() != 0) {
      rest.append_shortest(out);
      out += 'S';
    }
  } else if (out.back() == 'P') {
    out += "T0S";
  }
}

}  // namespace tripten
