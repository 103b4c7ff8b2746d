// Casts (§17.5) by the rules of XPath (Functions and Operators 3.1 §19), for the datatypes of the
// table there and all others that values are known of.
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "query/expr/node.h"
#include "rdf/floating.h"
#include "rdf/vocabulary.h"

namespace tripten {
namespace {

/// White space at the ends does not count in a cast from a string.
std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\n\r";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

/// Without an exponent, as few digits as give the value back.
template <typename Real>
std::string fixed_digits(Real value) {
  std::array<char, 1200> buffer;
  const auto result =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
  return {buffer.data(), result.ptr};
}

std::string fixed_digits(const Number& number) {
  return number.type == NumericType::Float ? fixed_digits(static_cast<float>(number.real))
                                           : fixed_digits(number.real);
}

/// §19.1.2.3: decimals without a needless point, floats and doubles without exponent from 10^-6 to
/// below 10^6.
void append_number_string(const Number& number, std::string& out) {
  if (number.is_exact()) {
    number.exact.append_shortest(out);
    return;
  }
  const double magnitude = std::fabs(number.real);
  if (magnitude == 0 || (magnitude >= 1e-6 && magnitude < 1e6))
    out += fixed_digits(number);
  else
    append_number(number, out);
}

Value cast_to_string(Frame& frame, Operand& argument) {
  const TypedValue& value = argument.typed();
  std::string text;
  switch (value.value_class) {
    case ValueClass::Blank:
      return {};
    case ValueClass::Boolean:
      return frame.string(value.boolean() ? "true" : "false");
    case ValueClass::Number:
      append_number_string(value.number(), text);
      return frame.string(text);
    case ValueClass::Temporal:
      append_date_time(value.date_time(), text);
      return frame.string(text);
    case ValueClass::Duration:
      append_duration(value.duration(), text);
      return frame.string(text);
    case ValueClass::Tagged:
    case ValueClass::IllTyped:
      return {};
    default:
      return frame.string(value.term.value);
  }
}

std::optional<Number> number_of(const TypedValue& value, Datatype target) {
  if (value.value_class == ValueClass::Number) return value.number();
  if (value.value_class == ValueClass::Boolean) return Number::of_integer(value.boolean() ? 1 : 0);
  if (value.value_class == ValueClass::String)
    return parse_number(trimmed(value.term.value), target);
  return std::nullopt;
}

/// The exact value; nothing for NaN and infinities. A double becomes the decimal that is written
/// for it.
std::optional<Decimal> exact_value(const Number& number) {
  if (number.is_exact()) return number.exact;
  if (!std::isfinite(number.real)) return std::nullopt;
  return Decimal::parse(fixed_digits(number));
}

/// Also checks the range of the derived integer types.
Value cast_to_integer(Frame& frame, Operand& argument, Datatype target, std::string_view iri) {
  const auto number = number_of(argument.typed(), target);
  const auto exact = number ? exact_value(*number) : std::nullopt;
  if (!exact) return {};
  const Decimal whole = exact->truncated();
  if (target == Datatype::Integer) return frame.number(Number::of_integer(whole));
  std::string text;
  whole.append_shortest(text);
  return parse_number(text, target) ? frame.literal(text, iri) : Value();
}

Value cast_to_number(Frame& frame, Operand& argument, Datatype target) {
  const auto number = number_of(argument.typed(), target);
  if (!number) return {};
  if (target == Datatype::Decimal) {
    const auto exact = exact_value(*number);
    return exact ? frame.number(Number::of_decimal(*exact)) : Value();
  }
  if (target == Datatype::Double) return frame.number(Number::of_double(number->to_double()));
  return frame.number(Number::of_float(number->is_exact() ? number->exact.to_float()
                                                          : static_cast<float>(number->real)));
}

Value cast_to_boolean(Frame&, Operand& argument) {
  const TypedValue& value = argument.typed();
  if (value.value_class == ValueClass::Boolean) return Frame::boolean(value.boolean());
  if (value.value_class == ValueClass::String) {
    const auto boolean = parse_boolean(trimmed(value.term.value));
    return boolean ? Frame::boolean(*boolean) : Value();
  }
  if (value.value_class != ValueClass::Number) return {};
  const Number& number = value.number();
  return Frame::boolean(number.is_exact() ? number.exact.sign() != 0
                                          : number.real != 0 && !number.is_nan());
}

/// Between kinds: a dateTime gives its date, time and parts; a date the dateTime of its midnight.
bool can_cast(TemporalKind from, TemporalKind to) {
  if (from == to || from == TemporalKind::DateTime) return true;
  return from == TemporalKind::Date && to != TemporalKind::Time;
}

Value cast_to_temporal(Frame& frame, Operand& argument, Datatype target, std::string_view iri) {
  const TypedValue& value = argument.typed();
  DateTime result;
  if (value.value_class == ValueClass::String) {
    const TypedValue parsed =
        value_of({.kind = TermKind::Literal, .value = trimmed(value.term.value), .datatype = iri});
    if (parsed.value_class != ValueClass::Temporal) return {};
    result = parsed.date_time();
  } else if (value.value_class == ValueClass::Temporal) {
    result = value.date_time();
    const TemporalKind kind = temporal_kind_of(target);
    if (!can_cast(result.kind, kind)) return {};
    result.kind = kind;
    if (target == Datatype::DateTimeStamp && !result.zone) return {};
  } else {
    return {};
  }
  std::string text;
  append_date_time(result, text);
  return frame.literal(text, iri);
}

Value cast_to_duration(Frame& frame, Operand& argument, Datatype target, std::string_view iri) {
  const TypedValue& value = argument.typed();
  Duration result;
  if (value.value_class == ValueClass::String) {
    const TypedValue parsed =
        value_of({.kind = TermKind::Literal, .value = trimmed(value.term.value), .datatype = iri});
    if (parsed.value_class != ValueClass::Duration) return {};
    result = parsed.duration();
  } else if (value.value_class == ValueClass::Duration) {
    result = value.duration();
    if (target == Datatype::DayTimeDuration) result.months = 0;
    if (target == Datatype::YearMonthDuration) result.seconds = Decimal();
  } else {
    return {};
  }
  if (target == Datatype::YearMonthDuration && result.months == 0) return frame.literal("P0M", iri);
  std::string text;
  append_duration(result, text);
  return frame.literal(text, iri);
}

Value cast(Frame& frame, Operand& argument, Datatype target, std::string_view iri) {
  if (target == Datatype::String) return cast_to_string(frame, argument);
  if (target == Datatype::Boolean) return cast_to_boolean(frame, argument);
  if (is_integer_type(target)) return cast_to_integer(frame, argument, target, iri);
  if (is_numeric_type(target)) return cast_to_number(frame, argument, target);
  if (is_temporal_type(target)) return cast_to_temporal(frame, argument, target, iri);
  return cast_to_duration(frame, argument, target, iri);
}

}  // namespace

FunctionTraits cast_function(const std::string& iri) {
  const Datatype target = datatype_of_iri(iri);
  if (iri.empty() || target == Datatype::Unknown)
    throw Error(ErrorCode::Invalid, fmt::format("the function <{}> is not known", iri));
  // Terms view the IRI: it lives as long as the function does.
  return {[target, shared_iri = std::make_shared<const std::string>(iri)](
              Frame& frame, std::span<Operand> arguments) {
            return cast(frame, arguments[0], target, *shared_iri);
          },
          Reads::Terms};
}

}  // namespace tripten
