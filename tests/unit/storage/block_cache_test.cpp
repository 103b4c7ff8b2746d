// The cache of blocks: its budget, and which blocks it keeps.
#include "storage/block_cache.h"

#include <catch2/catch.hpp>

namespace tripten {
namespace {

struct Sized {
  std::size_t bytes = 0;
  std::size_t memory() const { return bytes; }
};
using Cache = BlockCache<Sized>;

std::shared_ptr<const Sized> of_size(std::size_t bytes) {
  return std::make_shared<const Sized>(Sized{bytes});
}

TEST_CASE("A block cache never holds more than its budget") {
  constexpr std::size_t kBudget = 1 << 20;
  Cache cache(kBudget);
  for (std::uint32_t i = 0; i < 5000; ++i) {
    cache.insert({1, i}, of_size(i % 3000));
    REQUIRE(cache.bytes() <= kBudget);
  }
  REQUIRE(cache.bytes() > kBudget / 2);
}

TEST_CASE("A block cache gives back what was put in, each under its own key") {
  Cache cache(1 << 20);
  const auto one = of_size(10), other = of_size(20);
  cache.insert({1, 7}, one);
  cache.insert({2, 7}, other);
  REQUIRE(cache.find({1, 7}) == one);
  REQUIRE(cache.find({2, 7}) == other);
  REQUIRE(cache.find({1, 8}) == nullptr);
  REQUIRE(cache.misses() == 1);
}

TEST_CASE("A block that is asked for stays while others pass through a block cache") {
  Cache cache(1 << 20);
  const auto wanted = of_size(1000);
  cache.insert({9, 9}, wanted);
  for (std::uint32_t i = 0; i < 10'000; ++i) {
    cache.insert({1, i}, of_size(1000));
    REQUIRE(cache.find({9, 9}) == wanted);
  }
  REQUIRE(cache.find({1, 0}) == nullptr);
}

TEST_CASE("A block larger than its share of a block cache is not kept") {
  Cache cache(1 << 20);
  cache.insert({1, 1}, of_size(1 << 20));
  REQUIRE(cache.find({1, 1}) == nullptr);
  REQUIRE(cache.bytes() == 0);
}

}  // namespace
}  // namespace tripten
