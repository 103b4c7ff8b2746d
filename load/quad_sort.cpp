#include "load/quad_sort.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace tripten {
namespace {

constexpr std::size_t kKinds = 16;
constexpr int kDigitBits = 11;
constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;

/// Ids as small numbers of the same order: the gaps between the kinds closed.
class DenseIds {
 public:
  DenseIds(const std::vector<Quad>& quads, std::size_t position) {
    std::array<std::uint64_t, kKinds> high{};
    low_.fill(~std::uint64_t{0});
    for (const Quad& quad : quads) {
      const TermId id = quad.terms[position];
      const auto kind = static_cast<std::size_t>(id.kind());
      low_[kind] = std::min(low_[kind], id.bits());
      high[kind] = std::max(high[kind], id.bits());
    }
    for (std::size_t kind = 0; kind < kKinds; ++kind)
      if (low_[kind] <= high[kind]) {
        first_[kind] = size_;
        size_ += high[kind] - low_[kind] + 1;
      }
  }

  std::uint64_t size() const { return size_; }
  std::uint64_t number(TermId id) const {
    const auto kind = static_cast<std::size_t>(id.kind());
    return first_[kind] + (id.bits() - low_[kind]);
  }

 private:
  std::array<std::uint64_t, kKinds> low_{}, first_{};
  std::uint64_t size_ = 0;
};

}  // namespace

void stable_sort_by(int position, std::vector<Quad>& quads, std::vector<Quad>& other) {
  if (quads.empty()) return;
  const auto column = static_cast<std::size_t>(position);
  const DenseIds ids(quads, column);
  const int bits = 64 - std::countl_zero(ids.size() - 1);
  other.resize(quads.size());
  for (int shift = 0; shift < bits; shift += kDigitBits) {
    std::array<std::size_t, kDigits> starts{};
    const auto digit = [&](const Quad& quad) {
      return (ids.number(quad.terms[column]) >> shift) & (kDigits - 1);
    };
    for (const Quad& quad : quads)
      ++starts[digit(quad)];
    std::size_t start = 0;
    for (std::size_t& count : starts)
      start += std::exchange(count, start);
    for (const Quad& quad : quads)
      other[starts[digit(quad)]++] = quad;
    quads.swap(other);
  }
}

}  // namespace tripten
