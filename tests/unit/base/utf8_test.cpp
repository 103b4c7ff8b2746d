#include "base/utf8.h"

#include <string>

#include <catch2/catch.hpp>

using namespace tripten;
using namespace std::string_literals;

TEST_CASE("Every code point survives encoding and decoding") {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c == 0xD800) c = 0xE000;
    std::string text;
    append_utf8(c, text);
    const DecodedCodePoint back = decode_utf8(text);
    if (back.code_point != c || !back.valid || back.bytes != text.size() || !is_valid_utf8(text)) {
      CAPTURE(static_cast<std::uint32_t>(c));
      FAIL("this code point does not come back");
    }
  }
}

TEST_CASE("Code points that are none are encoded as U+FFFD") {
  for (const char32_t c : {char32_t{0xD800}, char32_t{0xDFFF}, char32_t{0x110000}}) {
    std::string text;
    append_utf8(c, text);
    CHECK(text == "\xEF\xBF\xBD");
  }
}

TEST_CASE("Broken UTF-8 is found where it begins") {
  CHECK(find_invalid_utf8("") == std::string::npos);
  CHECK(find_invalid_utf8("plain ASCII of more than eight bytes") == std::string::npos);
  CHECK(find_invalid_utf8("αβγ 漢字 😀") == std::string::npos);
  CHECK(find_invalid_utf8("\x80") == 0);
  CHECK(find_invalid_utf8("12345678\xFF") == 8);
  CHECK(find_invalid_utf8("a\xC0\xAF") == 1);         // overlong
  CHECK(find_invalid_utf8("ab\xE0\x80\xAF") == 2);    // overlong
  CHECK(find_invalid_utf8("abc\xED\xA0\x80") == 3);   // surrogate
  CHECK(find_invalid_utf8("\xF4\x90\x80\x80") == 0);  // above U+10FFFF
  CHECK(find_invalid_utf8("\xF5\x80\x80\x80") == 0);
  CHECK(find_invalid_utf8("\xF0\x8F\xBF\xBF") == 0);  // overlong
  CHECK(find_invalid_utf8("12345678\xCE") == 8);      // cut short
  CHECK(find_invalid_utf8("α\xE2\x82") == 2);         // cut short
  CHECK(find_invalid_utf8("\xE2\x28\xA1") == 0);
}

TEST_CASE("A byte that is no UTF-8 decodes to U+FFFD and takes one byte") {
  const DecodedCodePoint bad = decode_utf8("\xFFz");
  CHECK(bad.code_point == kReplacementCharacter);
  CHECK(bad.bytes == 1);
  CHECK_FALSE(bad.valid);
  CHECK(decode_utf8("\xEF\xBF\xBD").valid);
}

TEST_CASE("The tail of a cut text is counted only where it can still become a code point") {
  CHECK(incomplete_utf8_tail("") == 0);
  CHECK(incomplete_utf8_tail("abc") == 0);
  CHECK(incomplete_utf8_tail("α") == 0);
  CHECK(incomplete_utf8_tail("a\xCE") == 1);
  CHECK(incomplete_utf8_tail("a\xE2\x82") == 2);
  CHECK(incomplete_utf8_tail("\xF0\x9F\x98") == 3);
  CHECK(incomplete_utf8_tail("\xF0\x9F\x98\x80") == 0);
  CHECK(incomplete_utf8_tail("\xE0\x80") == 0);
  CHECK(incomplete_utf8_tail("\xFF") == 0);
  CHECK(incomplete_utf8_tail("\x80\x80\x80\x80") == 0);
}

TEST_CASE("Code points are counted and found by number") {
  const std::string text = "aβ漢😀z";
  CHECK(count_code_points(text) == 5);
  CHECK(code_point_offset(text, 0) == 0);
  CHECK(code_point_offset(text, 2) == 3);
  CHECK(code_point_offset(text, 4) == 10);
  CHECK(code_point_offset(text, 9) == text.size());
}

TEST_CASE("Wide characters take two columns and combining marks none") {
  CHECK(display_width("PTEN") == 4);
  CHECK(display_width("漢字") == 4);
  CHECK(display_width("e\u0301") == 1);
  CHECK(display_width("😀") == 2);
  CHECK(display_width("a\tb") == 2);
}

TEST_CASE("An excerpt is short and can be printed") {
  CHECK(excerpt("short", 10) == "short");
  CHECK(excerpt("αβγδ", 2) == "αβ…");
  CHECK(excerpt("a\nb\x01\xFFz"s, 10) == "a\uFFFDb\uFFFD\uFFFDz");
  CHECK(excerpt("", 0).empty());
}
