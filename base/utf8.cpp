// The well-formed byte sequences are those of the Unicode Standard, table 3-7:
//
//   00..7F
//   C2..DF  80..BF
//   E0      A0..BF  80..BF
//   E1..EF  80..BF  80..BF          (ED: 80..9F, which leaves the surrogates out)
//   F0      90..BF  80..BF  80..BF
//   F1..F4  80..BF  80..BF  80..BF  (F4: 80..8F, which ends at U+10FFFF)
#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace tripten {
namespace {

using Byte = unsigned char;

bool is_continuation(char byte) {
  return (static_cast<Byte>(byte) & 0xC0) == 0x80;
}

/// Bytes of a sequence by its first one; 0 where none starts so.
std::uint8_t sequence_length(Byte first) {
  if (first < 0x80) return 1;
  if (first < 0xC2) return 0;
  if (first < 0xE0) return 2;
  if (first < 0xF0) return 3;
  return first < 0xF5 ? 4 : 0;
}

/// Whether the second byte may follow the first: the only place where the ranges differ.
bool fits_second(Byte first, Byte second) {
  switch (first) {
    case 0xE0:
      return second >= 0xA0 && second <= 0xBF;
    case 0xED:
      return second >= 0x80 && second <= 0x9F;
    case 0xF0:
      return second >= 0x90 && second <= 0xBF;
    case 0xF4:
      return second >= 0x80 && second <= 0x8F;
    default:
      return second >= 0x80 && second <= 0xBF;
  }
}

/// Bytes of the valid sequence at the start of `text`; 0 if there is none.
std::uint8_t valid_length(std::string_view text) {
  const Byte first = static_cast<Byte>(text[0]);
  const std::uint8_t length = sequence_length(first);
  if (length < 2) return length;
  if (text.size() < length || !fits_second(first, static_cast<Byte>(text[1]))) return 0;
  for (std::size_t i = 2; i < length; ++i)
    if (!is_continuation(text[i])) return 0;
  return length;
}

/// The offset of the first byte from `from` on that is not ASCII, eight bytes at a time.
std::size_t skip_ascii(std::string_view text, std::size_t from) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080u;
  while (from + 8 <= text.size()) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + from, 8);
    if (word & kHighBits) break;
    from += 8;
  }
  while (from < text.size() && static_cast<Byte>(text[from]) < 0x80)
    ++from;
  return from;
}

struct Range {
  char32_t first, last;
};

template <std::size_t N>
bool is_in(const std::array<Range, N>& ranges, char32_t c) {
  const auto it = std::upper_bound(ranges.begin(), ranges.end(), c,
                                   [](char32_t value, const Range& r) { return value < r.first; });
  return it != ranges.begin() && c <= std::prev(it)->last;
}

/// The blocks of combining marks and of characters without width that texts do hold.
constexpr std::array<Range, 18> kNoWidth{{{0x0300, 0x036F},
                                          {0x0483, 0x0489},
                                          {0x0591, 0x05BD},
                                          {0x0610, 0x061A},
                                          {0x064B, 0x065F},
                                          {0x06D6, 0x06DC},
                                          {0x0E31, 0x0E31},
                                          {0x0E34, 0x0E3A},
                                          {0x0E47, 0x0E4E},
                                          {0x1AB0, 0x1AFF},
                                          {0x1DC0, 0x1DFF},
                                          {0x200B, 0x200F},
                                          {0x202A, 0x202E},
                                          {0x2060, 0x2064},
                                          {0x20D0, 0x20FF},
                                          {0xFE00, 0xFE0F},
                                          {0xFE20, 0xFE2F},
                                          {0xFEFF, 0xFEFF}}};

/// The blocks that Unicode Standard Annex #11 calls wide, merged where they touch.
constexpr std::array<Range, 12> kWide{{{0x1100, 0x115F},
                                       {0x2E80, 0x303E},
                                       {0x3041, 0x33FF},
                                       {0x3400, 0x4DBF},
                                       {0x4E00, 0x9FFF},
                                       {0xA000, 0xA4CF},
                                       {0xAC00, 0xD7A3},
                                       {0xF900, 0xFAFF},
                                       {0xFE30, 0xFE6F},
                                       {0xFF00, 0xFF60},
                                       {0x1F300, 0x1F64F},
                                       {0x1F900, 0x1F9FF}}};

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

}  // namespace

DecodedCodePoint decode_utf8(std::string_view text) {
  const std::uint8_t length = valid_length(text);
  if (length == 0) return {};
  constexpr std::array<Byte, 5> kFirstBits{0, 0x7F, 0x1F, 0x0F, 0x07};
  char32_t c = static_cast<Byte>(text[0]) & kFirstBits[length];
  for (std::size_t i = 1; i < length; ++i)
    c = (c << 6) | (static_cast<Byte>(text[i]) & 0x3F);
  return {c, length, true};
}

void append_utf8(char32_t c, std::string& out) {
  if ((c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF) c = kReplacementCharacter;
  const auto put = [&out](char32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

std::size_t find_invalid_utf8(std::string_view text) {
  for (std::size_t at = 0; (at = skip_ascii(text, at)) < text.size();) {
    const std::uint8_t length = valid_length(text.substr(at));
    if (length == 0) return at;
    at += length;
  }
  return std::string_view::npos;
}

std::size_t incomplete_utf8_tail(std::string_view text) {
  for (std::size_t tail = 1; tail <= 3 && tail <= text.size(); ++tail) {
    const std::string_view end = text.substr(text.size() - tail);
    if (is_continuation(end[0])) continue;
    const Byte first = static_cast<Byte>(end[0]);
    const bool cut = sequence_length(first) > tail &&
                     (tail == 1 || fits_second(first, static_cast<Byte>(end[1])));
    return cut ? tail : 0;
  }
  return 0;
}

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

std::size_t code_point_offset(std::string_view text, std::size_t index) {
  for (std::size_t at = 0; at < text.size(); ++at)
    if (!is_continuation(text[at]) && index-- == 0) return at;
  return text.size();
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const auto byte = static_cast<unsigned char>(text[0]);
    if (byte >= 0x20 && byte < 0x7F) {  // ASCII without control characters: most of all text
      ++width;
      text.remove_prefix(1);
      continue;
    }
    const DecodedCodePoint next = decode_utf8(text);
    text.remove_prefix(next.bytes);
    if (is_control(next.code_point) || is_in(kNoWidth, next.code_point)) continue;
    width += is_in(kWide, next.code_point) || next.code_point >= 0x20000 ? 2 : 1;
  }
  return width;
}

std::string excerpt(std::string_view text, std::size_t most) {
  std::string out;
  for (std::size_t count = 0; !text.empty(); ++count) {
    if (count == most) return out + "…";
    const DecodedCodePoint next = decode_utf8(text);
    text.remove_prefix(next.bytes);
    append_utf8(is_control(next.code_point) ? kReplacementCharacter : next.code_point, out);
  }
  return out;
}

}  // namespace tripten
