// Compactions at random moments change nothing that a reader sees.
#include "load/compaction.h"

#include <random>
#include <set>

#include <catch2/catch.hpp>

#include "load/bulk_loader.h"
#include "storage/store_impl.h"
#include "tests/unit/storage/temporary_folder.h"
#include "tests/unit/storage/term_quads.h"

namespace tripten {
namespace {

using test::TermQuad;
using test::TermQuads;

const StoreOptions kSmall{.sync = false, .block_rows = 4};

Term iri(const std::string& name) {
  return Term::iri("http://ex.org/" + name);
}

TermQuad random_quad(std::mt19937& random, unsigned terms, unsigned graphs) {
  const auto pick = [&](const char* kind) { return iri(kind + std::to_string(random() % terms)); };
  Term object = pick("s");
  switch (random() % 4) {
    case 0:
      object = Term::literal("text " + std::to_string(random() % terms));
      break;
    case 1:
      object = Term::integer(static_cast<std::int64_t>(random() % terms));
      break;
    case 2:
      object = Term::tagged("text " + std::to_string(random() % terms), "en");
      break;
    default:
      break;
  }
  const auto graph = random() % (graphs + 1);
  return {pick("s"), iri("p" + std::to_string(random() % 5)), object,
          graph == 0 ? Term() : iri("g" + std::to_string(graph))};
}

void change(Store& store, TermQuads& model, std::mt19937& random, int changes, unsigned terms,
            unsigned graphs) {
  const auto transaction = store.begin();
  for (int i = 0; i < changes; ++i) {
    TermQuad quad = random_quad(random, terms, graphs);
    if (!model.empty() && random() % 2) {
      quad = *std::next(model.begin(), static_cast<std::ptrdiff_t>(random() % model.size()));
    }
    Quad ids;
    for (std::size_t c = 0; c < 4; ++c)
      ids.terms[c] = quad[c] ? transaction->intern(view_of(quad[c])) : kDefaultGraph;
    if (random() % 2)
      REQUIRE(transaction->insert(ids) == model.insert(quad).second);
    else
      REQUIRE(transaction->erase(ids) == (model.erase(quad) == 1));
  }
  transaction->commit();
}

void load(Store& store, TermQuads& model, std::mt19937& random, int count, unsigned terms,
          unsigned graphs) {
  BulkLoader loader(store, {});
  loader.begin_source();
  for (int i = 0; i < count; ++i) {
    const TermQuad quad = random_quad(random, terms, graphs);
    model.insert(quad);
    loader.add({view_of(quad[0]), view_of(quad[1]), view_of(quad[2]), view_of(quad[3])});
  }
  loader.finish();
}

void require_whole(const Store& store, const TermQuads& model) {
  REQUIRE(store.statistics().quads == model.size());
  REQUIRE(test::quads_of(*store.snapshot()) == model);
  store.verify([](const Damage& damage) { FAIL(damage); });
}

/// The terms of the dictionary that quads use.
std::size_t terms_in_use(const StoreView& view) {
  std::set<TermId> ids;
  QuadScan scan = view.scan(QuadOrder::Spog, {});
  QuadColumns rows;
  while (scan.next(rows))
    for (const auto& column : rows.columns)
      for (const TermId id : column)
        if (id.in_dictionary()) ids.insert(id);
  return ids.size();
}

/// What every compaction leaves: no delta, one run, only live terms.
void require_compact(Store& store) {
  const StoreStatePtr state = dynamic_cast<StoreImpl&>(store).state();
  CHECK(state->delta->empty());
  CHECK(state->dictionary->runs().size() <= 1);
  CHECK(store.statistics().terms == terms_in_use(*store.snapshot()));
  CHECK_FALSE(compact(store, {}).has_changed);
}

void walk(unsigned seed, std::size_t memory_bytes, unsigned graphs) {
  CAPTURE(seed, memory_bytes, graphs);
  std::mt19937 random(seed);
  const test::TemporaryFolder folder;
  StorePtr store = Store::open(folder / "db", kSmall);
  TermQuads model;
  std::vector<std::pair<SnapshotPtr, TermQuads>> snapshots;
  for (int step = 0; step < 30; ++step) {
    switch (random() % 6) {
      case 0:
        load(*store, model, random, static_cast<int>(random() % 150), 40, graphs);
        break;
      case 1:
      case 2:
        change(*store, model, random, 30, 40, graphs);
        break;
      case 3:
        compact(*store, {.memory_bytes = memory_bytes});
        require_compact(*store);
        break;
      case 4:
        snapshots.emplace_back(store->snapshot(), model);
        break;
      case 5:
        snapshots.clear();
        store.reset();
        store = Store::open(folder / "db", kSmall);
        break;
    }
    require_whole(*store, model);
    for (const auto& [snapshot, then] : snapshots)
      REQUIRE(test::quads_of(*snapshot) == then);
  }
}

TEST_CASE("Compactions at random moments keep all quads, and old snapshots theirs") {
  for (unsigned seed = 1; seed <= 12; ++seed)
    walk(seed, std::size_t{1} << 20, seed % 4);
}

TEST_CASE("A compaction with little memory goes over the disk and gives the same") {
  std::mt19937 random(61);
  const test::TemporaryFolder folder;
  const StorePtr store = Store::open(folder / "db", {.sync = false});
  TermQuads model;
  load(*store, model, random, 20'000, 3000, 2);
  load(*store, model, random, 20'000, 6000, 2);
  change(*store, model, random, 3000, 9000, 2);
  compact(*store, {.memory_bytes = std::size_t{100} << 10});
  require_compact(*store);
  require_whole(*store, model);
  CHECK_FALSE(std::filesystem::exists(folder / "db/incoming"));
}

TEST_CASE("A compaction whose numbers do not fit into its memory is Limit and changes nothing") {
  std::mt19937 random(62);
  const StorePtr store = Store::in_memory({});
  TermQuads model;
  change(*store, model, random, 3000, 3000, 1);
  try {
    compact(*store, {.memory_bytes = 1000});
    FAIL("it was compacted");
  } catch (const Error& error) {
    CHECK(error.code == ErrorCode::Limit);
  }
  require_whole(*store, model);
}

TEST_CASE("Where nothing is dead and the dictionary one run, a compaction keeps all ids") {
  std::mt19937 random(63);
  const StorePtr store = Store::in_memory(kSmall);
  TermQuads model;
  load(*store, model, random, 400, 20, 1);
  const auto ids_of = [&](const Term& term) { return store->snapshot()->find(view_of(term)); };
  const auto before = ids_of(iri("s3"));
  {
    const auto transaction = store->begin();
    const TermQuad quad{iri("s3"), iri("p1"), Term::integer(1'000'000), Term()};
    transaction->insert({{*ids_of(quad[0]), *ids_of(quad[1]), transaction->intern(view_of(quad[2])),
                          kDefaultGraph}});
    model.insert(quad);
    transaction->commit();
  }
  const CompactionCounts counts = compact(*store, {});
  CHECK(counts.has_changed);
  CHECK(counts.folded == 1);
  CHECK(counts.removed_terms == 0);
  CHECK(ids_of(iri("s3")) == before);
  require_compact(*store);
  require_whole(*store, model);
}

TEST_CASE("A compaction gives back the room of what was deleted") {
  std::mt19937 random(64);
  const test::TemporaryFolder folder;
  const auto size = [&] {
    std::uintmax_t sum = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path()))
      if (entry.is_regular_file()) sum += entry.file_size();
    return sum;
  };
  StorePtr store = Store::open(folder / "db", {.sync = false});
  TermQuads model;
  load(*store, model, random, 40'000, 20'000, 0);
  {
    const auto transaction = store->begin();  // long terms that come by a transaction
    const TermId node = transaction->intern(view_of(iri("long")));
    for (int i = 0; i < 300; ++i) {
      std::string text(2000, ' ');
      std::generate(text.begin(), text.end(),
                    [&] { return static_cast<char>(random() % 90 + 33); });
      transaction->insert(
          {{node, node, transaction->intern(view_of(Term::literal(text))), kDefaultGraph}});
    }
    transaction->commit();
  }
  store.reset();
  const auto full = size();
  store = Store::open(folder / "db", {.sync = false});
  {
    const auto transaction = store->begin();
    std::vector<Quad> all;
    QuadScan scan = transaction->scan(QuadOrder::Spog, {});
    QuadColumns rows;
    while (scan.next(rows))
      for (std::size_t i = 0; i < rows.rows; ++i)
        all.push_back(
            {{rows.columns[0][i], rows.columns[1][i], rows.columns[2][i], rows.columns[3][i]}});
    for (std::size_t i = 0; i < all.size(); ++i)
      if (i % 20 != 0 || !transaction->term(all[i].object()).value().starts_with("text"))
        transaction->erase(all[i]);
    transaction->commit();
  }
  const TermQuads left = test::quads_of(*store->snapshot());
  const std::uint64_t terms = store->statistics().terms;
  const CompactionCounts counts = compact(*store, {});
  CHECK(counts.removed_terms > terms / 2);
  CHECK(store->statistics().terms == terms - counts.removed_terms);
  require_compact(*store);
  require_whole(*store, left);
  store.reset();
  CAPTURE(full, size());
  CHECK(size() < full / 4);
  store = Store::open(folder / "db", {.sync = false});
  require_whole(*store, left);
}

TEST_CASE("A compaction that is stopped changes nothing, and the next one works") {
  std::mt19937 random(65);
  const test::TemporaryFolder folder;
  const StorePtr store = Store::open(folder / "db", kSmall);
  TermQuads model;
  load(*store, model, random, 300, 30, 1);
  change(*store, model, random, 100, 60, 1);
  struct Stopped {};
  for (const double moment : {0.0, 0.5, 0.99}) {
    CHECK_THROWS_AS(compact(*store, {.progress =
                                         [&](double done) {
                                           if (done >= moment) throw Stopped();
                                         }}),
                    Stopped);
    require_whole(*store, model);
  }
  std::stop_source stop;
  stop.request_stop();
  const Interrupt interrupt(stop.get_token(), std::chrono::milliseconds(0));
  CHECK_THROWS_AS(compact(*store, {.interrupt = &interrupt}), Error);
  require_whole(*store, model);
  CHECK_FALSE(std::filesystem::exists(folder / "db/incoming"));
  compact(*store, {});
  require_compact(*store);
  require_whole(*store, model);
}

TEST_CASE("A compaction that does not wait leaves a store with a writer alone") {
  const StorePtr store = Store::in_memory(kSmall);
  TermQuads model;
  std::mt19937 random(5);
  change(*store, model, random, 100, 20, 0);
  {
    const auto writer = store->begin();
    CHECK_FALSE(compact(*store, {.waits = false}).has_changed);
  }
  CHECK(compact(*store, {.waits = false}).has_changed);
}

TEST_CASE("Deleting everything leaves a database without terms, which can be filled again") {
  std::mt19937 random(66);
  const StorePtr store = Store::in_memory(kSmall);
  TermQuads model;
  load(*store, model, random, 200, 30, 1);
  {
    const auto transaction = store->begin();
    QuadScan scan = transaction->scan(QuadOrder::Spog, {});
    QuadColumns rows;
    while (scan.next(rows))
      for (std::size_t i = 0; i < rows.rows; ++i)
        transaction->erase(
            {{rows.columns[0][i], rows.columns[1][i], rows.columns[2][i], rows.columns[3][i]}});
    transaction->commit();
  }
  compact(*store, {});
  CHECK(store->statistics().terms == 0);
  require_whole(*store, {});
  model.clear();
  change(*store, model, random, 50, 30, 1);
  require_whole(*store, model);
  load(*store, model, random, 200, 30, 1);
  require_whole(*store, model);
  compact(*store, {});
  require_compact(*store);
  require_whole(*store, model);
}

}  // namespace
}  // namespace tripten
