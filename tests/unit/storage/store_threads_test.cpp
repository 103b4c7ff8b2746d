// Threads: readers on snapshots while a writer goes on, and writers that wait for each other.
#include <atomic>
#include <thread>

#include <catch2/catch.hpp>

#include "storage/store.h"
#include "tests/unit/storage/store_model.h"

namespace tripten {
namespace {

TEST_CASE("Readers in threads see whole commits while a writer commits and loads") {
  const StorePtr store = Store::in_memory({.cache_bytes = 1 << 18, .block_rows = 4});
  const test::TermPool pool = test::TermPool::make(*store, 10);
  std::atomic<bool> is_done = false;
  std::atomic<int> wrong = 0, read = 0;
  // A commit adds or takes both quads of a pair: an odd count is half a commit.
  const auto pair_of = [&](std::mt19937& random, bool second) {
    Quad quad = pool.random_quad(random);
    quad.terms[1] = pool.predicates[second];
    return quad;
  };
  const auto reader = [&](unsigned seed) {
    std::mt19937 random(seed);
    while (!is_done) {
      const auto snapshot = store->snapshot();
      std::uint64_t counted = 0, rows = 0;
      for (const bool second : {false, true}) {
        const QuadPattern pattern{{kUnbound, pool.predicates[second], kUnbound, kUnbound}};
        counted += snapshot->count(pattern) * (second ? 1u : ~0ull);
        QuadScan scan = snapshot->scan(random() % 2 ? QuadOrder::Psog : QuadOrder::Posg, pattern);
        QuadColumns columns;
        while (scan.next(columns, random() % 10 + 1)) {
          rows += columns.rows;
          snapshot->term(columns.columns[1][0]);
        }
      }
      wrong += counted != 0 || rows % 2 != 0;
      ++read;
    }
  };
  std::vector<std::jthread> readers;
  for (unsigned seed = 1; seed <= 3; ++seed)
    readers.emplace_back(reader, seed);
  std::mt19937 random(5);
  for (int step = 0; step < 150 || read < 20; ++step) {
    std::mt19937 same = random;
    random.discard(4);
    std::mt19937 again = same;
    const Quad one = pair_of(same, false), other = pair_of(again, true);
    if (step % 10 == 0) {
      test::load_quads(*store, {one, other});
      continue;
    }
    const auto transaction = store->begin();
    if (step % 3 == 0) {
      transaction->erase(one);
      transaction->erase(other);
    } else {
      transaction->insert(one);
      transaction->insert(other);
    }
    transaction->commit();
  }
  is_done = true;
  readers.clear();
  CHECK(wrong == 0);
  CHECK(read > 0);
}

TEST_CASE("Writers in threads wait for each other and lose nothing") {
  const StorePtr store = Store::in_memory({});
  const auto writer = [&](unsigned number) {
    for (unsigned i = 0; i < 50; ++i) {
      const auto transaction = store->begin();
      const TermId subject = transaction->intern(
          view_of(Term::iri("http://ex.org/" + std::to_string(number) + "-" + std::to_string(i))));
      transaction->insert({{subject, subject, transaction->fresh_blank(), kDefaultGraph}});
      transaction->commit();
    }
  };
  {
    std::vector<std::jthread> writers;
    for (unsigned number = 0; number < 4; ++number)
      writers.emplace_back(writer, number);
  }
  CHECK(store->statistics().quads == 200);
  CHECK(store->statistics().terms == 200);
  store->verify([](const Damage& damage) { FAIL(damage); });
}

TEST_CASE("A transaction may end in another thread than it began") {
  const StorePtr store = Store::in_memory({});
  auto transaction = store->begin();
  std::jthread([&] { transaction.reset(); }).join();
  CHECK_NOTHROW(store->begin());
}

}  // namespace
}  // namespace tripten
