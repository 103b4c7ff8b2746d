// Gather: the rows of several threads are those of one, in its order, and all ends well whichever
// thread meets what.
#include <algorithm>
#include <optional>
#include <stop_token>

#include <catch2/catch.hpp>

#include "query/exec/part_queue.h"
#include "unit/query_exec/dataset.h"
#include "unit/storage/store_model.h"

namespace tripten::test {
namespace {

constexpr int kSubjects = 2000;

/// A base of small blocks: of each subject some objects under two predicates, and a delta over it.
struct Blocks {
  Blocks() : store(Store::in_memory({.block_rows = 4})) {
    TermId extra;
    {
      const auto change = store->begin();
      p = change->intern(view_of(iri_term("p")));
      q = change->intern(view_of(iri_term("q")));
      extra = change->intern(view_of(iri_term("extra")));
      change->commit();
    }
    std::vector<Quad> quads;
    for (int s = 1; s <= kSubjects; ++s)
      for (int o = 1; o <= 1 + s % 7; ++o) {
        quads.push_back({{number(s), p, number(o), kDefaultGraph}});
        if (s % 3 == 0) quads.push_back({{number(s), q, number(10 * o), kDefaultGraph}});
      }
    load_quads(*store, quads);
    const auto change = store->begin();
    for (int s = 1; s <= kSubjects; s += 13) {
      change->insert({{number(s), p, extra, kDefaultGraph}});
      change->erase({{number(s), p, number(1), kDefaultGraph}});
    }
    change->commit();
    snapshot = store->snapshot();
  }

  ScanPattern pattern(TermId predicate, const char* object) const {
    return {{var("s"), {}, {}}, {{}, predicate, {}}, {var(object), {}, {}}, {}};
  }

