// Rows by the ranks of their keys, as std::stable_sort orders them.
#include "query/exec/rank_order.h"

#include <algorithm>
#include <numeric>
#include <random>
#include <stop_token>

#include <catch2/catch.hpp>

#include "tripten/error.h"

namespace tripten {
namespace {

std::vector<RowNumber> sorted_stably(const std::vector<Ranks>& keys, std::size_t rows) {
  std::vector<RowNumber> order(rows);
  std::iota(order.begin(), order.end(), RowNumber{0});
  std::stable_sort(order.begin(), order.end(), [&](RowNumber a, RowNumber b) {
    for (const Ranks& ranks : keys)
      if (ranks[a] != ranks[b]) return ranks[a] < ranks[b];
    return false;
  });
  return order;
}

TEST_CASE("Rows are ordered by key after key, equal ones as they came") {
  const unsigned seed = 1906;
  CAPTURE(seed);
  std::mt19937 random(seed);
  for (const std::size_t rows : {0, 1, 2, 100, 70'000})
    for (const std::size_t count : {0, 1, 2, 3})
      for (const std::uint32_t most : {0U, 1U, 2047U, 2048U, 5'000'000U, ~0U}) {
        std::vector<Ranks> keys(count, Ranks(rows));
        std::uniform_int_distribution<std::uint32_t> rank(0, most);
        for (Ranks& ranks : keys)
          for (std::uint32_t& one : ranks)
            one = rank(random);
        CAPTURE(rows, count, most);
        CHECK((order_by_ranks(keys, rows, {}) == sorted_stably(keys, rows)));
      }
}

TEST_CASE("A stop ends the ordering of rows") {
  std::stop_source stop;
  stop.request_stop();
  CHECK_THROWS_AS(
      order_by_ranks({Ranks(10, 1)}, 10, Interrupt(stop.get_token(), std::chrono::milliseconds(0))),
      Error);
}

}  // namespace
}  // namespace tripten
