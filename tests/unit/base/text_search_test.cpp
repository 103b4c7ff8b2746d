// Searching against the standard library's ways.
#include "base/text_search.h"

#include <random>
#include <string>

#include <catch2/catch.hpp>

#include "base/letter_case.h"

namespace tripten {
namespace {

/// Few different bytes, so that parts of matches are everywhere; some differ in bit 5 alone.
std::string random_text(std::mt19937& random, std::size_t most) {
  constexpr std::string_view kBytes = "abABab@`[{\xC3\xE3 ";
  std::string text(random() % (most + 1), ' ');
  for (char& c : text)
    c = kBytes[random() % kBytes.size()];
  return text;
}

}  // namespace

TEST_CASE("A text is found where the standard library finds it") {
  std::mt19937 random(3);
  int found = 0;
  for (int round = 0; round < 20000; ++round) {
    const std::string text = random_text(random, 90), part = random_text(random, 4);
    CAPTURE(text, part);
    const bool contains = text.find(part) != std::string::npos;
    found += contains;
    REQUIRE(contains_text(text, part) == contains);
    REQUIRE(find_ignoring_case(text, to_ascii_lower(part)) ==
            to_ascii_lower(text).find(to_ascii_lower(part)));
  }
  CHECK(found > 2000);
  CHECK(contains_text("", ""));
  CHECK_FALSE(contains_text("", "a"));
  CHECK(find_ignoring_case("", "") == 0);
}

TEST_CASE("A text is found at its last place and not behind the end") {
  for (std::size_t length = 1; length < 70; ++length) {
    const std::string text = std::string(length, 'x') + "End";
    CHECK(contains_text(text, "End"));
    CHECK(find_ignoring_case(text, "end") == length);
    CHECK_FALSE(contains_text(std::string_view(text).substr(0, length + 2), "End"));
    CHECK(find_ignoring_case(std::string_view(text).substr(0, length + 2), "end") ==
          std::string_view::npos);
  }
}

TEST_CASE("A text is ASCII where no byte is above 127") {
  for (std::size_t length = 0; length < 40; ++length) {
    std::string text(length, 'x');
    CHECK(is_ascii(text));
    for (std::size_t at = 0; at < length; ++at) {
      text[at] = '\x80';
      CHECK_FALSE(is_ascii(text));
      text[at] = 'x';
    }
  }
}

TEST_CASE("Bytes are plain up to the first one that is escaped") {
  for (int byte = 0; byte < 256; ++byte) {
    const bool is_plain = byte >= 0x20 && byte != 0x7F && byte != '"' && byte != '\\';
    for (const std::size_t before : {0, 1, 7, 15, 16, 17, 40}) {
      const std::string text =
          std::string(before, 'x') + static_cast<char>(byte) + "yyyyyyyyyyyyyyyyyy";
      CAPTURE(byte, before);
      CHECK(plain_bytes(text) == (is_plain ? text.size() : before));
    }
  }
  CHECK(plain_bytes("") == 0);
}

}  // namespace tripten
