#include "rdf/typed_value.h"

#include <algorithm>

namespace tripten {
namespace {

constexpr std::int64_t kMostZoneSeconds = 14 * 3600;

template <typename T>
void set_value(TypedValue& to, ValueClass value_class, std::optional<T>&& value) {
  to.value_class = value ? value_class : ValueClass::IllTyped;
  if (value) to.value = std::move(*value);
}

void set_temporal(TypedValue& to, Datatype type) {
  auto value = parse_date_time(to.term.value, temporal_kind_of(type));
  if (value && type == Datatype::DateTimeStamp && !value->zone) value.reset();
  set_value(to, ValueClass::Temporal, std::move(value));
}

/// Whether a duration's text has only the units of its type.
bool has_units_of(std::string_view text, Datatype type) {
  if (type == Datatype::YearMonthDuration)
    return text.find_first_of("DT") == std::string_view::npos;
  if (type == Datatype::DayTimeDuration)
    return text.substr(0, text.find('T')).find_first_of("YM") == std::string_view::npos;
  return true;
}

void set_duration(TypedValue& to, Datatype type) {
  auto value = parse_duration(to.term.value);
  if (!has_units_of(to.term.value, type)) value.reset();
  set_value(to, ValueClass::Duration, std::move(value));
}

/// Seconds UTC, then the fraction's digits, which order as texts once the zeros at their end are
/// gone.
std::weak_ordering compare_at(std::int64_t a_seconds, const DateTime& a, std::int64_t b_seconds,
                              const DateTime& b) {
  if (a_seconds != b_seconds) return a_seconds <=> b_seconds;
  return a.fraction <=> b.fraction;
}

}  // namespace

TemporalKind temporal_kind_of(Datatype type) {
  switch (type) {
    case Datatype::Date:
      return TemporalKind::Date;
    case Datatype::Time:
      return TemporalKind::Time;
    case Datatype::GYear:
      return TemporalKind::GYear;
    case Datatype::GYearMonth:
      return TemporalKind::GYearMonth;
    case Datatype::GMonth:
      return TemporalKind::GMonth;
    case Datatype::GMonthDay:
      return TemporalKind::GMonthDay;
    case Datatype::GDay:
      return TemporalKind::GDay;
    default:
      return TemporalKind::DateTime;
  }
}

std::optional<bool> parse_boolean(std::string_view lexical) {
  if (lexical == "true" || lexical == "1") return true;
  if (lexical == "false" || lexical == "0") return false;
  return std::nullopt;
}

TypedValue value_of(const TermView& term) {
  TypedValue result{.term = term};
  if (term.kind != TermKind::Literal) {
    constexpr ValueClass kClasses[]{ValueClass::Unbound, ValueClass::Blank, ValueClass::Iri};
    result.value_class = kClasses[static_cast<std::size_t>(term.kind)];
    return result;
  }
  if (!term.language.empty()) {
    result.value_class = ValueClass::Tagged;
    return result;
  }
  const Datatype type = datatype_of_iri(term.datatype);
  if (type == Datatype::String)
    result.value_class = ValueClass::String;
  else if (type == Datatype::Unknown)
    result.value_class = ValueClass::Unknown;
  else if (type == Datatype::Boolean)
    set_value(result, ValueClass::Boolean, parse_boolean(term.value));
  else if (is_numeric_type(type))
    set_value(result, ValueClass::Number, parse_number(term.value, type));
  else if (is_temporal_type(type))
    set_temporal(result, type);
  else
    set_duration(result, type);
  return result;
}

std::partial_ordering compare(const DateTime& a, const DateTime& b) {
  const std::int64_t x = utc_seconds(a), y = utc_seconds(b);
  if (a.zone.has_value() == b.zone.has_value()) return compare_at(x, a, y, b);
  // The one without zone may be 14 hours earlier or later.
  const auto earlier = a.zone ? compare_at(x, a, y - kMostZoneSeconds, b)
                              : compare_at(x - kMostZoneSeconds, a, y, b);
  const auto later = a.zone ? compare_at(x, a, y + kMostZoneSeconds, b)
                            : compare_at(x + kMostZoneSeconds, a, y, b);
  return earlier == later && earlier != 0 ? std::partial_ordering(earlier)
                                          : std::partial_ordering::unordered;
}

std::weak_ordering order(const DateTime& a, const DateTime& b) {
  return compare_at(utc_seconds(a), a, utc_seconds(b), b);
}

}  // namespace tripten
