// Loads against a set of statements: into nothing, into data, with and without memory.
#include "load/bulk_loader.h"

#include <algorithm>
#include <random>
#include <set>

#include <catch2/catch.hpp>

#include "load/rank_sort.h"
#include "load/term_sort.h"
#include "load/term_table.h"
#include "tests/unit/storage/temporary_folder.h"
#include "tests/unit/storage/term_quads.h"

namespace tripten {
namespace {

using test::TermQuad;
using test::TermQuads;

Term iri(const std::string& name) {
  return Term::iri("http://ex.org/" + name);
}

Statement statement_of(const TermQuad& quad) {
  return {view_of(quad[0]), view_of(quad[1]), view_of(quad[2]), view_of(quad[3])};
}

BulkLoadCounts load(Store& store, const std::vector<TermQuad>& quads,
                    const BulkLoadOptions& options = {}) {
  BulkLoader loader(store, options);
  loader.begin_source();
  for (const TermQuad& quad : quads)
    loader.add(statement_of(quad));
  return loader.finish();
}

std::vector<TermQuad> random_quads(std::mt19937& random, std::size_t count, unsigned terms) {
  std::vector<TermQuad> quads;
  const auto pick = [&](const char* kind) { return iri(kind + std::to_string(random() % terms)); };
  for (std::size_t i = 0; i < count; ++i) {
    Term object = pick("s");
    switch (random() % 5) {
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
    quads.push_back({pick("s"), iri("p" + std::to_string(random() % 5)), object,
                     random() % 3 ? Term() : iri("g" + std::to_string(random() % 3))});
  }
  return quads;
}

void require_whole(const Store& store, const TermQuads& model) {
  REQUIRE(store.statistics().quads == model.size());
  REQUIRE(test::quads_of(*store.snapshot()) == model);
  store.verify([](const Damage& damage) { FAIL(damage); });
}

TEST_CASE("Loads add up to the set of all their statements") {
  std::mt19937 random(51);
  const StorePtr store = Store::in_memory({.block_rows = 16});
  TermQuads model;
  for (int round = 0; round < 6; ++round) {
    const auto quads = random_quads(random, random() % 500, 40);
    const auto before = model.size();
    model.insert(quads.begin(), quads.end());
    const BulkLoadCounts counts = load(*store, quads);
    CHECK(counts.statements == quads.size());
    CHECK(counts.inserted == model.size() - before);
    require_whole(*store, model);
  }
}

TEST_CASE("A load goes on top of what transactions inserted and deleted") {
  std::mt19937 random(52);
  const StorePtr store = Store::in_memory({.block_rows = 16});
  TermQuads model;
  for (int round = 0; round < 6; ++round) {
    {
      const auto transaction = store->begin();
      for (const TermQuad& quad : random_quads(random, 80, 8)) {
        Quad ids;
        for (std::size_t i = 0; i < 4; ++i)
          ids.terms[i] = quad[i] ? transaction->intern(view_of(quad[i])) : kDefaultGraph;
        if (random() % 2)
          CHECK(transaction->insert(ids) == model.insert(quad).second);
        else
          CHECK(transaction->erase(ids) == (model.erase(quad) == 1));
      }
      transaction->commit();
    }
    require_whole(*store, model);
    const auto quads = random_quads(random, 80, 8);
    model.insert(quads.begin(), quads.end());
    load(*store, quads);
    CHECK(store->statistics().delta_rows == 0);
    require_whole(*store, model);
  }
}

TEST_CASE("A load with little memory goes over the disk and gives the same") {
  std::mt19937 random(53);
  const test::TemporaryFolder folder;
  const auto quads = random_quads(random, 60'000, 2000);
  const TermQuads model(quads.begin(), quads.end());
  const StorePtr on_disk = Store::open(folder / "db", {.sync = false});
  load(*on_disk, quads, {.memory_bytes = std::size_t{3} << 20});
  require_whole(*on_disk, model);
  const StorePtr in_memory = Store::in_memory({});
  load(*in_memory, quads, {.memory_bytes = std::size_t{3} << 20});
  require_whole(*in_memory, model);
  const auto left = std::distance(std::filesystem::directory_iterator(folder.path()), {});
  CHECK(left == 1);
  CHECK_FALSE(std::filesystem::exists(folder / "db/incoming"));
}

TEST_CASE("A load whose terms do not fit into its memory goes over the disk, too") {
  const StorePtr store = Store::in_memory({});
  std::vector<TermQuad> quads;
  for (int i = 0; i < 40; ++i)
    for (int copy = 0; copy < 2; ++copy)
      quads.push_back({iri("a"), iri("b"),
                       Term::literal(std::to_string(i) + std::string(500'000, 'x')), Term()});
  const BulkLoadCounts counts = load(*store, quads, {.memory_bytes = std::size_t{4} << 20});
  CHECK(counts.statements == 80);
  CHECK(counts.inserted == 40);
  require_whole(*store, TermQuads(quads.begin(), quads.end()));
}

TEST_CASE("A load that is given up changes nothing, and the next one works") {
  const test::TemporaryFolder folder;
  const StorePtr store = Store::open(folder / "db", {.sync = false, .block_rows = 4});
  std::mt19937 random(54);
  const auto quads = random_quads(random, 300, 20);
  {
    BulkLoader loader(*store, {});
    loader.begin_source();
    for (const TermQuad& quad : quads)
      loader.add(statement_of(quad));
  }
  require_whole(*store, {});
  std::stop_source stop;
  const Interrupt interrupt(stop.get_token(), std::chrono::milliseconds(0));
  for (const auto* stage : {"reading", "sorting terms", "writing terms", "writing", "switching"}) {
    CAPTURE(stage);
    struct Stopped {};
    const BulkLoadOptions options{.progress = [&](const LoadProgress& progress) {
      if (progress.stage == stage) throw Stopped();
    }};
    CHECK_THROWS_AS(load(*store, quads, options), Stopped);
    require_whole(*store, {});
  }
  stop.request_stop();
  try {
    load(*store, quads, {.interrupt = &interrupt});
    FAIL("it loaded");
  } catch (const Error& error) {
    CHECK(error.code == ErrorCode::Cancelled);
  }
  require_whole(*store, {});
  load(*store, quads);
  require_whole(*store, TermQuads(quads.begin(), quads.end()));
}

TEST_CASE("Statements without a graph go into the graph that the load names") {
  const StorePtr store = Store::in_memory({});
  load(*store, {{iri("a"), iri("b"), iri("c"), Term()}, {iri("a"), iri("b"), iri("c"), iri("g")}},
       {.graph = iri("named")});
  require_whole(*store, {{iri("a"), iri("b"), iri("c"), iri("named")},
                         {iri("a"), iri("b"), iri("c"), iri("g")}});
}

TEST_CASE("A blank node's label means one node in a source and another one in the next") {
  const StorePtr store = Store::in_memory({});
  for (int round = 0; round < 2; ++round) {
    BulkLoader loader(*store, {});
    for (int source = 0; source < 2; ++source) {
      loader.begin_source();
      loader.add(statement_of({Term::blank("x"), iri("p"), Term::blank("y"), Term()}));
      loader.add(statement_of({Term::blank("y"), iri("p"), Term::blank("x"), Term()}));
    }
    CHECK(loader.finish().inserted == 4);
  }
  std::set<TermId> nodes;
  QuadScan scan = store->snapshot()->scan(QuadOrder::Spog, {});
  QuadColumns rows;
  while (scan.next(rows))
    nodes.insert(rows.columns[0].begin(), rows.columns[0].end());
  CHECK(nodes.size() == 8);
  CHECK(store->begin()->fresh_blank().payload() == 8);
  store->verify([](const Damage& damage) { FAIL(damage); });
}

TEST_CASE("Terms are numbered by their bytes") {
  TermTable table;
  std::mt19937 random(55);
  std::vector<std::string> terms;
  for (int i = 0; i < 30'000; ++i)
    terms.push_back("term " + std::to_string(i));
  for (std::size_t i = 0; i < terms.size(); ++i)
    REQUIRE(table.number(terms[i]) == i);
  for (int i = 0; i < 10'000; ++i) {
    const std::size_t at = random() % terms.size();
    REQUIRE(table.number(terms[at]) == at);
    REQUIRE(table.term(static_cast<std::uint32_t>(at)) == terms[at]);
  }
  CHECK(table.size() == terms.size());
}

TEST_CASE("Terms that begin alike, end early or hold zeros are sorted by their bytes") {
  std::mt19937 random(56);
  for (int round = 0; round < 60; ++round) {
    std::set<std::string> distinct;
    for (auto count = random() % 400; count > 0; --count) {
      std::string text(random() % 4 ? "\2http://example.org/" : "");
      for (auto length = random() % 30; length > 0; --length)
        text += static_cast<char>(random() % 3 ? 'a' + random() % 2 : 0);
      if (random() % 50 == 0) text.insert(0, 100'000, 'z');
      distinct.insert(text);
    }
    std::vector<std::string> texts(distinct.begin(), distinct.end());
    std::shuffle(texts.begin(), texts.end(), random);
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    const auto numbers = sorted_numbers(views);
    std::vector<std::string> sorted;
    for (const auto number : numbers)
      sorted.push_back(texts[number]);
    REQUIRE(sorted == std::vector<std::string>(distinct.begin(), distinct.end()));
  }
}

TEST_CASE("A stable sort by each column in turn sorts ranks in every order") {
  std::mt19937 random(57);
  constexpr std::size_t kRanks = 6'000'000;  // three passes, but for columns with few
  RankRows<4> rows(3000), room, copy;
  for (RankRow<4>& row : rows)
    row = {static_cast<std::uint32_t>(random() % kRanks),
           static_cast<std::uint32_t>(random() % 7 * (kRanks / 7)),
           static_cast<std::uint32_t>(random() % 2 ? random() % 50 : random() % kRanks),
           static_cast<std::uint32_t>(random() % 3)};
  for (int o = 0; o < kQuadOrders; ++o) {
    const auto positions = order_positions(static_cast<QuadOrder>(o));
    const auto is_below = [&](const RankRow<4>& a, const RankRow<4>& b) {
      return std::array{a[positions[0]], a[positions[1]], a[positions[2]], a[positions[3]]} <
             std::array{b[positions[0]], b[positions[1]], b[positions[2]], b[positions[3]]};
    };
    std::vector<RankRow<4>> expected(rows.begin(), rows.end());
    std::sort(expected.begin(), expected.end(), is_below);
    for (int c = 3; c > 0; --c)
      stable_sort_by(positions[static_cast<std::size_t>(c)], kRanks, rows, room);
    const RankRows<4>& source = rows;
    stable_sort_by(positions[0], kRanks, source, copy, room);
    REQUIRE(std::equal(copy.begin(), copy.end(), expected.begin(), expected.end()));
  }
}

}  // namespace
}  // namespace tripten
