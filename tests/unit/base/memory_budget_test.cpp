#include "base/memory_budget.h"

#include <string>

#include <catch2/catch.hpp>

#include "tripten/error.h"

using namespace tripten;

TEST_CASE("A memory budget refuses what passes its limit and keeps what it had") {
  MemoryBudget budget(1000);
  budget.reserve(600);
  CHECK_THROWS_AS(budget.reserve(401), Error);
  CHECK(budget.used() == 600);
  budget.reserve(400);
  CHECK(budget.used() == 1000);
  budget.release(1000);
  CHECK(budget.used() == 0);
  CHECK(budget.peak() == 1000);
}

TEST_CASE("A memory budget is not fooled by sizes that overflow") {
  MemoryBudget budget(1000);
  budget.reserve(10);
  CHECK_THROWS_AS(budget.reserve(~std::size_t{0}), Error);
  CHECK(budget.used() == 10);
}

TEST_CASE("A share takes its memory from the whole, and knows its own") {
  MemoryBudget whole(1000);
  MemoryBudget share(&whole), other(&whole);
  whole.reserve(100);
  share.reserve(300);
  other.reserve(500);
  CHECK(whole.used() == 900);
  CHECK(share.used() == 900);
  CHECK(share.own_used() == 300);
  CHECK(share.limit() == 1000);
  CHECK_THROWS_AS(share.reserve(101), Error);
  CHECK(share.own_used() == 300);
  CHECK(whole.used() == 900);
  CHECK(share.is_short(300, 0));
  CHECK(share.take_own_peak() == 300);
  share.release(200);
  CHECK(share.take_own_peak() == 300);
  CHECK(share.take_own_peak() == 100);
  CHECK(whole.used() == 700);
  CHECK(whole.own_used() == 100);
  CHECK(whole.peak() == 900);
  MemoryBudget part(&share);  // of the whole, too
  part.reserve(50);
  CHECK(whole.used() == 750);
  CHECK(share.own_used() == 100);
}

TEST_CASE("A lease that cannot grow keeps its size, and gives all back when it goes") {
  MemoryBudget budget(1000);
  {
    MemoryLease lease(budget);
    lease.resize(700);
    try {
      lease.resize(1001);
      FAIL("nothing was thrown");
    } catch (const Error& error) {
      CHECK(error.code == ErrorCode::Limit);
      CHECK(std::string(error.what()).find("memory limit") != std::string::npos);
    }
    CHECK(lease.bytes() == 700);
    lease.resize(100);
    CHECK(budget.used() == 100);
  }
  CHECK(budget.used() == 0);
}
