// What a byte may be in a text of RDF: N-Triples to TriG share these sets (Turtle §6.5).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace tripten {

/// Sets of bytes, to be added up.
enum ByteClass : std::uint8_t {
  kName = 1,        ///< Of prefixed names and labels; any byte above 7F.
  kNotInIri = 2,    ///< What an IRIREF can't hold.
  kEndsString = 4,  ///< Quotes, backslash, line breaks.
  kDigit = 8,
  kLetter = 16,
  kBlank = 32,
  kBreak = 64,
  kEndsQuoted = 128  ///< kEndsString without the single quote.
};

constexpr bool is_in(std::string_view set, char c) {
  return set.find(c) != std::string_view::npos;
}

constexpr std::array<std::uint8_t, 256> kByteClasses = [] {
  std::array<std::uint8_t, 256> classes{};
  for (int i = 0; i < 256; ++i) {
    const char c = static_cast<char>(i);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit = c >= '0' && c <= '9';
    std::uint8_t& bits = classes[static_cast<std::size_t>(i)];
    if (letter) bits |= kLetter;
    if (digit) bits |= kDigit;
    if (letter || digit || i >= 0x80 || is_in("_:%\\-", c)) bits |= kName;
    if (i <= 0x20 || is_in("<>\"{}|^`\\", c)) bits |= kNotInIri;
    if (is_in("\"'\\\n\r", c)) bits |= kEndsString;
    if (is_in("\"\\\n\r", c)) bits |= kEndsQuoted;
    if (is_in(" \t", c)) bits |= kBlank;
    if (is_in("\n\r", c)) bits |= kBreak;
  }
  return classes;
}();

/// Whether the byte is of one of the classes.
constexpr bool is(char byte, std::uint8_t classes) {
  return (kByteClasses[static_cast<unsigned char>(byte)] & classes) != 0;
}

/// The value of a hexadecimal digit, or -1.
constexpr int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}  // namespace tripten
