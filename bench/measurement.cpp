#include "bench/measurement.h"

#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

namespace tripten {

void report(std::string_view what, double value, std::string_view unit) {
  fmt::print("{{\"what\": \"{}\", \"value\": {:.6g}, \"unit\": \"{}\"}}\n", what, value, unit);
  std::fflush(stdout);
}

void require_equal(std::string_view what, std::uint64_t found, std::uint64_t expected) {
  if (found == expected) return;
  fmt::print(stderr, "error: {}: {} instead of {}\n", what, found, expected);
  std::exit(1);
}

}  // namespace tripten
