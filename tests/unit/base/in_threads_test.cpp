// Work for several threads.
#include "base/in_threads.h"

#include <atomic>

#include <catch2/catch.hpp>

namespace tripten {
namespace {

TEST_CASE("Each number is worked on once, and all work has ended at the return") {
  for (const std::size_t threads : {0, 1, 2, 7}) {
    std::atomic<unsigned> numbers = 0;
    in_threads(threads, [&](std::size_t number) { numbers += 1U << number; });
    CHECK(numbers == (1U << threads) - 1);
  }
}

TEST_CASE("What the lowest number throws is thrown, after the others have ended") {
  std::atomic<int> ended = 0;
  try {
    in_threads(4, [&](std::size_t number) {
      ++ended;
      if (number >= 2) throw static_cast<int>(number);
    });
    FAIL("nothing was thrown");
  } catch (const int number) {
    CHECK(number == 2);
  }
  CHECK(ended == 4);
}

}  // namespace
}  // namespace tripten
