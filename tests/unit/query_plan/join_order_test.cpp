// The search for the order of joins, on figures alone.
#include "query/plan/join_order.h"

#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

#include "query/plan/cost.h"

using namespace tripten;

namespace {

/// An input like a scan of an index: `rows` rows, distinct values by variable.
JoinInput scan(double rows, std::vector<std::pair<std::size_t, double>> variables) {
  JoinInput input;
  input.rows = rows;
  input.cost = kOpenCost + rows * kScanRowCost;
  input.lookup = JoinInput::Lookup{kOpenCost, kSeekCost, kStepCost, rows * kScanRowCost, false};
  for (const auto& [variable, distinct] : variables)
    input.variables.push_back({variable, distinct, true, true});
  return input;
}

const JoinStep& last(const JoinPlan& plan) {
  return plan.steps.back();
}

}  // namespace

TEST_CASE("One input is read") {
  const JoinPlan plan = order_joins({scan(10, {{0, 10}})}, {});
  REQUIRE(plan.steps.size() == 1);
  CHECK(last(plan).method == JoinMethod::Read);
  CHECK(last(plan).rows == 10);
}

TEST_CASE("A few rows are looked up in a large input") {
  const JoinPlan plan =
      order_joins({scan(1'000'000, {{0, 100'000}, {1, 5000}}), scan(3, {{0, 3}})}, {});
  CHECK(last(plan).method == JoinMethod::Lookup);
  CHECK(last(plan).input == 0);
  CHECK(last(plan).rows == Approx(30));
}

TEST_CASE("Two large inputs that come sorted are merged") {
  const JoinPlan plan = order_joins(
      {scan(500'000, {{0, 400'000}, {1, 10}}), scan(600'000, {{0, 500'000}, {2, 10}})}, {});
  CHECK(last(plan).method == JoinMethod::Merge);
  CHECK(last(plan).variable == 0u);
}

TEST_CASE("Inputs that share nothing are multiplied last") {
  const JoinPlan plan =
      order_joins({scan(10, {{0, 10}}), scan(20, {{1, 20}}), scan(30, {{0, 30}, {2, 5}})}, {});
  CHECK((last(plan).method == JoinMethod::Hash || last(plan).method == JoinMethod::HashLeft));
  CHECK(last(plan).rows == Approx(10 * 30 / 30.0 * 20));
}

TEST_CASE("A filter makes its input small before the joins") {
  const std::vector<JoinInput> inputs{scan(100'000, {{0, 100'000}, {1, 100'000}}),
                                      scan(100'000, {{1, 100'000}, {2, 100'000}})};
  const JoinPlan plan = order_joins(inputs, {{{0}, 0.00001}});
  CHECK(last(plan).method == JoinMethod::Lookup);
  CHECK(last(plan).input == 1);
}

TEST_CASE("A filter that costs much is tested where rows are few") {
  const std::vector<JoinInput> inputs{scan(200'000, {{0, 200'000}, {1, 200'000}}),
                                      scan(20'000, {{0, 20'000}})};
  const JoinFilter regex{.variables = {1}, .selectivity = 0.1, .value_cost = kTextTestCost};
  CHECK(last(order_joins(inputs, {{{1}, 0.1}})).method == JoinMethod::Merge);
  const JoinPlan plan = order_joins(inputs, {regex});
  CHECK(last(plan).method == JoinMethod::Lookup);
  CHECK(last(plan).input == 0);
  CHECK(last(plan).cost > 20'000 * kTextTestCost);
}

TEST_CASE("Each filter is paid for once, by the rows or the values that it is tested on") {
  const std::vector<JoinInput> inputs{scan(1000, {{0, 1000}, {1, 10}}),
                                      scan(1000, {{0, 1000}, {2, 500}})};
  const auto cost = [&](std::vector<JoinFilter> filters) {
    return last(order_joins(inputs, filters)).cost;
  };
  const double plain = cost({});
  CHECK(cost({{.variables = {1}, .row_cost = 3}}) == Approx(plain + 3 * 1000));
  CHECK(cost({{.variables = {1}, .value_cost = 7}}) == Approx(plain + 7 * 10));
  CHECK(cost({{.variables = {1, 2}, .row_cost = 3}}) == Approx(plain + 3 * 1000));
  CHECK(cost({{.variables = {0}, .row_cost = 3}}) == Approx(plain + 2 * 3 * 1000));  // in both
}

TEST_CASE("A filter behind 64 others is paid by the rows that come to it") {
  const std::vector<JoinInput> inputs{scan(1'000'000, {{0, 1'000'000}})};
  std::vector<JoinFilter> filters(1, {.variables = {0}, .row_cost = 1});
  const double one = last(order_joins(inputs, filters)).cost;
  filters.resize(80, {.variables = {0}, .selectivity = 0.1});
  CHECK(last(order_joins(inputs, filters)).cost == Approx(one));
}

TEST_CASE("The cost of a join does not depend on the order in which its inputs are written") {
  const unsigned seed = 4711;
  CAPTURE(seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 60; ++round) {
    std::vector<JoinInput> inputs;
    const std::size_t count = 2 + random() % 6;
    for (std::size_t i = 0; i < count; ++i) {
      const double rows = 1 + static_cast<double>(random() % 100'000);
      // A chain with some cycles.
      inputs.push_back(
          scan(rows, {{i, 1 + static_cast<double>(random() % 1000)},
                      {random() % 4 == 0 ? 0 : i + 1, 1 + static_cast<double>(random() % 1000)}}));
      if (inputs.back().variables[0].variable == inputs.back().variables[1].variable)
        inputs.back().variables.pop_back();
    }
    const double cost = last(order_joins(inputs, {})).cost;
    for (int shuffle = 0; shuffle < 10; ++shuffle) {
      std::shuffle(inputs.begin(), inputs.end(), random);
      CHECK(last(order_joins(inputs, {})).cost == Approx(cost).epsilon(1e-9));
    }
  }
}

TEST_CASE("Every input is used once, however many there are") {
  for (const std::size_t count : {1, 2, 5, 7, 8, 12, 13, 60, 200}) {
    std::vector<JoinInput> inputs;
    for (std::size_t i = 0; i < count; ++i)
      inputs.push_back(scan(static_cast<double>(1000 + i), {{0, 500}, {i + 1, 100}}));
    const JoinPlan plan = order_joins(inputs, {});
    std::vector<int> used(count);
    for (const JoinStep& step : plan.steps)
      if (step.method == JoinMethod::Read || step.method == JoinMethod::Lookup) ++used[step.input];
    CHECK(std::count(used.begin(), used.end(), 1) == static_cast<std::ptrdiff_t>(count));
  }
}

TEST_CASE("Of very many inputs those come first that make few rows") {
  std::vector<JoinInput> star;
  for (std::size_t i = 0; i < 200; ++i)
    star.push_back(scan(1000.0 * static_cast<double>(200 - i), {{0, 1000}, {i + 1, 1000}}));
  star[50].rows = 10;  // the smallest
  const JoinPlan plan = order_joins(star, {});
  std::vector<std::size_t> inputs;  // from the last joined to the first
  const JoinStep* step = &last(plan);
  for (; step->method != JoinMethod::Read; step = &plan.steps[step->left])
    inputs.push_back(step->method == JoinMethod::Lookup ? step->input
                                                        : plan.steps[step->right].input);
  inputs.push_back(step->input);
  std::reverse(inputs.begin(), inputs.end());
  REQUIRE(inputs.size() == 200);
  CHECK(inputs[0] == 50);
  CHECK(inputs[1] == 199);
  CHECK(inputs[2] == 198);
}

TEST_CASE("More than kMostJoined inputs are refused") {
  const std::vector<JoinInput> many(kMostJoined + 1, scan(10, {{0, 10}}));
  CHECK_THROWS_WITH(order_joins(many, {}), "more than 1000 joined patterns are too many");
}
