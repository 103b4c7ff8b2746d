// Literals ↔ the ids that hold their values.
//
// A lexical form is canonical when the text made from its id is that form again: each kind is
// parsed generously, packed, written, and compared. So nothing that does not come back exactly is
// inlined. The numbers of the payloads count from 1970-01-01T00:00:00Z (DateTime) and 0000-03-01
// (Date).
#include "storage/inline_term.h"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>

#include "rdf/date_time.h"
#include "rdf/floating.h"
#include "rdf/vocabulary.h"

namespace tripten {
namespace {

constexpr std::int64_t kNumberOffset = std::int64_t{1} << 59;
constexpr std::int64_t kDecimalScale = 100'000'000;
constexpr int kDecimalDigits = 8;
constexpr std::int64_t kPlainOffset = std::int64_t{1} << 58;
constexpr std::int64_t kMostPlainScaled = std::int64_t{1} << 53;

constexpr int kZoneBits = 12;
constexpr std::int64_t kZoneOffset = 841;
constexpr std::int64_t kMostTime = std::int64_t{1} << (TermId::kPayloadBits - kZoneBits);
constexpr std::int64_t kDayOffset = std::int64_t{1} << 40;
constexpr std::int64_t kYearOffset = std::int64_t{1} << 40;
constexpr std::int64_t kMillisecondOffset = std::int64_t{1} << 46;

constexpr std::uint64_t kSignBit = std::uint64_t{1} << 63;
constexpr int kDroppedDoubleBits = 4;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

TermId number_id(IdKind kind, std::int64_t value) {
  return {kind, static_cast<std::uint64_t>(value + kNumberOffset)};
}
bool fits_number(std::int64_t value) {
  return value >= -kNumberOffset && value < kNumberOffset;
}
std::int64_t number_of(TermId id) {
  return static_cast<std::int64_t>(id.payload()) - kNumberOffset;
}

/// -?[1-9][0-9]* or 0.
std::optional<TermId> integer_id(std::string_view text) {
  const bool negative = !text.empty() && text[0] == '-';
  const std::size_t first = negative ? 1 : 0;
  // 18 digits hold every value that fits, and always fit into an int64.
  if (text.size() <= first || text.size() > first + 18) return std::nullopt;
  if (text[first] == '0' && text != "0") return std::nullopt;
  std::int64_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc() || result.ptr != text.data() + text.size()) return std::nullopt;
  return inline_integer_id(value);
}

/// -?(0|[1-9][0-9]*)\.([0-9]*[1-9]|0), but no -0.0.
std::optional<TermId> decimal_id(std::string_view text) {
  const bool negative = !text.empty() && text[0] == '-';
  if (negative) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos || point == 0 || point > 10) return std::nullopt;
  const std::string_view whole = text.substr(0, point), part = text.substr(point + 1);
  if (part.empty() || part.size() > kDecimalDigits) return std::nullopt;
  if (whole.size() > 1 && whole[0] == '0') return std::nullopt;
  if (part.size() > 1 && part.back() == '0') return std::nullopt;
  std::int64_t value = 0;
  for (const char c : whole) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  for (std::size_t i = 0; i < kDecimalDigits; ++i) {
    if (i < part.size() && !is_digit(part[i])) return std::nullopt;
    value = value * 10 + (i < part.size() ? part[i] - '0' : 0);
  }
  if (negative) value = -value;
  if ((negative && value == 0) || !fits_number(value)) return std::nullopt;
  return number_id(IdKind::Decimal, value);
}

void append_decimal(std::int64_t scaled, std::string& out) {
  if (scaled < 0) out += '-';
  const std::int64_t magnitude = scaled < 0 ? -scaled : scaled;
  std::array<char, 24> buffer;
  auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), magnitude / kDecimalScale).ptr;
  *end++ = '.';
  std::int64_t part = magnitude % kDecimalScale;
  for (int i = kDecimalDigits - 1; i >= 0; --i, part /= 10)
    end[i] = static_cast<char>('0' + part % 10);
  int digits = kDecimalDigits;
  while (digits > 1 && end[digits - 1] == '0')
    --digits;
  out.append(buffer.data(), end + digits);
}

