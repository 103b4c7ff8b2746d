// Durations and sizes as people write them on a command line, and counts as they read them.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace tripten::shell {

/// `500ms`, `30s`, `2m`, `1h`, `1.5s`; a bare number is seconds. UsageError otherwise.
std::chrono::milliseconds parse_duration(std::string_view text);
/// `512MB`, `2GB`, `64KiB`; a bare number is bytes. UsageError otherwise.
std::size_t parse_size(std::string_view text);

/// 1234567 → "1,234,567".
std::string with_separators(std::uint64_t count);
/// 1234567 → "1.2 MB".
std::string readable_size(std::uint64_t bytes);
/// "12 ms", "3.4 s".
std::string readable_duration(std::chrono::nanoseconds duration);

}  // namespace tripten::shell
