// Estimates of stars: characteristic sets against independence.
#include "query/plan/star_corrections.h"

#include <catch2/catch.hpp>

#include "query/plan/cost.h"
#include "tests/unit/storage/store_model.h"

namespace tripten {
namespace {

TermId id(std::uint64_t number) {
  return {IdKind::Iri, number};
}

/// 10,000 subjects have predicate 1, 10,000 have predicate 2, 100 both; 3 has every one, twice.
StorePtr make_store() {
  StorePtr store = Store::in_memory({});
  test::QuadSet quads;
  const auto add = [&](std::uint64_t subject, std::uint64_t predicate, std::uint64_t object) {
    quads.insert({{id(subject + 100), id(predicate), id(object), kDefaultGraph}});
  };
  for (std::uint64_t subject = 0; subject < 19'900; ++subject) {
    if (subject < 10'000) add(subject, 1, subject % 7 + 10);
    if (subject >= 9'900) add(subject, 2, subject % 7 + 10);
    add(subject, 3, 10);
    add(subject, 3, 11);
  }
  test::load_quads(*store, {quads.begin(), quads.end()});
  return store;
}

JoinInput pattern(std::uint64_t predicate, double rows, double subjects) {
  JoinInput input;
  input.rows = rows;
  input.cost = kOpenCost + rows * kScanRowCost;
  input.lookup = JoinInput::Lookup{kOpenCost, kSeekCost, kStepCost, rows * kScanRowCost, false};
  input.variables = {{0, subjects, true, true}, {predicate, 7, true, true}};
  input.star = JoinInput::Star{0, id(predicate)};
  return input;
}

TEST_CASE("A join's estimate of a star is within 2 where independence is off by 100") {
  const StorePtr store = make_store();
  const SnapshotPtr view = store->snapshot();
  const std::vector<JoinInput> inputs{pattern(1, 10'000, 10'000), pattern(2, 10'000, 10'000),
                                      pattern(3, 39'800, 19'900)};
  const std::vector<JoinInput> both{inputs[0], inputs[1]};
  CHECK(order_joins(both, {}).steps.back().rows == Approx(10'000));
  const double rows = order_joins(both, {}, view.get()).steps.back().rows;
  CHECK(rows >= 50);
  CHECK(rows <= 200);
  const double all = order_joins(inputs, {}, view.get()).steps.back().rows;
  CHECK(all >= 100);
  CHECK(all <= 400);
  // The two that leave little meet first.
  const JoinPlan plan = order_joins(inputs, {}, view.get());
  for (const JoinStep& step : plan.steps)
    if (&step != &plan.steps.back() && step.method != JoinMethod::Read) CHECK(step.rows <= 200);
}

TEST_CASE("Predicates that the base does not know change no estimate") {
  const StorePtr store = make_store();
  const SnapshotPtr view = store->snapshot();
  const std::vector<JoinInput> inputs{pattern(1, 10'000, 10'000), pattern(4, 50, 50)};
  CHECK(order_joins(inputs, {}, view.get()).steps.back().rows ==
        Approx(order_joins(inputs, {}).steps.back().rows));
}

}  // namespace
}  // namespace tripten
