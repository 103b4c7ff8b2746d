// A pattern is a sequence of pieces: characters, classes, groups, each with a repetition or none.
// Characters that are neither repeated nor in a group stand in every match, one after the other.
#include "query/expr/required_texts.h"

#include "base/letter_case.h"
#include "base/text_search.h"

namespace tripten {
namespace {

constexpr std::size_t kShortest = 3;  // bytes; fewer are found in every text
constexpr std::string_view kEscaped = "\\^$.[]|()?*+{}-/ ";

/// Where a class that begins at `at` ends: behind its bracket; 0 where that is not certain.
std::size_t end_of_class(std::string_view pattern, std::size_t at) {
  ++at;
  if (at < pattern.size() && pattern[at] == '^') ++at;
  if (at < pattern.size() && pattern[at] == ']') ++at;
  for (; at < pattern.size(); ++at) {
    if (pattern[at] == '[') return 0;
    if (pattern[at] == '\\') {
      ++at;
    } else if (pattern[at] == ']') {
      return at + 1;
    }
  }
  return 0;
}

/// The same for a group. Flags in a group may change how the rest is read.
std::size_t end_of_group(std::string_view pattern, std::size_t at) {
  int depth = 0;
  while (at < pattern.size()) {
    const char c = pattern[at];
    if (c == '[') {
      at = end_of_class(pattern, at);
      if (at == 0) return 0;
      continue;
    }
    if (c == '\\') ++at;
    if (c == '(') {
      ++depth;
      if (at + 1 < pattern.size() && pattern[at + 1] == '?') return 0;
    }
    if (c == ')' && --depth == 0) return at + 1;
    ++at;
  }
  return 0;
}

/// Letters that Unicode gives a third form: the Kelvin sign and the long s.
bool has_other_forms(char c) {
  return c == 'k' || c == 's';
}

}  // namespace

RequiredTexts::RequiredTexts(std::string_view pattern, bool ignores_case)
    : ignores_case_(ignores_case) {
  constexpr std::string_view kRepeats = "*+?{";
  for (std::size_t at = 0; at < pattern.size();) {
    const char c = pattern[at];
    std::size_t next = at + 1;
    char literal = '\0';
    if (c == '(') {
      next = end_of_group(pattern, at);
    } else if (c == '[') {
      next = end_of_class(pattern, at);
    } else if (c == '|' || c == ')' || kRepeats.find(c) != std::string_view::npos) {
      next = 0;  // an alternative: nothing is in all of them; or a repetition's rest
    } else if (c == '\\') {
      if (next < pattern.size() && kEscaped.find(pattern[next]) != std::string_view::npos)
        literal = pattern[next];
      else if (next >= pattern.size() ||
               std::string_view("dDsSwWbB").find(pattern[next]) == std::string_view::npos)
        next = 0;
      if (next != 0) ++next;
    } else if (c != '.' && c != '^' && c != '$') {
      literal = c;
    }
    if (next == 0) {
      texts_.clear();
      current_.clear();
      return;
    }
    const bool repeats =
        next < pattern.size() && kRepeats.find(pattern[next]) != std::string_view::npos;
    const char small = ignores_case ? to_ascii_lower(literal) : literal;
    // Of a character beyond ASCII a repetition would not concern the last byte alone.
    const bool is_plain = literal != '\0' && static_cast<unsigned char>(literal) < 0x80 &&
                          !repeats && !(ignores_case && has_other_forms(small));
    if (is_plain)
      current_ += small;
    else
      end_text();
    at = next;
    while (repeats && at < pattern.size() && kRepeats.find(pattern[at]) != std::string_view::npos) {
      const bool is_counted = pattern[at] == '{';
      at = is_counted ? pattern.find('}', at) : at;
      if (at == std::string_view::npos) {
        texts_.clear();
        current_.clear();
        return;
      }
      ++at;
    }
  }
  end_text();
}

void RequiredTexts::end_text() {
  if (current_.size() >= kShortest) texts_.push_back(current_);
  current_.clear();
}

bool RequiredTexts::may_match(std::string_view text) const {
  for (const std::string& required : texts_) {
    if (!ignores_case_) {
      if (!contains_text(text, required)) return false;
      continue;
    }
    const std::size_t at = find_ignoring_case(text, required);
    if (at == std::string_view::npos) return false;
    text.remove_prefix(at + required.size());
  }
  return true;
}

}  // namespace tripten
