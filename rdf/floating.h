// The texts of xsd:double and xsd:float.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tripten {

/// The value of a lexical form of xsd:double (XSD 1.1 §3.3.5), nearest to it; nothing for others.
std::optional<double> parse_double(std::string_view lexical);
/// The same for xsd:float.
std::optional<float> parse_float(std::string_view lexical);

/// Appends the canonical form: one digit before the point, at least one behind it, `E`, an exponent
/// without plus and leading zeros: 1.5E0; the fewest digits that give the value back. INF, -INF,
/// NaN.
void append_double(double value, std::string& out);
void append_float(float value, std::string& out);

}  // namespace tripten
