#include "base/json_text.h"

#include "base/text_search.h"

namespace tripten {
namespace {

void append_escape(char c, std::string& out) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  constexpr std::string_view kShort = "\"\\\b\f\n\r\t", kLetters = "\"\\bfnrt";
  out += '\\';
  if (const std::size_t at = kShort.find(c); at != std::string_view::npos) {
    out += kLetters[at];
    return;
  }
  out += "u00";
  out += kDigits[static_cast<unsigned char>(c) >> 4];
  out += kDigits[static_cast<unsigned char>(c) & 0xF];
}

}  // namespace

void append_json_string(std::string_view text, std::string& out) {
  out += '"';
  while (true) {
    const std::size_t plain = plain_bytes(text);
    out.append(text, 0, plain);
    if (plain == text.size()) break;
    append_escape(text[plain], out);
    text.remove_prefix(plain + 1);
  }
  out += '"';
}

}  // namespace tripten
