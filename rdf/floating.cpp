// xsd:double and xsd:float ↔ texts, by <charconv>, which knows no locale.
#include "rdf/floating.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace tripten {
namespace {

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] >= '0' && text[at] <= '9')
    ++at;
  return at;
}

/// ([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?
bool is_unsigned_number(std::string_view text) {
  std::size_t at = skip_digits(text, 0);
  std::size_t digits = at;
  if (at < text.size() && text[at] == '.') {
    const std::size_t end = skip_digits(text, at + 1);
    digits += end - at - 1;
    at = end;
  }
  if (digits == 0) return false;
  if (at == text.size()) return true;
  if (text[at] != 'e' && text[at] != 'E') return false;
  ++at;
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
  return at < text.size() && skip_digits(text, at) == text.size();
}

/// For a number that no finite one but 0 is near to: whether it is too large rather than too small.
/// The decimal exponent of its first digit that is not 0 decides.
bool is_too_large(std::string_view text) {
  const std::size_t e = std::min(text.find_first_of("eE"), text.size());
  const std::string_view digits = text.substr(0, e);
  const std::size_t first = digits.find_first_of("123456789");
  const std::size_t point = std::min(digits.find('.'), digits.size());
  long long exponent = 0;
  if (e < text.size()) {
    const bool plus = text[e + 1] == '+';
    const auto begin = text.data() + e + (plus ? 2 : 1);
    if (std::from_chars(begin, text.data() + text.size(), exponent).ec != std::errc())
      return text[e + 1] != '-';
  }
  return exponent + static_cast<long long>(point) - static_cast<long long>(first) > 0;
}

template <typename Real>
std::optional<Real> parse_real(std::string_view lexical) {
  if (lexical == "NaN") return std::numeric_limits<Real>::quiet_NaN();
  std::string_view text = lexical;
  const bool negative = !text.empty() && text[0] == '-';
  if (negative || (!text.empty() && text[0] == '+')) text.remove_prefix(1);
  Real value = 0;
  if (text == "INF") {
    value = std::numeric_limits<Real>::infinity();
  } else {
    if (!is_unsigned_number(text)) return std::nullopt;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (result.ec == std::errc::result_out_of_range)
      value = is_too_large(text) ? std::numeric_limits<Real>::infinity() : 0;
  }
  return negative ? -value : value;
}

template <typename Real>
void append_real(Real value, std::string& out) {
  if (std::isnan(value)) {
    out += "NaN";
    return;
  }
  if (std::isinf(value)) {
    out += value > 0 ? "INF" : "-INF";
    return;
  }
  std::array<char, 64> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 std::chars_format::scientific)
                       .ptr;
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t e = text.find('e');
  const std::string_view digits = text.substr(0, e);
  out += digits;
  if (digits.find('.') == std::string_view::npos) out += ".0";
  // <charconv> writes the exponent as e+05.
  std::string_view exponent = text.substr(e + 1);
  out += 'E';
  if (exponent[0] == '-') out += '-';
  exponent.remove_prefix(1);
  while (exponent.size() > 1 && exponent[0] == '0')
    exponent.remove_prefix(1);
  out += exponent;
}

}  // namespace

std::optional<double> parse_double(std::string_view lexical) {
  return parse_real<double>(lexical);
}
std::optional<float> parse_float(std::string_view lexical) {
  return parse_real<float>(lexical);
}
void append_double(double value, std::string& out) {
  append_real(value, out);
}
void append_float(float value, std::string& out) {
  append_real(value, out);
}

}  // namespace tripten