  StorePtr store;
  SnapshotPtr snapshot;
  TermId p{}, q{};
};

const Blocks& blocks() {
  static const Blocks all;
  return all;
}

/// ?s p ?x joined with ?s q ?y, and with a table of rows, whose estimate may be given.
OperatorPtr plan(const std::shared_ptr<ScanPart>& part, const Numbers& table,
                 std::optional<double> table_estimate = {}) {
  const Blocks& data = blocks();
  auto joined =
      merge_join(index_scan(data.pattern(data.p, "x"), QuadOrder::Psog, {}, part),
                 index_scan(data.pattern(data.q, "y"), QuadOrder::Psog, {}, part), var("s"));
  OperatorPtr rows = rows_of({"x", "z"}, table);
  if (table_estimate) {
    rows->estimate = *table_estimate;
    rows = measured(std::move(rows));
  }
  return hash_join(std::move(joined), std::move(rows), JoinKind::Left, {}, {}, false,
                   part != nullptr);
}

OperatorPtr gathered(std::size_t threads, const Numbers& table) {
  std::vector<Pipeline> pipelines;
  for (std::size_t i = 0; i < threads; ++i) {
    auto part = std::make_shared<ScanPart>();
    pipelines.push_back({plan(part, table), part});
  }
  return gather(std::move(pipelines), blocks().pattern(blocks().p, "x"), QuadOrder::Psog);
}

const Numbers kTable{{1, 5}, {1, 6}, {3, 7}, {4, 0}};

TEST_CASE("A scan's parts are its rows, cut where their first variable says") {
  const Blocks& data = blocks();
  const auto part = std::make_shared<ScanPart>();
  const OperatorPtr scan = index_scan(data.pattern(data.p, "x"), QuadOrder::Psog, {}, part);
  for (const std::size_t batch_rows : {std::size_t{2}, std::size_t{1024}}) {
    Execution execution(*data.snapshot, batch_rows);
    *part = {};
    const Rows all = execution.run(*scan);
    for (const auto& [low, high] : {std::pair{1, 1}, {1, 2}, {7, 700}, {700, 3000}, {3000, 4000}}) {
      *part = {number(low), number(high)};
      Rows expected;
      for (const auto& row : all)
        if (row[0] >= number(low) && row[0] < number(high)) expected.push_back(row);
      CAPTURE(batch_rows, low, high);
      CHECK(execution.run(*scan) == expected);
    }
  }
}

TEST_CASE("Several threads give the rows of one, in its order") {
  const Rows expected = Execution(*blocks().snapshot).run(*plan(nullptr, kTable));
  REQUIRE(expected.size() > 10'000);
  for (const std::size_t threads : {1, 2, 3, 8})
    for (const std::size_t batch_rows : {std::size_t{3}, std::size_t{1024}}) {
      CAPTURE(threads, batch_rows);
      Execution execution(*blocks().snapshot, batch_rows);
      const OperatorPtr root = gathered(threads, kTable);
      CHECK(execution.run(*root) == expected);
      CHECK(execution.run(*root) == expected);  // from the beginning
    }
}

TEST_CASE("Estimates below several threads are of all parts together, but those of tables") {
  const auto all =
      static_cast<double>(Execution(*blocks().snapshot).run(*plan(nullptr, kTable)).size());
  const auto profile = [&](double rows, double table_rows) {
    std::vector<Pipeline> pipelines;
    for (int thread = 0; thread < 2; ++thread) {
      auto part = std::make_shared<ScanPart>();
      OperatorPtr root = plan(part, kTable, table_rows);
      root->estimate = rows;
      pipelines.push_back({measured(std::move(root)), part});
    }
    Execution execution(*blocks().snapshot);  // outlives what takes its memory
    const OperatorPtr root =
        gather(std::move(pipelines), blocks().pattern(blocks().p, "x"), QuadOrder::Psog);
    execution.run(*root);
    return explain(*root);
  };
  const double table = kTable.size();
  CHECK_THAT(profile(all, table), Catch::Contains(", 32 runs") && !Catch::Contains("off by"));
  CHECK_THAT(profile(all * 90, table * 90), !Catch::Contains("off by"));
  CHECK_THAT(profile(all * 110, table), Catch::Contains("off by 110 times!"));
  CHECK_THAT(profile(all / 110, table), Catch::Contains("off by 110 times!"));
  CHECK_THAT(profile(all, table * 110), Catch::Contains("off by 110 times!"));
}

TEST_CASE("A view that can't be cut is read by one pipeline") {
  const auto change = blocks().store->begin();
  CHECK(change->split_points(QuadOrder::Psog, {}, 8).empty());
  const Rows expected = Execution(*change).run(*plan(nullptr, kTable));
  CHECK(Execution(*change).run(*gathered(3, kTable)) == expected);
}

TEST_CASE("Threads end when nobody wants more rows") {
  Execution execution(*blocks().snapshot, 16);
  OperatorPtr root = slice_rows(gathered(3, kTable), 0, 5000);
  const Rows some = execution.run(*root);
  CHECK(some.size() == 5000);
  CHECK(execution.run(*root) == some);
  root.reset();  // waits for them
  CHECK(execution.budget.used() == 0);
}

TEST_CASE("What ends one thread ends the query") {
  SECTION("a full budget") {
    Execution execution(*blocks().snapshot, 1024, 60'000);
    Numbers table;
    for (int i = 1; i < 100'000; ++i)
      table.push_back({i, i});
    const OperatorPtr root = gathered(2, table);
    root->open(execution.context);
    Batch rows;
    try {
      while (root->next(rows)) {
      }
      FAIL("the budget was not passed");
    } catch (const Error& error) {
      CHECK(error.code == ErrorCode::Limit);
    }
  }
  SECTION("a stop") {
    std::stop_source stop;
    Execution execution(*blocks().snapshot, 4, MemoryBudget::kUnlimited,
                        Interrupt(stop.get_token(), {}));
    const OperatorPtr root = gathered(2, kTable);
    root->open(execution.context);
    Batch rows;
    for (int i = 0; i < 1000; ++i)
      REQUIRE(root->next(rows));
    stop.request_stop();
    try {
      while (root->next(rows)) {
      }
      FAIL("it went on");
    } catch (const Error& error) {
      CHECK(error.code == ErrorCode::Cancelled);
    }
  }
}

TEST_CASE("Rows of parts wait for those before them, within the budget") {
  MemoryBudget budget;
  const Interrupt interrupt;
  PartQueue queue(3, 2, budget);
  Batch rows;
  const auto batch_of = [](int value) {
    Batch batch;
    batch.reset(1);
    batch.columns[0].push_back(number(value));
    batch.rows = 1;
    return batch;
  };
  REQUIRE(queue.begin_part() == 0u);
  REQUIRE(queue.begin_part() == 1u);
  rows = batch_of(2);
  REQUIRE(queue.add(1, rows));
  queue.end_part(1);
  CHECK(budget.used() > 0);
  rows = batch_of(1);
  REQUIRE(queue.add(0, rows));
  queue.end_part(0);
  REQUIRE(queue.begin_part() == 2u);
  CHECK(!queue.begin_part());
  queue.end_part(2);
  std::vector<TermId> given;
  while (queue.next(rows, interrupt))
    given.insert(given.end(), rows.columns[0].begin(), rows.columns[0].end());
  CHECK(given == std::vector{number(1), number(2)});
}

TEST_CASE("A stopped queue takes no more rows and hands out no more parts") {
  MemoryBudget budget;
  PartQueue queue(3, 2, budget);
  REQUIRE(queue.begin_part() == 0u);
  queue.stop();
  Batch rows;
  rows.reset(1);
  CHECK(!queue.add(0, rows));
  CHECK(!queue.begin_part());
}

}  // namespace
}  // namespace tripten::test
