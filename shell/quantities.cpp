#include "shell/quantities.h"

#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "shell/command.h"
#include "shell/letter_case.h"

namespace tripten::shell {

namespace {

struct Unit {
  std::string_view name;
  double factor;
};

constexpr std::array kDurations{Unit{"ms", 1},    Unit{"s", 1e3},   Unit{"m", 6e4},
                                Unit{"min", 6e4}, Unit{"h", 3.6e6}, Unit{"", 1e3}};
constexpr std::array kSizes{Unit{"", 1},       Unit{"B", 1},         Unit{"KB", 1e3},
                            Unit{"MB", 1e6},   Unit{"GB", 1e9},      Unit{"TB", 1e12},
                            Unit{"KIB", 1024}, Unit{"MIB", 1048576}, Unit{"GIB", 1073741824},
                            Unit{"K", 1e3},    Unit{"M", 1e6},       Unit{"G", 1e9}};

/// The number times its unit, or a negative number where the text is neither.
template <std::size_t kCount>
double parse_quantity(std::string_view text, const std::array<Unit, kCount>& units,
                      bool upper_case) {
  double number = 0;
  const auto [rest, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || !std::isfinite(number) || number < 0) return -1;
  const std::string_view written(rest, text.data() + text.size());
  const std::string unit = upper_case ? to_upper(written) : std::string(written);
  for (const Unit& known : units)
    if (unit == known.name) return number * known.factor;
  return -1;
}

}  // namespace

std::chrono::milliseconds parse_duration(std::string_view text) {
  const double milliseconds = parse_quantity(text, kDurations, false);
  if (milliseconds < 0 || milliseconds > 1e15)
    throw UsageError(fmt::format("'{}' is no duration; write it like 30s, 500ms or 2m", text));
  return std::chrono::milliseconds(static_cast<std::int64_t>(std::ceil(milliseconds)));
}

std::size_t parse_size(std::string_view text) {
  const double bytes = parse_quantity(text, kSizes, true);
  if (bytes < 0 || bytes > 1e18)
    throw UsageError(fmt::format("'{}' is no size; write it like 512MB or 2GB", text));
  return static_cast<std::size_t>(bytes);
}

std::string with_separators(std::uint64_t count) {
  std::string digits = std::to_string(count);
  for (std::size_t at = digits.size(); at > 3; at -= 3)
    digits.insert(at - 3, ",");
  return digits;
}

std::string readable_size(std::uint64_t bytes) {
  if (bytes < 1000) return fmt::format("{} B", bytes);
  const double size = static_cast<double>(bytes);
  if (bytes < 1'000'000) return fmt::format("{:.1f} KB", size / 1e3);
  if (bytes < 1'000'000'000) return fmt::format("{:.1f} MB", size / 1e6);
  return fmt::format("{:.1f} GB", size / 1e9);
}

std::string readable_duration(std::chrono::nanoseconds duration) {
  const double seconds = std::chrono::duration<double>(duration).count();
  if (seconds < 1e-3) return fmt::format("{:.2f} ms", seconds * 1e3);
  if (seconds < 1) return fmt::format("{:.0f} ms", seconds * 1e3);
  return fmt::format("{:.1f} s", seconds);
}

}  // namespace tripten::shell
