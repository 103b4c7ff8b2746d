// Dates ↔ texts and day numbers.
//
// Day numbers count from 0000-03-01: with the year beginning in March the leap day is its last day,
// the months March to January have 31 30 31 30 31 | 31 30 31 30 31 | 31 days, so that month m
// (March is 0) begins at day (153 m + 2) / 5, and 400 years have exactly 146,097 days.
#include "rdf/date_time.h"

#include <array>
#include <charconv>

namespace tripten {
namespace {

constexpr std::int64_t kDaysOf400Years = 146097;
constexpr std::int64_t kSecondsOfDay = 86400;
constexpr std::int64_t kDaysTo1970 = 719468;  // from 0000-03-01
constexpr int kMostZoneMinutes = 14 * 60;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

bool is_leap_year(std::int64_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_of_month(std::int64_t year, int month) {
  constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap_year(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

/// Takes the parts of a lexical form from its left; the first failure makes it all fail.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }

  void literal(char c) {
    if (rest_.empty() || rest_[0] != c)
      ok_ = false;
    else
      rest_.remove_prefix(1);
  }
  bool accept(char c) {
    if (rest_.empty() || rest_[0] != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  int two_digits(int least, int most) {
    if (rest_.size() < 2 || !is_digit(rest_[0]) || !is_digit(rest_[1])) {
      ok_ = false;
      return least;
    }
    const int value = (rest_[0] - '0') * 10 + (rest_[1] - '0');
    rest_.remove_prefix(2);
    if (value < least || value > most) ok_ = false;
    return value;
  }
  /// -?([1-9][0-9]{3,}|0[0-9]{3})
  std::int64_t year() {
    const bool negative = accept('-');
    std::size_t digits = 0;
    while (digits < rest_.size() && is_digit(rest_[digits]))
      ++digits;
    std::int64_t value = 0;
    if (digits < 4 || digits > kMostYearDigits || (digits > 4 && rest_[0] == '0'))
      ok_ = false;
    else
      std::from_chars(rest_.data(), rest_.data() + digits, value);
    rest_.remove_prefix(digits);
    return negative ? -value : value;
  }
  /// (\.[0-9]+)?
  std::string fraction() {
    if (!accept('.')) return {};
    std::size_t digits = 0;
    while (digits < rest_.size() && is_digit(rest_[digits]))
      ++digits;
    if (digits == 0) ok_ = false;
    std::string_view text = rest_.substr(0, digits);
    rest_.remove_prefix(digits);
    while (!text.empty() && text.back() == '0')
      text.remove_suffix(1);
    return std::string(text);
  }
  /// (Z|[+-]hh:mm)?
  std::optional<int> zone() {
    if (rest_.empty()) return std::nullopt;
    if (accept('Z')) return 0;
    const bool west = accept('-');
    if (!west) literal('+');
    const int hours = two_digits(0, 14);
    literal(':');
    const int minutes = hours * 60 + two_digits(0, 59);
    if (minutes > kMostZoneMinutes) ok_ = false;
    return west ? -minutes : minutes;
  }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

/// hh:mm:ss(.s+)?; true for 24:00:00.
bool parse_time(Cursor& cursor, DateTime& value) {
  value.hour = cursor.two_digits(0, 24);
  cursor.literal(':');
  value.minute = cursor.two_digits(0, 59);
  cursor.literal(':');
  value.second = cursor.two_digits(0, 59);
  value.fraction = cursor.fraction();
  return value.hour == 24;
}

void append_padded(std::int64_t value, std::size_t width, std::string& out) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  const auto size = static_cast<std::size_t>(end - digits.data());
  if (size < width) out.append(width - size, '0');
  out.append(digits.data(), size);
}

void append_year(std::int64_t year, std::string& out) {
  if (year < 0) out += '-';
  append_padded(year < 0 ? -year : year, 4, out);
}

void append_time(const DateTime& value, std::string& out) {
  append_padded(value.hour, 2, out);
  out += ':';
  append_padded(value.minute, 2, out);
  out += ':';
  append_padded(value.second, 2, out);
  if (!value.fraction.empty()) out.append(".").append(value.fraction);
}

void append_zone(int zone, std::string& out) {
  if (zone == 0) {
    out += 'Z';
    return;
  }
  out += zone < 0 ? '-' : '+';
  const int minutes = zone < 0 ? -zone : zone;
  append_padded(minutes / 60, 2, out);
  out += ':';
  append_padded(minutes % 60, 2, out);
}

/// Which properties a kind's lexical form has.
bool has_year(TemporalKind kind) {
  return kind == TemporalKind::DateTime || kind == TemporalKind::Date ||
         kind == TemporalKind::GYear || kind == TemporalKind::GYearMonth;
}
bool has_month(TemporalKind kind) {
  return kind != TemporalKind::Time && kind != TemporalKind::GYear && kind != TemporalKind::GDay;
}
bool has_day(TemporalKind kind) {
  return kind == TemporalKind::DateTime || kind == TemporalKind::Date ||
         kind == TemporalKind::GMonthDay || kind == TemporalKind::GDay;
}
bool has_time(TemporalKind kind) {
  return kind == TemporalKind::DateTime || kind == TemporalKind::Time;
}

void parse_day(Cursor& cursor, DateTime& value) {
  const TemporalKind kind = value.kind;
  if (has_year(kind)) {
    value.year = cursor.year();
    if (has_month(kind)) cursor.literal('-');
  } else {
    cursor.literal('-');
    cursor.literal('-');
  }
  if (has_month(kind)) {
    value.month = cursor.two_digits(1, 12);
    if (has_day(kind)) cursor.literal('-');
  } else if (kind == TemporalKind::GDay) {
    cursor.literal('-');
  }
  if (has_day(kind)) value.day = cursor.two_digits(1, 31);
}

}  // namespace

std::optional<DateTime> parse_date_time(std::string_view lexical, TemporalKind kind) {
  Cursor cursor(lexical);
  DateTime value{.kind = kind};
  if (kind != TemporalKind::Time) parse_day(cursor, value);
  bool end_of_day = false;
  if (kind == TemporalKind::DateTime) cursor.literal('T');
  if (has_time(kind)) end_of_day = parse_time(cursor, value);
  value.zone = cursor.zone();
  if (!cursor.ok() || !cursor.at_end()) return std::nullopt;
  if (value.day > days_of_month(value.year, value.month)) return std::nullopt;
  if (end_of_day) {
    if (value.minute != 0 || value.second != 0 || !value.fraction.empty()) return std::nullopt;
    value.hour = 0;
    if (kind == TemporalKind::DateTime)
      set_date_of_days(days_of_date(value.year, value.month, value.day) + 1, value);
  }
  return value;
}

void append_date_time(const DateTime& value, std::string& out) {
  const TemporalKind kind = value.kind;
  if (has_year(kind)) append_year(value.year, out);
  if (kind == TemporalKind::GMonth || kind == TemporalKind::GMonthDay) out += '-';
  if (kind == TemporalKind::GDay) out += "--";
  if (has_month(kind)) {
    out += '-';
    append_padded(value.month, 2, out);
  }
  if (has_day(kind)) {
    out += '-';
    append_padded(value.day, 2, out);
  }
  if (kind == TemporalKind::DateTime) out += 'T';
  if (has_time(kind)) append_time(value, out);
  if (value.zone) append_zone(*value.zone, out);
}

std::int64_t days_of_date(std::int64_t year, int month, int day) {
  const std::int64_t march_year = month > 2 ? year : year - 1;
  const std::int64_t march_month = month > 2 ? month - 3 : month + 9;
  const std::int64_t cycle = floor_divide(march_year, 400);
  const std::int64_t year_of_cycle = march_year - cycle * 400;
  const std::int64_t day_of_cycle = year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 +
                                    (153 * march_month + 2) / 5 + day - 1;
  return cycle * kDaysOf400Years + day_of_cycle;
}

void set_date_of_days(std::int64_t days, DateTime& to) {
  const std::int64_t cycle = floor_divide(days, kDaysOf400Years);
  const std::int64_t day = days - cycle * kDaysOf400Years;
  // 1460, 36524 and 146096: the last day of 4, 100 and 400 years, the leap days to leave out.
  const std::int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
  const std::int64_t day_of_year = day - (365 * year + year / 4 - year / 100);
  const std::int64_t march_month = (5 * day_of_year + 2) / 153;
  to.day = static_cast<int>(day_of_year - (153 * march_month + 2) / 5 + 1);
  to.month = static_cast<int>(march_month < 10 ? march_month + 3 : march_month - 9);
  to.year = cycle * 400 + year + (to.month <= 2 ? 1 : 0);
}

std::int64_t local_seconds(const DateTime& value) {
  const std::int64_t days = days_of_date(value.year, value.month, value.day) - kDaysTo1970;
  return days * kSecondsOfDay + value.hour * 3600 + value.minute * 60 + value.second;
}

std::int64_t utc_seconds(const DateTime& value) {
  return local_seconds(value) - value.zone.value_or(0) * 60;
}

void set_local_seconds(std::int64_t seconds, DateTime& to) {
  const std::int64_t days = floor_divide(seconds, kSecondsOfDay);
  const auto second_of_day = static_cast<int>(seconds - days * kSecondsOfDay);
  set_date_of_days(days + kDaysTo1970, to);
  to.hour = second_of_day / 3600;
  to.minute = second_of_day / 60 % 60;
  to.second = second_of_day % 60;
}

}  // namespace tripten
