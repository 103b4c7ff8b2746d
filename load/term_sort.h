// Sorting many strings that begin alike.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace tripten {

/// The numbers of distinct strings in the order of their bytes.
std::vector<std::uint32_t> sorted_numbers(std::span<const std::string_view> strings);

}  // namespace tripten
