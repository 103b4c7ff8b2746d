// Optimal string alignment keeps three rows of the edit matrix: d[i][j] is the distance of the
// first i bytes of a and the first j of b, and looks back to rows i - 1 and i - 2 only.
#include "base/nearest.h"

#include <algorithm>
#include <vector>

namespace tripten {
namespace {

/// Longer words are not compared: nobody misspells them by hand.
constexpr std::size_t kLongestWord = 256;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Edits that are still a misspelling of a word that long, not another word.
std::size_t tolerated_edits(std::size_t length) {
  return length < 2 ? 0 : std::clamp<std::size_t>(length / 3, 1, 3);
}

template <typename Name>
std::optional<std::string> nearest_of(std::string_view word, std::span<const Name> names) {
  if (word.size() > kLongestWord) return std::nullopt;
  // Twice the distance, and one more where the lengths differ: a name as long as the word wins.
  std::size_t best = 2 * tolerated_edits(word.size()) + 2;
  std::optional<std::string> nearest;
  for (const Name& name : names) {
    const std::string_view text = name;
    const std::size_t distance = edit_distance(word, text, best / 2);
    const std::size_t score = 2 * distance + (text.size() == word.size() ? 0 : 1);
    if (score >= best) continue;
    best = score;
    nearest = std::string(text);
  }
  return nearest;
}

std::string question(const std::optional<std::string>& name) {
  return name ? " (did you mean " + *name + "?)" : std::string();
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most) {
  const std::size_t gap = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (gap > most) return most + 1;
  std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j)
    row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(before_last, last);
    std::swap(last, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                           lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
  }
  return std::min(row[b.size()], most + 1);
}

std::optional<std::string> nearest_name(std::string_view word,
                                        std::span<const std::string_view> names) {
  return nearest_of(word, names);
}

std::optional<std::string> nearest_name(std::string_view word, std::span<const std::string> names) {
  return nearest_of(word, names);
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> names) {
  return question(nearest_name(word, names));
}

std::string did_you_mean(std::string_view word, std::span<const std::string> names) {
  return question(nearest_name(word, names));
}

}  // namespace tripten
