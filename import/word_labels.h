// WordLabels: labels for things that no source names, from the words that stand for them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace tripten {

class WordLabels {
 public:
  void add(std::string_view iri, std::string_view word, std::uint64_t times = 1);

  /// Calls `take(iri, word)` with the word most often used for each; of several, the first in the
  /// order of bytes.
  template <typename Take>
  void for_each(Take take) const {
    for (const auto& [iri, words] : words_) {
      const std::string* best = nullptr;
      std::uint64_t most = 0;
      for (const auto& [word, times] : words) {
        if (times <= most) continue;
        best = &word;
        most = times;
      }
      if (best) take(iri, *best);
    }
  }

 private:
  std::map<std::string, std::map<std::string, std::uint64_t>, std::less<>> words_{};
};

inline void WordLabels::add(std::string_view iri, std::string_view word, std::uint64_t times) {
  if (!word.empty()) words_[std::string(iri)][std::string(word)] += times;
}

}  // namespace tripten
