#include "rdf/language_tag.h"

#include <algorithm>

namespace tripten {

namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

}  // namespace

// Two letters are a region and upper case, four a script with a capital; but not the language at
// the start, nor anything behind a singleton, where extensions and private use have their own
// words.
void append_language_tag(std::string_view tag, std::string& out) {
  bool is_first = true, is_extension = false;
  for (std::size_t begin = 0; begin <= tag.size();) {
    const std::size_t end = std::min(tag.find('-', begin), tag.size());
    const std::size_t length = end - begin;
    const bool is_plain = is_first || is_extension;
    if (!is_first) out += '-';
    for (std::size_t i = begin; i < end; ++i) {
      const bool is_capital = !is_plain && (length == 2 || (length == 4 && i == begin));
      out += is_capital ? upper(tag[i]) : lower(tag[i]);
    }
    is_extension = is_extension || length == 1;
    is_first = false;
    begin = end + 1;
  }
}

bool equal_tags(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

bool is_language_tag(std::string_view tag) {
  bool only_letters = true;  // in the first part
  std::size_t length = 0;    // of the part at hand
  for (const char c : tag) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit = c >= '0' && c <= '9';
    if (c == '-' && length > 0) {
      length = 0;
      only_letters = false;
    } else if (letter || (digit && !only_letters)) {
      ++length;
    } else {
      return false;
    }
  }
  return length > 0;
}

}  // namespace tripten
