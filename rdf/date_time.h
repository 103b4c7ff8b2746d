// The dates and times of XML Schema (XSD 1.1 part 2, §3.3.7 to §3.3.14), proleptic Gregorian with a
// year 0.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tripten {

enum class TemporalKind : std::uint8_t {
  DateTime,
  Date,
  Time,
  GYear,
  GYearMonth,
  GMonth,
  GMonthDay,
  GDay
};

/// The seven-property model (XSD 1.1 §D.2.1). Properties that the kind does not have hold values
/// that make timelines comparable inside the kind.
struct DateTime {
  TemporalKind kind = TemporalKind::DateTime;
  std::int64_t year = 1972;
  int month = 1, day = 1, hour = 0, minute = 0, second = 0;
  std::string fraction{};     ///< Digits behind the second's point, without trailing zeros.
  std::optional<int> zone{};  ///< Minutes east of UTC.
  friend bool operator==(const DateTime&, const DateTime&) = default;
};

/// Years have at most this many digits here; longer ones are no value.
constexpr std::size_t kMostYearDigits = 10;

/// The value of a lexical form; nothing for one that is not of the kind, for days that the calendar
/// does not have, and for years beyond kMostYearDigits. 24:00:00 is the next day's midnight.
std::optional<DateTime> parse_date_time(std::string_view lexical, TemporalKind kind);

/// Appends the canonical lexical form; time zones stay as they are, UTC is written Z.
void append_date_time(const DateTime& value, std::string& out);

/// Days from 0000-03-01 to a day of the proleptic Gregorian calendar, and back.
std::int64_t days_of_date(std::int64_t year, int month, int day);
void set_date_of_days(std::int64_t days, DateTime& to);

/// Whole seconds since 1970-01-01T00:00:00, as if the local time were UTC.
std::int64_t local_seconds(const DateTime& value);
/// The same with the time zone taken off; without one, UTC is taken.
std::int64_t utc_seconds(const DateTime& value);
/// The date and time of day at local_seconds.
void set_local_seconds(std::int64_t seconds, DateTime& to);

}  // namespace tripten
