// A delta that has grown large becomes part of the base while transactions go on.
#include <random>

#include <catch2/catch.hpp>

#include "storage/delta.h"
#include "storage/store_impl.h"
#include "tests/unit/storage/store_model.h"
#include "tests/unit/storage/temporary_folder.h"

namespace tripten {
namespace {

using test::QuadSet;

StoreImpl& impl(const StorePtr& store) {
  return dynamic_cast<StoreImpl&>(*store);
}

void change(Store& store, QuadSet& model, const test::TermPool& pool, std::mt19937& random,
            int changes) {
  const auto transaction = store.begin();
  for (int i = 0; i < changes; ++i) {
    const Quad quad = pool.random_quad(random);
    if (random() % 3 != 0)
      REQUIRE(transaction->insert(quad) == model.insert(quad).second);
    else
      REQUIRE(transaction->erase(quad) == (model.erase(quad) == 1));
  }
  transaction->commit();
}

/// What the base and an image on top of it hold.
QuadSet merged(QuadSet base, const DeltaImage& image) {
  image.each(QuadOrder::Spog, image.begin(), image.end(QuadOrder::Spog),
             [&](const Quad& quad, DeltaState state) {
               if (state == DeltaState::Present)
                 REQUIRE(base.insert(quad).second);  // the invariant of storage/delta.h
               else
                 REQUIRE(base.erase(quad) == 1);
             });
  return base;
}

/// Changes an image as a transaction does.
void edit(DeltaImage& image, const QuadSet& base, QuadSet& model, std::mt19937& random, int changes,
          std::uint64_t number) {
  for (int i = 0; i < changes; ++i) {
    const Quad quad{{TermId(random() % 40 + 2), TermId(2), TermId(random() % 40 + 2), TermId(1)}};
    const bool insert = random() % 2;
    if (insert == model.contains(quad)) continue;
    if (image.find(quad))
      image.remove(quad, number);
    else
      image.set(quad, insert ? DeltaState::Present : DeltaState::Deleted, number);
    insert ? void(model.insert(quad)) : void(model.erase(quad));
  }
  REQUIRE(merged(base, image) == model);
}

TEST_CASE("A delta on top of a base that took an earlier delta in comes to the same quads") {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    QuadSet base, model;
    DeltaImage nothing;
    edit(nothing, base, model, random, static_cast<int>(random() % 1500), 1);
    base = model;
    DeltaImage folded;
    edit(folded, base, model, random, static_cast<int>(random() % 1500), 2);
    const QuadSet new_base = model;
    DeltaImage now = folded;
    edit(now, base, model, random, static_cast<int>(random() % 300), 3);
    const DeltaImage rebased = DeltaImage::rebased(folded, now, 4);
    CHECK(merged(new_base, rebased) == model);
    for (int o = 0; o < kQuadOrders; ++o) {
      std::size_t rows = 0;
      rebased.each(static_cast<QuadOrder>(o), rebased.begin(),
                   rebased.end(static_cast<QuadOrder>(o)), [&](auto&, auto) { ++rows; });
      CHECK(rows == rebased.rows());
    }
  }
}

TEST_CASE("A large delta is folded in the background, and nobody sees a difference") {
  for (unsigned seed = 1; seed <= 8; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const test::TemporaryFolder folder;
    const StoreOptions options{.sync = false, .block_rows = 4, .fold_rows = 30};
    StorePtr store = Store::open(folder / "db", options);
    const test::TermPool pool = test::TermPool::make(*store, 12);
    QuadSet model;
    std::vector<std::pair<SnapshotPtr, QuadSet>> snapshots;
    for (int step = 0; step < 60; ++step) {
      change(*store, model, pool, random, static_cast<int>(random() % 30));
      if (random() % 4 == 0) impl(store).background_fold().wait();
      if (random() % 6 == 0) snapshots.emplace_back(store->snapshot(), model);
      test::require_equal(*store->snapshot(), model, random, pool, 2);
    }
    impl(store).background_fold().wait();
    CHECK(store->statistics().generation > 0);
    store->verify([](const Damage& damage) { FAIL(damage); });
    for (const auto& [snapshot, then] : snapshots)
      test::require_equal(*snapshot, then, random, pool, 4);
    snapshots.clear();
    store.reset();
    store = Store::open(folder / "db", options);
    test::require_equal(*store->snapshot(), model, random, pool, 10);
    store->verify([](const Damage& damage) { FAIL(damage); });
  }
}

TEST_CASE("A store can be closed, loaded and changed while it folds") {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const test::TemporaryFolder folder;
    const StoreOptions options{.sync = false, .block_rows = 4, .fold_rows = 10};
    StorePtr store = Store::open(folder / "db", options);
    const test::TermPool pool = test::TermPool::make(*store, 12);
    QuadSet model;
    for (int step = 0; step < 20; ++step) {
      change(*store, model, pool, random, 30);
      if (random() % 2) {
        std::vector<Quad> quads;
        for (int i = 0; i < 10; ++i)
          quads.push_back(pool.random_quad(random));
        model.insert(quads.begin(), quads.end());
        test::load_quads(*store, quads);
      } else {
        store.reset();
        store = Store::open(folder / "db", options);
      }
      test::require_equal(*store->snapshot(), model, random, pool, 2);
    }
    store->verify([](const Damage& damage) { FAIL(damage); });
    impl(store).background_fold().wait();
    CHECK_FALSE(std::filesystem::exists(folder / "db/incoming"));
  }
}

TEST_CASE("A delta that outgrew the limit is folded before the store closes") {
  const test::TemporaryFolder folder;
  const StoreOptions options{.sync = false, .block_rows = 4, .fold_rows = 5};
  std::mt19937 random(3);
  QuadSet model;
  {
    const StorePtr store = Store::open(folder / "db", options);
    const test::TermPool pool = test::TermPool::make(*store, 30);
    change(*store, model, pool, random, 100);
  }
  const StorePtr store = Store::open(folder / "db", options);
  CHECK(store->statistics().delta_rows == 0);
  CHECK(store->statistics().quads == model.size());
}

TEST_CASE("A load that adds nothing leaves the generation as it is") {
  const StorePtr store = Store::in_memory({.block_rows = 4});
  const test::TermPool pool = test::TermPool::make(*store, 10);
  std::mt19937 random(5);
  std::vector<Quad> quads;
  for (int i = 0; i < 50; ++i)
    quads.push_back(pool.random_quad(random));
  CHECK(test::load_quads(*store, quads) > 0);
  const auto generation = store->statistics().generation;
  CHECK(test::load_quads(*store, quads) == 0);
  CHECK(test::load_quads(*store, {quads[3]}) == 0);
  CHECK(test::load_quads(*store, {}) == 0);
  CHECK(store->statistics().generation == generation);
  {
    const auto transaction = store->begin();
    transaction->erase(quads[0]);
    transaction->commit();
  }
  CHECK(test::load_quads(*store, {quads[0]}) == 1);  // the delta is folded
  CHECK(store->statistics().generation > generation);
  CHECK(store->statistics().delta_rows == 0);
}

}  // namespace
}  // namespace tripten
