// gallop(): the way forward in a sorted range when the goal is probably near.
#pragma once

#include <algorithm>
#include <cstddef>

namespace tripten {

/// The first number in [begin, end) for which `before` does not hold; it holds for all below that.
/// Doubling steps, then halving ones: the cost is logarithmic in the distance from `begin`.
template <typename Before>
std::size_t gallop(std::size_t begin, std::size_t end, Before before) {
  std::size_t step = 1;
  while (begin + step < end && before(begin + step)) {
    begin += step;
    step *= 2;
  }
  std::size_t high = std::min(begin + step, end);
  while (begin < high) {
    const std::size_t middle = begin + (high - begin) / 2;
    if (before(middle))
      begin = middle + 1;
    else
      high = middle;
  }
  return begin;
}

}  // namespace tripten
