// What the programs of bench/ have in common: a clock, a line of JSON for each figure, and the end
// where an answer is wrong.
#pragma once

#include <cstdint>
#include <string_view>

#include <time.h>

namespace tripten {

/// The time of the clock on the wall, or of this process's processors alone.
class Stopwatch {
 public:
  /// For machines that others use too.
  static void count_processor_time() { clock_ = CLOCK_PROCESS_CPUTIME_ID; }

  double seconds() const { return now() - start_; }
  double milliseconds() const { return seconds() * 1e3; }

 private:
  static double now() {
    timespec time{};
    clock_gettime(clock_, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
  }
  static inline clockid_t clock_ = CLOCK_MONOTONIC;
  double start_ = now();
};

/// Prints {"what": ..., "value": ..., "unit": ...}.
void report(std::string_view what, double value, std::string_view unit);

/// Ends the program with a message where a measured answer is not the expected one.
void require_equal(std::string_view what, std::uint64_t found, std::uint64_t expected);

/// The same numbers in each run: a linear congruential generator (Knuth, MMIX), mixed.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t below(std::uint64_t bound) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return (state_ ^ (state_ >> 33)) % bound;
  }

 private:
  std::uint64_t state_;
};

/// The figures of a database that is written to (write_bench.cpp).
void measure_writes(const char* directory);

}  // namespace tripten
