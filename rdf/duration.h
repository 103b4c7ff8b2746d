// Durations of XML Schema (XSD 1.1 part 2, §3.3.6, §3.4.26, §3.4.27): months and seconds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "rdf/decimal.h"

namespace tripten {

/// Both parts have the same sign.
struct Duration {
  std::int64_t months = 0;
  Decimal seconds{};
  friend bool operator==(const Duration&, const Duration&) = default;
};

/// -?P(nY)?(nM)?(nD)?(T(nH)?(nM)?(n(.n)?S)?)?; numbers of more than 12 digits are refused.
std::optional<Duration> parse_duration(std::string_view lexical);

/// Appends the canonical form: P1Y2M3DT4H5M6.7S, PT0S.
void append_duration(const Duration& value, std::string& out);

}  // namespace tripten
