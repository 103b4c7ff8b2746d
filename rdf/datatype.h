// The datatypes that SPARQL's operators know, by their IRIs.
#pragma once

#include <cstdint>
#include <string_view>

namespace tripten {

/// Groups stand together: the integers, the dates and times, the durations.
enum class Datatype : std::uint8_t {
  Unknown,
  String,
  Boolean,
  Integer,
  NonPositiveInteger,
  NegativeInteger,
  NonNegativeInteger,
  PositiveInteger,
  Long,
  Int,
  Short,
  Byte,
  UnsignedLong,
  UnsignedInt,
  UnsignedShort,
  UnsignedByte,
  Decimal,
  Float,
  Double,
  DateTime,
  DateTimeStamp,
  Date,
  Time,
  GYear,
  GYearMonth,
  GMonth,
  GMonthDay,
  GDay,
  Duration,
  DayTimeDuration,
  YearMonthDuration
};

constexpr bool is_integer_type(Datatype type) {
  return type >= Datatype::Integer && type <= Datatype::UnsignedByte;
}
constexpr bool is_numeric_type(Datatype type) {
  return type >= Datatype::Integer && type <= Datatype::Double;
}
constexpr bool is_temporal_type(Datatype type) {
  return type >= Datatype::DateTime && type <= Datatype::GDay;
}
constexpr bool is_duration_type(Datatype type) {
  return type >= Datatype::Duration;
}

/// The empty IRI, as TermView has it, is xsd:string. Unknown for IRIs that are none of these.
Datatype datatype_of_iri(std::string_view iri);

}  // namespace tripten
