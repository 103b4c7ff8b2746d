#include "shell/unicode_text.h"

#include <wchar.h>

namespace tripten::shell {

namespace {

constexpr wchar_t kReplacement = 0xFFFD;

/// The character at `at`, which moves behind it.
wchar_t take(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
  };
  const unsigned first = byte(at);
  const std::size_t length = first < 0x80                    ? 1
                             : first >= 0xC2 && first < 0xE0 ? 2
                             : first >= 0xE0 && first < 0xF0 ? 3
                             : first >= 0xF0 && first < 0xF5 ? 4
                                                             : 0;
  unsigned code = length <= 1 ? first : first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) {
      ++at;
      return kReplacement;
    }
    code = code << 6 | (byte(at + i) & 0x3FU);
  }
  const bool is_long = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  if (length == 0 || is_long || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) {
    ++at;
    return kReplacement;
  }
  at += length;
  return static_cast<wchar_t>(code);
}

}  // namespace

std::wstring wide(std::string_view utf8) {
  std::wstring text;
  for (std::size_t at = 0; at < utf8.size();)
    text += take(utf8, at);
  return text;
}

std::string utf8(std::wstring_view text) {
  std::string bytes;
  for (const wchar_t c : text) {
    const auto code = static_cast<unsigned>(c);
    const auto add = [&](unsigned byte) { bytes += static_cast<char>(byte); };
    if (code < 0x80) {
      add(code);
    } else if (code < 0x800) {
      add(0xC0 | code >> 6);
      add(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
      add(0xE0 | code >> 12);
      add(0x80 | (code >> 6 & 0x3F));
      add(0x80 | (code & 0x3F));
    } else {
      add(0xF0 | code >> 18);
      add(0x80 | (code >> 12 & 0x3F));
      add(0x80 | (code >> 6 & 0x3F));
      add(0x80 | (code & 0x3F));
    }
  }
  return bytes;
}

std::size_t columns_of(std::wstring_view text) {
  std::size_t columns = 0;
  for (const wchar_t c : text)
    if (const int width = wcwidth(c); width > 0) columns += static_cast<std::size_t>(width);
  return columns;
}

std::wstring cut_to(std::wstring_view text, std::size_t columns) {
  if (columns_of(text) <= columns) return std::wstring(text);
  std::wstring cut;
  std::size_t used = 1;  // of the …
  for (const wchar_t c : text) {
    const std::size_t width = columns_of({&c, 1});
    if (used + width > columns) break;
    used += width;
    cut += c;
  }
  return cut + L'…';
}

}  // namespace tripten::shell
