// A store against a set of quads: loads, transactions, snapshots and reopening in any order.
#include "storage/store.h"

#include <catch2/catch.hpp>

#include "tests/unit/storage/store_model.h"
#include "tests/unit/storage/temporary_folder.h"

namespace tripten {
namespace {

using test::QuadSet;

constexpr unsigned kTerms = 12;

/// Some inserts and deletes in a transaction and in the model.
void change(StoreTransaction& transaction, QuadSet& model, const test::TermPool& pool,
            std::mt19937& random, int changes) {
  for (int i = 0; i < changes; ++i) {
    const Quad quad = pool.random_quad(random);
    if (random() % 3 != 0)
      REQUIRE(transaction.insert(quad) == model.insert(quad).second);
    else
      REQUIRE(transaction.erase(quad) == (model.erase(quad) == 1));
  }
}

/// A random walk over everything that a store can do.
void walk(std::uint32_t block_rows, bool on_disk, unsigned seed) {
  CAPTURE(block_rows, on_disk, seed);
  std::mt19937 random(seed);
  const test::TemporaryFolder folder;
  const StoreOptions options{.sync = false, .cache_bytes = 1 << 16, .block_rows = block_rows};
  const auto open = [&] {
    return on_disk ? Store::open(folder / "db", options) : Store::in_memory(options);
  };
  StorePtr store = open();
  const test::TermPool pool = test::TermPool::make(*store, kTerms);
  QuadSet model;
  std::vector<std::pair<SnapshotPtr, QuadSet>> snapshots;
  for (int step = 0; step < 25; ++step) {
    switch (random() % 6) {
      case 0: {  // a load
        std::vector<Quad> quads;
        for (auto count = random() % 60; count > 0; --count)
          quads.push_back(pool.random_quad(random));
        const auto before = model.size();
        model.insert(quads.begin(), quads.end());
        REQUIRE(test::load_quads(*store, quads) == model.size() - before);
        break;
      }
      case 1:
      case 2: {  // a transaction that commits
        auto transaction = store->begin();
        change(*transaction, model, pool, random, 20);
        test::require_equal(*transaction, model, random, pool, 4);
        transaction->commit();
        break;
      }
      case 3: {  // one that does not
        auto transaction = store->begin();
        QuadSet changed = model;
        change(*transaction, changed, pool, random, 20);
        test::require_equal(*transaction, changed, random, pool, 4);
        break;
      }
      case 4:
        snapshots.emplace_back(store->snapshot(), model);
        break;
      case 5:
        if (!on_disk) break;
        snapshots.clear();
        store.reset();
        store = open();
        break;
    }
    test::require_equal(*store->snapshot(), model, random, pool, 5);
    REQUIRE(store->statistics().quads == model.size());
  }
  for (const auto& [snapshot, then] : snapshots)
    test::require_equal(*snapshot, then, random, pool, 5);
  store->verify([](const Damage& damage) { FAIL(damage); });
}

TEST_CASE("A store in memory answers like a set of quads") {
  for (unsigned seed = 1; seed <= 15; ++seed) {
    walk(4, false, seed);
    walk(1, false, seed + 100);
    walk(4096, false, seed + 200);
  }
}

TEST_CASE("A store on disk answers like a set of quads") {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    walk(4, true, seed);
    walk(4096, true, seed + 200);
  }
}

TEST_CASE("A scan of a transaction does not see what the transaction writes later") {
  const StorePtr store = Store::in_memory({.block_rows = 4});
  const test::TermPool pool = test::TermPool::make(*store, kTerms);
  std::mt19937 random(7);
  QuadSet model;
  auto transaction = store->begin();
  change(*transaction, model, pool, random, 100);
  QuadScan scan = transaction->scan(QuadOrder::Posg, {});
  const QuadSet then = model;
  change(*transaction, model, pool, random, 100);
  CHECK(test::all_rows(std::move(scan)) == test::expected_rows(then, QuadOrder::Posg, {}));
  CHECK(test::all_rows(transaction->scan(QuadOrder::Posg, {})) ==
        test::expected_rows(model, QuadOrder::Posg, {}));
}

TEST_CASE("A scan whose pattern does not fit its order is refused") {
  const StorePtr store = Store::in_memory({});
  const QuadPattern pattern{{kUnbound, TermId(IdKind::Iri, 1), kUnbound, kUnbound}};
  CHECK_THROWS_AS(store->snapshot()->scan(QuadOrder::Spog, pattern), Error);
}

}  // namespace
}  // namespace tripten
