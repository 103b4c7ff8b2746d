// Places where the first and the last byte of the text both fit are found for 16 places at once;
// only there are the other bytes compared (Muła, "SIMD-friendly algorithms for substring
// searching", 2018). Setting bit 5 makes a letter small; what else becomes equal by it is told
// apart by the comparison.
#include "base/text_search.h"

#include <bit>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/letter_case.h"

namespace tripten {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

template <bool folds>
bool is_same(const char* text, std::string_view part) {
  if constexpr (!folds) return std::memcmp(text, part.data(), part.size()) == 0;
  for (std::size_t i = 0; i < part.size(); ++i)
    if (to_ascii_lower(text[i]) != part[i]) return false;
  return true;
}

#ifdef __SSE2__

constexpr std::size_t kLanes = 16;

/// A bit for each of the 16 bytes at `at` that may be `byte`.
template <bool folds>
unsigned places_of(char byte, const char* at) {
  __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  if constexpr (folds) {
    bytes = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
    byte = static_cast<char>(byte | 0x20);
  }
  return static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte))));
}

#endif

/// `part` is not empty.
template <bool folds>
std::size_t find(std::string_view text, std::string_view part) {
  if (part.size() > text.size()) return kNone;
  const std::size_t last_place = text.size() - part.size();
  std::size_t at = 0;
#ifdef __SSE2__
  for (; at + kLanes <= last_place + 1; at += kLanes) {
    const char* const here = text.data() + at;
    unsigned places = places_of<folds>(part.front(), here);
    if (places == 0) continue;
    places &= places_of<folds>(part.back(), here + part.size() - 1);
    for (; places != 0; places &= places - 1) {
      const auto place = static_cast<std::size_t>(std::countr_zero(places));
      if (is_same<folds>(here + place, part)) return at + place;
    }
  }
#endif
  for (; at <= last_place; ++at)
    if (is_same<folds>(text.data() + at, part)) return at;
  return kNone;
}

}  // namespace

bool contains_text(std::string_view text, std::string_view part) {
  return part.empty() || find<false>(text, part) != kNone;
}

std::size_t find_ignoring_case(std::string_view text, std::string_view part) {
  return part.empty() ? 0 : find<true>(text, part);
}

std::size_t plain_bytes(std::string_view text) {
  std::size_t at = 0;
#ifdef __SSE2__
  const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\'),
                del = _mm_set1_epi8(0x7F), last_control = _mm_set1_epi8(0x1F);
  for (; at + kLanes <= text.size(); at += kLanes) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const __m128i is_control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, last_control), bytes);
    const __m128i is_mark =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash));
    const __m128i escaped =
        _mm_or_si128(_mm_or_si128(is_control, is_mark), _mm_cmpeq_epi8(bytes, del));
    const auto places = static_cast<unsigned>(_mm_movemask_epi8(escaped));
    if (places != 0) return at + static_cast<std::size_t>(std::countr_zero(places));
  }
#endif
  for (; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x20 || byte == 0x7F || byte == '"' || byte == '\\') break;
  }
  return at;
}

bool is_ascii(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080u;
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, sizeof word);
    if (word & kHighBits) return false;
  }
  for (; at < text.size(); ++at)
    if (static_cast<unsigned char>(text[at]) >= 0x80) return false;
  return true;
}

}  // namespace tripten
