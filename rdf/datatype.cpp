#include "rdf/datatype.h"

#include <algorithm>
#include <array>
#include <utility>

#include "rdf/vocabulary.h"

namespace tripten {
namespace {

using Named = std::pair<std::string_view, Datatype>;

/// Sorted by name.
constexpr std::array<Named, 30> kDatatypes{{{"boolean", Datatype::Boolean},
                                            {"byte", Datatype::Byte},
                                            {"date", Datatype::Date},
                                            {"dateTime", Datatype::DateTime},
                                            {"dateTimeStamp", Datatype::DateTimeStamp},
                                            {"dayTimeDuration", Datatype::DayTimeDuration},
                                            {"decimal", Datatype::Decimal},
                                            {"double", Datatype::Double},
                                            {"duration", Datatype::Duration},
                                            {"float", Datatype::Float},
                                            {"gDay", Datatype::GDay},
                                            {"gMonth", Datatype::GMonth},
                                            {"gMonthDay", Datatype::GMonthDay},
                                            {"gYear", Datatype::GYear},
                                            {"gYearMonth", Datatype::GYearMonth},
                                            {"int", Datatype::Int},
                                            {"integer", Datatype::Integer},
                                            {"long", Datatype::Long},
                                            {"negativeInteger", Datatype::NegativeInteger},
                                            {"nonNegativeInteger", Datatype::NonNegativeInteger},
                                            {"nonPositiveInteger", Datatype::NonPositiveInteger},
                                            {"positiveInteger", Datatype::PositiveInteger},
                                            {"short", Datatype::Short},
                                            {"string", Datatype::String},
                                            {"time", Datatype::Time},
                                            {"unsignedByte", Datatype::UnsignedByte},
                                            {"unsignedInt", Datatype::UnsignedInt},
                                            {"unsignedLong", Datatype::UnsignedLong},
                                            {"unsignedShort", Datatype::UnsignedShort},
                                            {"yearMonthDuration", Datatype::YearMonthDuration}}};
static_assert(std::is_sorted(kDatatypes.begin(), kDatatypes.end(),
                             [](const Named& a, const Named& b) { return a.first < b.first; }));

}  // namespace

Datatype datatype_of_iri(std::string_view iri) {
  if (iri.empty()) return Datatype::String;
  if (!iri.starts_with(kXsdNamespace)) return Datatype::Unknown;
  const std::string_view name = iri.substr(kXsdNamespace.size());
  const auto it =
      std::lower_bound(kDatatypes.begin(), kDatatypes.end(), name,
                       [](const Named& entry, std::string_view key) { return entry.first < key; });
  return it != kDatatypes.end() && it->first == name ? it->second : Datatype::Unknown;
}

}  // namespace tripten
