// Which patterns are cycles, and the order of variables of a multiway join.
#include "query/plan/multiway_order.h"

#include <catch2/catch.hpp>

using namespace tripten;

TEST_CASE("Triangles, squares and cliques are cycles; chains, stars and trees are not") {
  const VariableBits a = 1, b = 2, c = 4, d = 8;
  CHECK(is_cycle({a | b, b | c, a | c}));
  CHECK(is_cycle({a | b, b | c, c | d, d | a}));
  CHECK(is_cycle({a | b, a | c, a | d, b | c, b | d, c | d}));
  CHECK_FALSE(contains_cycle({a | b, b | c, c | d}));
  CHECK_FALSE(contains_cycle({a | b, a | c, a | d, a}));
  CHECK_FALSE(contains_cycle({a | b, b | a}));
  CHECK_FALSE(contains_cycle({a | b | c, a | b, b | c, a | c}));
  CHECK_FALSE(contains_cycle({}));
  CHECK_FALSE(is_cycle({0}));
}

TEST_CASE("What hangs on a cycle is none of it, what restricts its variables is") {
  const VariableBits a = 1, b = 2, c = 4, d = 8;
  CHECK(contains_cycle({a | b, b | c, a | c, c | d}));
  CHECK_FALSE(is_cycle({a | b, b | c, a | c, c | d}));
  CHECK(is_cycle({a | b, b | c, a | c, c}));
  CHECK(is_cycle({a | b, b | c, a | c, a | b}));
}

TEST_CASE("The variables of a multiway join are ordered from few bindings to many") {
  // A triangle, one variable of which has three values.
  const MultiwayOrder order = order_multiway({{10'000, {{5, 1000}, {6, 1000}}},
                                              {10'000, {{6, 1000}, {7, 3}}},
                                              {10'000, {{5, 1000}, {7, 3}}}});
  REQUIRE(order.variables.size() == 3);
  CHECK(order.variables[0] == 7);
  CHECK(order.cost > 0);
}

TEST_CASE("The cost of a multiway join does not depend on the order of its inputs") {
  const MultiwayInput ab{5000, {{0, 700}, {1, 50}}}, bc{300, {{1, 80}, {2, 90}}},
      ca{40'000, {{2, 900}, {0, 4000}}};
  const MultiwayOrder one = order_multiway({ab, bc, ca}), other = order_multiway({ca, ab, bc});
  CHECK(one.variables == other.variables);
  CHECK(one.cost == Approx(other.cost).epsilon(1e-9));
}
