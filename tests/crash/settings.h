// How much the crash tests do: little in ./dev test, more where the environment asks for it.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>

#include <fmt/format.h>

namespace tripten::test {

inline std::uint64_t setting(const char* variable, std::uint64_t otherwise) {
  const char* value = std::getenv(variable);
  return value ? std::strtoull(value, nullptr, 10) : otherwise;
}

/// TRIPTEN_CRASH_SEED; else a new one.
inline unsigned seed() {
  static const auto seed = [] {
    const auto number =
        static_cast<unsigned>(setting("TRIPTEN_CRASH_SEED", std::random_device()()));
    if (std::getenv("TRIPTEN_CRASH_REPORT")) fmt::print(stderr, "seed {}\n", number);
    return number;
  }();
  return seed;
}

inline std::uint64_t kills() {
  return setting("TRIPTEN_CRASH_KILLS", 60);
}
inline std::uint64_t outages() {
  return setting("TRIPTEN_CRASH_OUTAGES", 40);
}
inline std::uint64_t failures() {
  return setting("TRIPTEN_CRASH_FAILURES", 60);
}
inline std::uint64_t flips() {
  return setting("TRIPTEN_CRASH_FLIPS", 12);
}
inline std::uint64_t opens() {
  return setting("TRIPTEN_CRASH_OPENS", 200);
}

/// What was done, where somebody wants to read it.
template <typename... Args>
void report(fmt::format_string<Args...> format, Args&&... args) {
  if (std::getenv("TRIPTEN_CRASH_REPORT"))
    std::fputs((fmt::format(format, std::forward<Args>(args)...) + "\n").c_str(), stderr);
}

}  // namespace tripten::test