TermId time_id(IdKind kind, std::int64_t time, const std::optional<int>& zone) {
  const std::int64_t packed_zone = zone ? *zone + kZoneOffset : 0;
  return {kind, (static_cast<std::uint64_t>(time) << kZoneBits) |
                    static_cast<std::uint64_t>(packed_zone)};
}
std::int64_t time_of(TermId id) {
  return static_cast<std::int64_t>(id.payload() >> kZoneBits);
}
std::optional<int> zone_of(TermId id) {
  const auto packed = static_cast<std::int64_t>(id.payload() & ((1u << kZoneBits) - 1));
  if (packed == 0) return std::nullopt;
  return static_cast<int>(packed - kZoneOffset);
}

/// Milliseconds of the fraction, where it has at most three digits.
std::optional<std::int64_t> milliseconds_of(const DateTime& value) {
  if (value.fraction.size() > 3) return std::nullopt;
  std::int64_t milliseconds = 0;
  for (std::size_t i = 0; i < 3; ++i)
    milliseconds = milliseconds * 10 + (i < value.fraction.size() ? value.fraction[i] - '0' : 0);
  return milliseconds;
}

/// The time part of a payload before the zone, where it fits.
std::optional<std::int64_t> packed_time(const DateTime& value) {
  std::int64_t time = 0;
  switch (value.kind) {
    case TemporalKind::Date:
      time = days_of_date(value.year, value.month, value.day) + kDayOffset;
      break;
    case TemporalKind::GYear:
      time = value.year + kYearOffset;
      break;
    default: {
      const auto milliseconds = milliseconds_of(value);
      const std::int64_t seconds = utc_seconds(value);
      if (!milliseconds || seconds < -kMostTime / 1000 || seconds > kMostTime / 1000)
        return std::nullopt;
      time = seconds * 1000 + *milliseconds + kMillisecondOffset;
    }
  }
  if (time < 0 || time >= kMostTime) return std::nullopt;
  return time;
}

DateTime unpacked_date_time(TermId id) {
  const std::int64_t milliseconds = time_of(id) - kMillisecondOffset;
  std::int64_t seconds = milliseconds / 1000;
  std::int64_t part = milliseconds % 1000;
  if (part < 0) {
    part += 1000;
    --seconds;
  }
  DateTime value{.kind = TemporalKind::DateTime, .zone = zone_of(id)};
  set_local_seconds(seconds + value.zone.value_or(0) * 60, value);
  for (std::int64_t unit = 100; part != 0; part %= unit, unit /= 10)
    value.fraction += static_cast<char>('0' + part / unit);
  return value;
}

DateTime unpacked_time(TermId id) {
  if (id.kind() == IdKind::DateTime) return unpacked_date_time(id);
  DateTime value{.kind = TemporalKind::Date, .zone = zone_of(id)};
  if (id.kind() == IdKind::Date) {
    set_date_of_days(time_of(id) - kDayOffset, value);
  } else {
    value.kind = TemporalKind::GYear;
    value.year = time_of(id) - kYearOffset;
  }
  return value;
}

/// The id, if the text made of it is `lexical` again.
std::optional<TermId> if_canonical(const std::optional<TermId>& id, std::string_view lexical) {
  if (!id) return std::nullopt;
  std::string text;
  append_inline_lexical(*id, text);
  return text == lexical ? id : std::nullopt;
}

/// The forms of Decimal and Integer.
std::optional<TermId> plain_double_id(std::string_view text) {
  const bool has_point = text.find('.') != std::string_view::npos;
  const std::optional<TermId> number = has_point ? decimal_id(text) : integer_id(text);
  if (!number) return std::nullopt;
  const std::int64_t most = kMostPlainScaled / (has_point ? 1 : kDecimalScale);
  if (number_of(*number) < -most || number_of(*number) > most) return std::nullopt;
  const std::int64_t scaled = number_of(*number) * (has_point ? 1 : kDecimalScale);
  return TermId(IdKind::PlainDouble,
                (static_cast<std::uint64_t>(scaled + kPlainOffset) << 1) | (has_point ? 1 : 0));
}
std::int64_t plain_scaled(TermId id) {
  return static_cast<std::int64_t>(id.payload() >> 1) - kPlainOffset;
}

void append_integer(std::int64_t value, std::string& out) {
  std::array<char, 24> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  out.append(buffer.data(), end);
}

void append_plain_double(TermId id, std::string& out) {
  if (id.payload() & 1)
    append_decimal(plain_scaled(id), out);
  else
    append_integer(plain_scaled(id) / kDecimalScale, out);
}

