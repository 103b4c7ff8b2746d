// Growing large vectors a part at a time, so that whoever waits for the work to end is heard
// between the parts: copying or filling a gigabyte takes tenths of a second, most of it the
// kernel's, which hands out its pages.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "base/interrupt.h"

namespace tripten {

/// What is touched between two questions: a few milliseconds of work.
inline constexpr std::size_t kBytesPerPart = std::size_t{4} << 20;

/// Empties it and gives its memory back, which `values = {}` does not.
template <typename T>
void release(std::vector<T>& values) {
  std::vector<T>().swap(values);
}

/// As values.reserve(capacity). Interrupted, `values` is as before.
template <typename T>
void reserve_in_parts(std::vector<T>& values, std::size_t capacity, const Interrupt& interrupt) {
  if (values.size() * sizeof(T) <= kBytesPerPart) {
    values.reserve(capacity);
    return;
  }
  if (capacity <= values.capacity()) return;
  std::vector<T> grown;
  grown.reserve(capacity);
  constexpr std::size_t kPart = kBytesPerPart / sizeof(T);
  for (std::size_t begin = 0; begin < values.size(); begin += kPart) {
    interrupt.check();
    const std::size_t end = std::min(values.size(), begin + kPart);
    grown.insert(grown.end(), values.begin() + static_cast<std::ptrdiff_t>(begin),
                 values.begin() + static_cast<std::ptrdiff_t>(end));
  }
  values.swap(grown);
}

/// As values.assign(size, value), but the old memory goes first. Interrupted, `values` has fewer.
template <typename T>
void assign_in_parts(std::vector<T>& values, std::size_t size, const T& value,
                     const Interrupt& interrupt) {
  if (values.capacity() < size) release(values);
  values.clear();
  values.reserve(size);
  constexpr std::size_t kPart = kBytesPerPart / sizeof(T);
  while (values.size() < size) {
    interrupt.check();
    values.resize(std::min(size, values.size() + kPart), value);
  }
}

}  // namespace tripten
