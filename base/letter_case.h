// Capital and small letters of ASCII, whatever the locale; all other bytes stay.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace tripten {

constexpr char to_ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
constexpr char to_ascii_upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

inline std::string to_ascii_lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return to_ascii_lower(c); });
  return lower;
}
inline std::string to_ascii_upper(std::string_view text) {
  std::string upper(text);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](char c) { return to_ascii_upper(c); });
  return upper;
}

}  // namespace tripten
