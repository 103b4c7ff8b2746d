#include "shell/nearest_word.h"

#include <algorithm>

#include "shell/letter_case.h"

namespace tripten::shell {

namespace {

/// Insertions, deletions, replacements and swaps of neighbours.
std::size_t distance(const std::string& left, const std::string& right) {
  std::vector<std::size_t> before, last(right.size() + 1), row(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j)
    last[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const bool is_same = left[i - 1] == right[j - 1];
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (is_same ? 0 : 1)});
      if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = last;
    last = row;
  }
  return last[right.size()];
}

}  // namespace

std::string nearest_word(std::string_view word, const std::vector<std::string_view>& words) {
  constexpr std::size_t kLongest = 40;
  if (word.empty() || word.size() > kLongest) return "";
  std::string nearest;
  std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string_view candidate : words) {
    const bool begins = word.size() > 1 && to_lower(candidate).starts_with(to_lower(word));
    const std::size_t far = begins ? 1 : distance(to_lower(word), to_lower(candidate));
    if (far >= least) continue;
    least = far;
    nearest = candidate;
  }
  return nearest;
}

}  // namespace tripten::shell
