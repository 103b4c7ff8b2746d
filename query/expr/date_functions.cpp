// Functions on dates and times (§17.4.5). YEAR, MONTH and DAY also take xsd:date, HOURS, MINUTES
// and SECONDS xsd:time, as XPath's functions do.
#include "query/expr/node.h"
#include "rdf/vocabulary.h"

namespace tripten {
namespace {

/// The argument, where it is a dateTime or of the other kind.
const DateTime* date_time_of(Operand& operand, TemporalKind other) {
  const TypedValue& value = operand.typed();
  if (value.value_class != ValueClass::Temporal) return nullptr;
  const DateTime& date_time = value.date_time();
  return date_time.kind == TemporalKind::DateTime || date_time.kind == other ? &date_time : nullptr;
}

Value year(Frame& frame, std::span<Operand> arguments) {
  const DateTime* const value = date_time_of(arguments[0], TemporalKind::Date);
  return value ? frame.integer(value->year) : Value();
}

template <int DateTime::*property, TemporalKind other>
Value integer_property(Frame& frame, std::span<Operand> arguments) {
  const DateTime* const value = date_time_of(arguments[0], other);
  return value ? frame.integer(value->*property) : Value();
}

Value seconds(Frame& frame, std::span<Operand> arguments) {
  const DateTime* const value = date_time_of(arguments[0], TemporalKind::Time);
  if (!value) return {};
  const auto seconds = Decimal::parse(std::to_string(value->second) + '.' + value->fraction);
  return seconds ? frame.number(Number::of_decimal(*seconds)) : Value();
}

Value timezone(Frame& frame, std::span<Operand> arguments) {
  const DateTime* const value = date_time_of(arguments[0], TemporalKind::DateTime);
  if (!value || !value->zone) return {};
  std::string text;
  append_duration({.seconds = Decimal(*value->zone * 60)}, text);
  return frame.literal(text, kXsdDayTimeDuration);
}

Value tz(Frame& frame, std::span<Operand> arguments) {
  const DateTime* const value = date_time_of(arguments[0], TemporalKind::DateTime);
  if (!value) return {};
  if (!value->zone) return frame.string("");
  // As it is written: +00:00 is not Z here.
  const std::string_view lexical = arguments[0].term().value;
  constexpr std::size_t kOffsetLength = 6;  // +hh:mm
  return frame.string(lexical.ends_with('Z') ? "Z"
                                             : lexical.substr(lexical.size() - kOffsetLength));
}

Value now(Frame& frame, std::span<Operand>) {
  const std::int64_t milliseconds = frame.context().now_milliseconds;
  const std::int64_t part = ((milliseconds % 1000) + 1000) % 1000;
  DateTime value{.zone = 0};
  set_local_seconds((milliseconds - part) / 1000, value);
  if (part != 0) {
    value.fraction = std::to_string(1000 + part).substr(1);
    value.fraction.erase(value.fraction.find_last_not_of('0') + 1);
  }
  std::string text;
  append_date_time(value, text);
  return frame.literal(text, kXsdDateTime);
}

}  // namespace

FunctionTraits date_function(Function function) {
  constexpr TemporalKind kDate = TemporalKind::Date, kTime = TemporalKind::Time;
  switch (function) {
    case Function::Now:
      return {now};
    case Function::Year:
      return {year};
    case Function::Month:
      return {integer_property<&DateTime::month, kDate>};
    case Function::Day:
      return {integer_property<&DateTime::day, kDate>};
    case Function::Hours:
      return {integer_property<&DateTime::hour, kTime>};
    case Function::Minutes:
      return {integer_property<&DateTime::minute, kTime>};
    case Function::Seconds:
      return {seconds};
    case Function::Timezone:
      return {timezone};
    case Function::Tz:
      return {tz};
    default:
      return {};
  }
}

}  // namespace tripten
