#include "base/interrupt.h"

#include <string>

#include <catch2/catch.hpp>

#include "tripten/error.h"

using namespace tripten;

TEST_CASE("An interrupt without limits never interrupts") {
  Interrupt().check();
  SUCCEED();
}

TEST_CASE("A stop that was requested is Cancelled") {
  std::stop_source source;
  const Interrupt interrupt(source.get_token(), std::chrono::milliseconds(0));
  interrupt.check();
  source.request_stop();
  try {
    interrupt.check();
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.code == ErrorCode::Cancelled);
  }
}

TEST_CASE("A deadline that has passed is Limit and says how long it was") {
  const Interrupt interrupt({}, std::chrono::milliseconds(1));
  const auto end = Interrupt::Clock::now() + std::chrono::milliseconds(2);
  while (Interrupt::Clock::now() < end) {
  }
  try {
    interrupt.check();
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.code == ErrorCode::Limit);
    CHECK(std::string(error.what()) == "the time limit of 0.001 s was reached");
  }
}
