// Multikey quicksort (Bentley and Sedgewick 1997) over eight bytes at a time:
//
//   eight bytes of each string from a depth on are one number; partition by it in three; strings
//   with the same number go on eight bytes deeper.
//
// The bytes are kept beside the string's number, so that most comparisons touch nothing else.
// IRIs share long prefixes: comparing whole strings would read these again and again.
#include "load/term_sort.h"

#include <algorithm>
#include <cstring>
#include <numeric>

namespace tripten {
namespace {

constexpr std::size_t kSmall = 24;

struct Key {
  std::uint64_t bytes = 0;  // of the string at the depth at hand, the first one highest
  std::uint32_t number = 0;
};

struct Part {
  Key* begin = nullptr;
  Key* end = nullptr;
  std::size_t depth = 0;
};

class Sorter {
 public:
  explicit Sorter(std::span<const std::string_view> strings) : strings_(strings) {}

  void sort(Key* begin, Key* end) {
    std::vector<Part> open{{begin, end, 0}};
    load(open.back());
    while (!open.empty()) {
      const Part part = open.back();
      open.pop_back();
      if (static_cast<std::size_t>(part.end - part.begin) <= kSmall)
        sort_small(part);
      else
        split(part, open);
    }
  }

 private:
  std::uint64_t bytes_at(std::uint32_t number, std::size_t depth) const {
    const std::string_view text = strings_[number];
    std::uint64_t bytes = 0;
    if (depth < text.size())
      std::memcpy(&bytes, text.data() + depth, std::min<std::size_t>(8, text.size() - depth));
    return __builtin_bswap64(bytes);
  }

  void load(const Part& part) const {
    for (Key* key = part.begin; key != part.end; ++key)
      key->bytes = bytes_at(key->number, part.depth);
  }

  void sort_small(const Part& part) const {
    std::sort(part.begin, part.end, [&](const Key& a, const Key& b) {
      if (a.bytes != b.bytes) return a.bytes < b.bytes;
      return strings_[a.number].substr(std::min(part.depth, strings_[a.number].size())) <
             strings_[b.number].substr(std::min(part.depth, strings_[b.number].size()));
    });
  }

  static std::uint64_t pivot_of(const Part& part) {
    const auto size = part.end - part.begin;
    std::uint64_t a = part.begin[size / 4].bytes, b = part.begin[size / 2].bytes;
    const std::uint64_t c = part.begin[size / 4 * 3].bytes;
    if (a > b) std::swap(a, b);
    return std::clamp(c, a, b);
  }

  void split(const Part& part, std::vector<Part>& open) const {
    const std::uint64_t pivot = pivot_of(part);
    Key *less = part.begin, *at = part.begin, *greater = part.end;
    while (at != greater) {
      if (at->bytes < pivot)
        std::swap(*less++, *at++);
      else if (at->bytes > pivot)
        std::swap(*at, *--greater);
      else
        ++at;
    }
    open.push_back({part.begin, less, part.depth});
    open.push_back({greater, part.end, part.depth});
    // Strings that end inside these eight bytes look like ones that go on with zeros: they are
    // sorted by length here, the others eight bytes deeper.
    Key* const ended = std::partition(less, greater, [&](const Key& key) {
      return strings_[key.number].size() <= part.depth + 8;
    });
    std::sort(less, ended, [&](const Key& a, const Key& b) {
      return strings_[a.number].size() < strings_[b.number].size();
    });
    if (ended == greater) return;
    open.push_back({ended, greater, part.depth + 8});
    load(open.back());
  }

  std::span<const std::string_view> strings_;
};

}  // namespace

std::vector<std::uint32_t> sorted_numbers(std::span<const std::string_view> strings) {
  std::vector<Key> keys(strings.size());
  for (std::size_t i = 0; i < keys.size(); ++i)
    keys[i].number = static_cast<std::uint32_t>(i);
  Sorter(strings).sort(keys.data(), keys.data() + keys.size());
  std::vector<std::uint32_t> numbers(keys.size());
  std::transform(keys.begin(), keys.end(), numbers.begin(),
                 [](const Key& key) { return key.number; });
  return numbers;
}

}  // namespace tripten