std::optional<TermId> double_id(std::string_view lexical) {
  if (const auto plain = plain_double_id(lexical)) return plain;
  if (lexical.size() > 24) return std::nullopt;  // longer than any canonical form
  const auto value = parse_double(lexical);
  return value ? if_canonical(inline_double_id(*value), lexical) : std::nullopt;
}

std::optional<TermId> temporal_id(IdKind id_kind, TemporalKind kind, std::string_view lexical) {
  if (lexical.size() > 40) return std::nullopt;  // longer than any that fits
  const auto value = parse_date_time(lexical, kind);
  if (!value) return std::nullopt;
  const auto time = packed_time(*value);
  if (!time) return std::nullopt;
  return if_canonical(time_id(id_kind, *time, value->zone), lexical);
}

}  // namespace

std::optional<TermId> inline_id(const TermView& term) {
  if (term.kind != TermKind::Literal || !term.datatype.starts_with(kXsdNamespace))
    return std::nullopt;
  const std::string_view name = term.datatype.substr(kXsdNamespace.size());
  if (name == "integer") return integer_id(term.value);
  if (name == "decimal") return decimal_id(term.value);
  if (name == "double") return double_id(term.value);
  if (name == "date") return temporal_id(IdKind::Date, TemporalKind::Date, term.value);
  if (name == "dateTime") return temporal_id(IdKind::DateTime, TemporalKind::DateTime, term.value);
  if (name == "gYear") return temporal_id(IdKind::GYear, TemporalKind::GYear, term.value);
  if (name == "boolean" && (term.value == "true" || term.value == "false"))
    return inline_boolean_id(term.value == "true");
  return std::nullopt;
}

void append_inline_lexical(TermId id, std::string& out) {
  switch (id.kind()) {
    case IdKind::Boolean:
      out += inline_boolean(id) ? "true" : "false";
      break;
    case IdKind::Integer:
      append_integer(number_of(id), out);
      break;
    case IdKind::Decimal:
      append_decimal(number_of(id), out);
      break;
    case IdKind::Double:
      append_double(inline_double(id), out);
      break;
    case IdKind::PlainDouble:
      append_plain_double(id, out);
      break;
    default:
      append_date_time(unpacked_time(id), out);
  }
}

std::string_view inline_datatype(TermId id) {
  switch (id.kind()) {
    case IdKind::Boolean:
      return kXsdBoolean;
    case IdKind::Integer:
      return kXsdInteger;
    case IdKind::Decimal:
      return kXsdDecimal;
    case IdKind::Double:
    case IdKind::PlainDouble:
      return kXsdDouble;
    case IdKind::Date:
      return kXsdDate;
    case IdKind::DateTime:
      return kXsdDateTime;
    case IdKind::GYear:
      return kXsdGYear;
    default:
      return {};
  }
}

std::int64_t inline_integer(TermId id) {
  return number_of(id);
}

double inline_double(TermId id) {
  if (id.kind() == IdKind::PlainDouble)
    return static_cast<double>(plain_scaled(id)) / static_cast<double>(kDecimalScale);
  const std::uint64_t flipped = id.payload() << kDroppedDoubleBits;
  // All bits of a negative number are flipped, its dropped ones (zero) then come back as ones.
  const std::uint64_t bits = flipped & kSignBit
                                 ? flipped & ~kSignBit
                                 : ~flipped & ~((std::uint64_t{1} << kDroppedDoubleBits) - 1);
  return std::bit_cast<double>(bits);
}

bool inline_boolean(TermId id) {
  return id.payload() != 0;
}

std::int64_t inline_decimal_scaled(TermId id) {
  return number_of(id);
}

std::optional<TermId> inline_integer_id(std::int64_t value) {
  if (!fits_number(value)) return std::nullopt;
  return number_id(IdKind::Integer, value);
}

std::optional<TermId> inline_double_id(double value) {
  // One NaN only: the others would have the same lexical form.
  const auto bits =
      std::isnan(value) ? std::uint64_t{0x7FF8000000000000} : std::bit_cast<std::uint64_t>(value);
  if (bits & ((std::uint64_t{1} << kDroppedDoubleBits) - 1)) return std::nullopt;
  const std::uint64_t ordered = bits & kSignBit ? ~bits : bits | kSignBit;
  return TermId(IdKind::Double, ordered >> kDroppedDoubleBits);
}

TermId inline_boolean_id(bool value) {
  return {IdKind::Boolean, value ? std::uint64_t{1} : 0};
}

}  // namespace tripten
