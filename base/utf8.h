// UTF-8 (RFC 3629): decoding, encoding, validity and counting.
//
// Overlong forms, surrogates (U+D800-DFFF) and anything above U+10FFFF are invalid.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tripten {

/// What stands for a code point that can't be decoded.
constexpr char32_t kReplacementCharacter = 0xFFFD;

/// One decoded code point and the bytes it took.
struct DecodedCodePoint {
  char32_t code_point = kReplacementCharacter;
  std::uint8_t bytes = 1;
  bool valid = false;  ///< Otherwise the first byte stands alone and is no UTF-8.
};

/// The code point at the start of `text`, which is not empty.
DecodedCodePoint decode_utf8(std::string_view text);

/// Appends a code point; surrogates and numbers above U+10FFFF become U+FFFD.
void append_utf8(char32_t code_point, std::string& out);

/// The offset of the first byte that is not part of valid UTF-8; npos if all is valid.
std::size_t find_invalid_utf8(std::string_view text);
inline bool is_valid_utf8(std::string_view text) {
  return find_invalid_utf8(text) == std::string_view::npos;
}

/// How many bytes at the end of `text` begin a code point whose other bytes are still missing: 0 to
/// 3. For texts that arrive in pieces.
std::size_t incomplete_utf8_tail(std::string_view text);

/// Code points in valid UTF-8: the bytes that don't continue another one.
std::size_t count_code_points(std::string_view text);

/// The offset at which the code point number `index` (from 0) starts; the size if there are fewer.
std::size_t code_point_offset(std::string_view text, std::size_t index);

/// Columns that valid UTF-8 takes on a terminal: none for control characters and combining marks,
/// two for East Asian wide characters and emoji, one for the others.
std::size_t display_width(std::string_view text);

/// A text for error messages: at most `most` code points, an ellipsis for the rest; line breaks,
/// control characters and broken UTF-8 as U+FFFD.
std::string excerpt(std::string_view text, std::size_t most);

}  // namespace tripten
