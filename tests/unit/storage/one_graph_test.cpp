// A base whose quads are all in one graph answers the order by graph from another order's blocks.
#include <optional>
#include <random>

#include <catch2/catch.hpp>

#include "storage/store_impl.h"
#include "tests/unit/storage/store_model.h"
#include "tests/unit/storage/temporary_folder.h"

namespace tripten {
namespace {

using test::QuadSet;

std::vector<Quad> random_quads(const test::TermPool& pool, std::mt19937& random, TermId graph,
                               int count) {
  std::vector<Quad> quads;
  for (int i = 0; i < count; ++i) {
    quads.push_back(pool.random_quad(random));
    quads.back().terms[3] = graph;
  }
  return quads;
}

/// Whether the store's base has an order by graph of its own.
bool stores_graph_order(Store& store) {
  const StoreStatePtr state = dynamic_cast<StoreImpl&>(store).state();
  const Manifest& manifest = state->base->manifest();
  CHECK(bool(manifest.one_graph) == (manifest.orders[6].blocks == 0 && manifest.quads != 0));
  return manifest.orders[static_cast<std::size_t>(QuadOrder::Gspo)].blocks != 0;
}

void require_sound(const Store& store, const QuadSet& model, std::mt19937& random,
                   const test::TermPool& pool) {
  test::require_equal(*store.snapshot(), model, random, pool, 30);
  store.verify([](const Damage& damage) { FAIL(damage); });
}

TEST_CASE("Quads in one graph are answered alike with and without an order by graph") {
  std::mt19937 random(71);
  for (const bool shares_order : {true, false}) {
    const StorePtr store = Store::in_memory({.block_rows = 4});
    const test::TermPool pool = test::TermPool::make(*store, 8);
    for (const TermId graph : {kDefaultGraph, pool.graphs[0]}) {
      CAPTURE(shares_order, graph.bits());
      const StorePtr one = Store::in_memory({.block_rows = 4});
      const test::TermPool terms = test::TermPool::make(*one, 8);
      const auto quads = random_quads(terms, random, graph, 120);
      test::load_quads(*one, quads, shares_order);
      CHECK(stores_graph_order(*one) != shares_order);
      require_sound(*one, QuadSet(quads.begin(), quads.end()), random, terms);
    }
  }
}

TEST_CASE("The order by graph comes with the second graph and goes with it") {
  std::mt19937 random(72);
  const test::TemporaryFolder folder;
  const StoreOptions options{.sync = false, .block_rows = 4};
  StorePtr store = Store::open(folder / "db", options);
  const test::TermPool pool = test::TermPool::make(*store, 8);
  QuadSet model;
  const auto load = [&](const std::vector<Quad>& quads) {
    model.insert(quads.begin(), quads.end());
    test::load_quads(*store, quads);
    require_sound(*store, model, random, pool);
  };
  load({});
  CHECK_FALSE(stores_graph_order(*store));
  load(random_quads(pool, random, kDefaultGraph, 60));
  CHECK_FALSE(stores_graph_order(*store));
  load(random_quads(pool, random, kDefaultGraph, 60));
  CHECK_FALSE(stores_graph_order(*store));
  SnapshotPtr of_one = store->snapshot();
  const QuadSet model_of_one = model;
  load(random_quads(pool, random, pool.graphs[0], 30));
  CHECK(stores_graph_order(*store));
  load(random_quads(pool, random, kDefaultGraph, 10));
  CHECK(stores_graph_order(*store));

  // A delta that takes the second graph away: the next generation has one graph again.
  {
    const auto transaction = store->begin();
    for (const Quad& quad : QuadSet(model))
      if (quad.graph() == pool.graphs[0]) {
        CHECK(transaction->erase(quad));
        model.erase(quad);
      }
    transaction->commit();
  }
  require_sound(*store, model, random, pool);
  load({});
  CHECK_FALSE(stores_graph_order(*store));

  // A delta with other graphs on top of a base with one.
  {
    const auto transaction = store->begin();
    for (const Quad& quad : random_quads(pool, random, pool.graphs[1], 40))
      CHECK(transaction->insert(quad) == model.insert(quad).second);
    transaction->commit();
  }
  require_sound(*store, model, random, pool);
  CHECK_FALSE(stores_graph_order(*store));
  test::require_equal(*of_one, model_of_one, random, pool, 30);
  of_one.reset();  // it keeps the store open
  store.reset();
  store = Store::open(folder / "db", options);
  require_sound(*store, model, random, pool);
  load({});
  CHECK(stores_graph_order(*store));
  require_sound(*store, model, random, pool);
}

TEST_CASE("A load that promises one graph and adds two fails and changes nothing") {
  const StorePtr store = Store::in_memory({.block_rows = 4});
  const test::TermPool pool = test::TermPool::make(*store, 8);
  const std::vector<Quad> rows{
      {{pool.subjects[1], pool.predicates[0], pool.objects[0], kDefaultGraph}},
      {{pool.subjects[2], pool.predicates[0], pool.objects[0], pool.graphs[0]}}};
  {
    const auto builder = store->build_generation();
    REQUIRE_FALSE(builder->needs_graph_order(kDefaultGraph));
    for (int o = 0; o + 1 < kQuadOrders; ++o) {
      std::vector<Quad> sorted;
      for (const Quad& row : rows)
        sorted.push_back(to_order(row, static_cast<QuadOrder>(o)));
      std::sort(sorted.begin(), sorted.end());
      builder->add_quads(static_cast<QuadOrder>(o), [&](std::vector<Quad>& out) {
        out = std::exchange(sorted, {});
        return !out.empty();
      });
    }
    CHECK_THROWS_AS(builder->commit(), Error);
  }
  CHECK(store->statistics().quads == 0);
  store->verify([](const Damage& damage) { FAIL(damage); });
}

}  // namespace
}  // namespace tripten
