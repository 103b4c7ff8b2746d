#include "base/grow.h"

#include <cstdint>
#include <numeric>

#include <catch2/catch.hpp>

#include "tripten/error.h"

namespace tripten::test {

namespace {

constexpr std::size_t kLarge = kBytesPerPart / sizeof(std::uint32_t) * 3 + 7;

}  // namespace

TEST_CASE("A vector grown in parts keeps its values") {
  for (const std::size_t size : {std::size_t{0}, std::size_t{10}, kLarge}) {
    std::vector<std::uint32_t> values(size);
    std::iota(values.begin(), values.end(), 1u);
    const std::vector<std::uint32_t> before = values;
    reserve_in_parts(values, size * 2 + 1, Interrupt());
    CHECK(values.capacity() >= size * 2 + 1);
    CHECK((values == before));
  }
}

TEST_CASE("A vector filled in parts has one value everywhere") {
  for (const std::size_t size : {std::size_t{0}, std::size_t{10}, kLarge}) {
    std::vector<std::uint32_t> values{1, 2, 3};
    assign_in_parts(values, size, 7u, Interrupt());
    CHECK((values == std::vector<std::uint32_t>(size, 7)));
  }
}

TEST_CASE("An interrupt is heard while a large vector grows") {
  std::stop_source stop;
  const Interrupt interrupt(stop.get_token(), std::chrono::milliseconds(0));
  std::vector<std::uint32_t> values(kLarge, 5);
  stop.request_stop();
  CHECK_THROWS_AS(reserve_in_parts(values, kLarge * 2, interrupt), Error);
  CHECK(values.size() == kLarge);
  std::vector<std::uint32_t> filled;
  CHECK_THROWS_AS(assign_in_parts(filled, kLarge, 1u, interrupt), Error);
  CHECK(filled.empty());
}

}  // namespace tripten::test
