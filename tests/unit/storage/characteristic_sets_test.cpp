// Characteristic sets: counted as quads go by, stored, and what they say of stars.
#include "storage/characteristic_sets.h"

#include <random>

#include <catch2/catch.hpp>

#include "tests/unit/storage/store_model.h"
#include "tests/unit/storage/temporary_folder.h"

namespace tripten {
namespace {

TermId id(std::uint64_t number) {
  return {IdKind::Iri, number};
}

Quad quad(std::uint64_t subject, std::uint64_t predicate, std::uint64_t object) {
  return {{id(subject), id(predicate), id(object), kDefaultGraph}};
}

CharacteristicSets sets_of(const test::QuadSet& quads) {
  CharacteristicSetCounter counter;
  for (const Quad& one : quads)
    counter.add(one);
  return counter.finish();
}

CharacteristicSets read_back(const CharacteristicSets& sets) {
  CharacteristicSets read;
  for (const std::string& chunk : sets.encode())
    read.add_chunk(chunk);
  return read;
}

TEST_CASE("The characteristic sets of a few subjects") {
  // 1 and 2 have {10, 11}, 3 has {10}; 1 has predicate 10 twice.
  const auto sets = sets_of({quad(1, 10, 5), quad(1, 10, 6), quad(1, 11, 5), quad(2, 10, 5),
                             quad(2, 11, 7), quad(3, 10, 5)});
  REQUIRE(sets.sets().size() == 2);
  using Predicate = CharacteristicSets::Predicate;
  CHECK(sets.sets()[0].subjects == 2);
  CHECK(sets.sets()[0].predicates == std::vector<Predicate>{{id(10), 3, 2}, {id(11), 2, 2}});
  CHECK(sets.sets()[1].subjects == 1);
  CHECK(sets.sets()[1].predicates == std::vector<Predicate>{{id(10), 1, 1}});
  CHECK(sets.rest().subjects == 0);
  CHECK(sets.star_rows(std::vector{id(10)}) == Approx(4));
  CHECK(sets.star_rows(std::vector{id(10), id(11)}) == Approx(3));
  CHECK(sets.star_rows(std::vector{id(11), id(12)}) == 0);
  CHECK(read_back(sets) == sets);
  CHECK(sets_of({}) == CharacteristicSets());
  CHECK(read_back({}) == CharacteristicSets());
}

TEST_CASE("Of very many characteristic sets the most frequent are kept, the others together") {
  std::mt19937 random(81);
  test::QuadSet quads;
  for (std::uint64_t subject = 0; subject < 20'000; ++subject) {
    const bool is_common = subject % 2 == 0;
    for (std::uint64_t predicate = 0; predicate < 20; ++predicate)
      if (is_common ? predicate < 3 : random() % 2 == 0)
        quads.insert(quad(subject + 1000, predicate + 1, random() % 100 + 1));
  }
  const auto sets = sets_of(quads);
  CHECK(sets.sets().size() == kMostCharacteristicSets);
  CHECK(sets.sets()[0].subjects >= 10'000);
  CHECK(sets.rest().subjects > 0);
  std::uint64_t subjects = sets.rest().subjects, of_sets = 0;
  for (const auto& set : sets.sets()) {
    subjects += set.subjects;
    for (const auto& predicate : set.predicates)
      of_sets += predicate.quads;
  }
  for (const auto& predicate : sets.rest().predicates)
    of_sets += predicate.quads;
  CHECK(subjects == 20'000);
  CHECK(of_sets == quads.size());
  CHECK(read_back(sets) == sets);
  // Half of 10,000 subjects have each of 5 and 6: a quarter both.
  CHECK(sets.star_rows(std::vector{id(5), id(6)}) == Approx(2500).epsilon(0.15));
}

TEST_CASE("A star that independence gets wrong by a factor of 100 is estimated within 2") {
  test::QuadSet quads;
  for (std::uint64_t subject = 0; subject < 10'000; ++subject)
    quads.insert(quad(subject + 100, 1, subject % 7 + 1));
  for (std::uint64_t subject = 9'900; subject < 19'900; ++subject)
    quads.insert(quad(subject + 100, 2, subject % 7 + 1));
  const double rows = sets_of(quads).star_rows(std::vector{id(1), id(2)});
  CHECK(rows >= 50);
  CHECK(rows <= 200);
}

TEST_CASE("A store keeps the characteristic sets of its base") {
  std::mt19937 random(82);
  const test::TemporaryFolder folder;
  const StoreOptions options{.sync = false, .block_rows = 4};
  test::QuadSet model;
  {
    const StorePtr store = Store::open(folder / "db", options);
    const test::TermPool pool = test::TermPool::make(*store, 30);
    CHECK(store->snapshot()->characteristic_sets() == CharacteristicSets());
    std::vector<Quad> quads;
    for (int i = 0; i < 300; ++i)
      quads.push_back(pool.random_quad(random));
    model.insert(quads.begin(), quads.end());
    test::load_quads(*store, quads);
    CHECK(store->snapshot()->characteristic_sets() == sets_of(model));
  }
  const StorePtr store = Store::open(folder / "db", options);
  CHECK(store->snapshot()->characteristic_sets() == sets_of(model));
  CHECK(store->begin()->characteristic_sets() == sets_of(model));
  store->verify([](const Damage& damage) { FAIL(damage); });
}

TEST_CASE("Bytes that are no characteristic sets are refused") {
  CharacteristicSets sets;
  CHECK_THROWS_AS(sets.add_chunk("\x01"), Error);
  CHECK_THROWS_AS(sets.add_chunk(std::string("\x01\xff\xff\xff\xff\x0f\x01", 7)), Error);
  CharacteristicSets without_subjects;
  CHECK_THROWS_AS(without_subjects.add_chunk(std::string("\x00\x00\x00\x00", 4)), Error);
}

}  // namespace
}  // namespace tripten
