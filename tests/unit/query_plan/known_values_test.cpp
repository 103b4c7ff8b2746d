// What queries found out about patterns serves those that follow while the data is about the same.
#include "query/plan/known_values.h"

#include <catch2/catch.hpp>

#include "query/plan/pattern_statistics.h"
#include "unit/query_plan/term_store.h"

using namespace tripten;

namespace {

QuadPattern of_predicate(std::uint64_t number) {
  return {{kUnbound, TermId(IdKind::Iri, number), kUnbound, kUnbound}};
}

TEST_CASE("Different values are known while a pattern has about as many quads") {
  KnownValues known;
  CHECK_FALSE(known.find(of_predicate(1), 0, 1000));
  known.note(of_predicate(1), 0, 1000, 300);
  CHECK(known.find(of_predicate(1), 0, 1000) == 300);
  CHECK(known.find(of_predicate(1), 0, 1100) == 300);
  CHECK(known.find(of_predicate(1), 0, 900) == 300);
  CHECK_FALSE(known.find(of_predicate(1), 0, 1101));
  CHECK_FALSE(known.find(of_predicate(1), 0, 899));
  CHECK_FALSE(known.find(of_predicate(1), 2, 1000));
  CHECK_FALSE(known.find(of_predicate(2), 0, 1000));
  known.note(of_predicate(1), 0, 2000, 500);
  CHECK(known.find(of_predicate(1), 0, 2000) == 500);
  known.note(of_predicate(3), 0, 100, 100);
  CHECK(known.find(of_predicate(3), 0, 95) == 95);
}

TEST_CASE("What is known has a bound") {
  KnownValues known;
  for (std::uint64_t i = 0; i < 3 * KnownValues::kMostPatterns; ++i)
    known.note(of_predicate(i), 0, 1000, 10);
  std::size_t found = 0;
  for (std::uint64_t i = 0; i < 3 * KnownValues::kMostPatterns; ++i)
    found += known.find(of_predicate(i), 0, 1000).has_value();
  CHECK(found > 0);
  CHECK(found <= KnownValues::kMostPatterns);
}

TEST_CASE("The second query does not look at what the first one has looked at") {
  test::TermStore store;
  for (int i = 0; i < 100; ++i)
    store.add("s" + std::to_string(i % 50) + " p o" + std::to_string(i));
  MemoryBudget budget;
  QueryTerms terms(store.view(), budget);
  const Dataset dataset({}, store.view(), terms);
  const ScanPattern pattern{{Variable{"s"}, {}, {}},
                            {std::nullopt, terms.intern(view_of(test::ex("p"))), {}},
                            {Variable{"o"}, {}, {}}};
  KnownValues known;
  const auto subjects = [&] {
    PatternStatistics statistics(store.view(), dataset);
    statistics.share(&known);
    return statistics.distinct(pattern, 0);
  };
  CHECK(subjects() == 50);
  known.note({{kUnbound, pattern.predicate.id, kUnbound, kUnbound}}, 0, 100, 49);
  CHECK(subjects() == 49);
  for (int i = 0; i < 20; ++i)
    store.add("t" + std::to_string(i) + " p o");
  CHECK(subjects() == 70);
}

}  // namespace
