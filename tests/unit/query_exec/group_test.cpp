// GROUP BY and aggregates (§11, §18.5.1).
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "storage/inline_term.h"
#include "unit/query_exec/execution.h"

namespace tripten::test {
namespace {

Aggregate count_all(const char* result, bool distinct = false) {
  return {{result}, AggregateKind::Count, distinct, {}, " "};
}
Aggregate of(AggregateKind kind, const char* argument, const char* result, bool distinct = false) {
  return {{result}, kind, distinct, expr(argument), " "};
}

}  // namespace

TEST_CASE("Without keys there is one group, also over no rows") {
  Execution execution;
  const auto group = group_rows(
      rows_of({"a"}, Numbers{}), {},
      {count_all("n"), of(AggregateKind::Sum, "a", "s"), of(AggregateKind::Min, "a", "m")}, {});
  const Rows rows = execution.run(*group);
  REQUIRE(rows.size() == 1);
  CHECK(execution.terms.term(rows[0][0]) == Term::integer(0));
  CHECK(execution.terms.term(rows[0][1]) == Term::integer(0));
  CHECK(rows[0][2] == kUnbound);
}

TEST_CASE("With keys there is no group over no rows") {
  Execution execution;
  CHECK(
      execution.run(*group_rows(rows_of({"a"}, Numbers{}), {{"a"}}, {count_all("n")}, {})).empty());
}

TEST_CASE("Groups are those of the different keys, unbound ones too") {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    std::mt19937 random(seed);
    const Rows rows = ids(random_rows(random, 3, 80, 3, 20));
    struct Wanted {
      int rows = 0, bound = 0;
      std::set<TermId> different{};
      std::set<std::vector<TermId>> different_rows{};
    };
    std::map<std::pair<TermId, TermId>, Wanted> wanted;
    for (const auto& row : rows) {
      Wanted& group = wanted[{row[0], row[1]}];
      ++group.rows;
      group.different_rows.insert(row);
      if (!row[2]) continue;
      ++group.bound;
      group.different.insert(row[2]);
    }
    for (const std::size_t batch_rows : {1, 2, 1024}) {
      INFO("seed " << seed << " batch " << batch_rows);
      Execution execution(empty_view(), batch_rows);
      const auto group =
          group_rows(rows_of({"a", "b", "c"}, rows), {{"a"}, {"b"}, {"nowhere"}},
                     {count_all("n"), of(AggregateKind::Count, "c", "m"),
                      of(AggregateKind::Count, "c", "d", true), count_all("r", true)},
                     {});
      const Rows found = execution.run(*group);
      REQUIRE(found.size() == wanted.size());
      for (const auto& row : found) {
        const auto it = wanted.find({row[0], row[1]});
        REQUIRE(it != wanted.end());
        CHECK(row[2] == kUnbound);
        const auto count = [](std::size_t value) {
          return *inline_integer_id(static_cast<std::int64_t>(value));
        };
        CHECK(row[3] == count(static_cast<std::size_t>(it->second.rows)));
        CHECK(row[4] == count(static_cast<std::size_t>(it->second.bound)));
        CHECK(row[5] == count(it->second.different.size()));
        CHECK(row[6] == count(it->second.different_rows.size()));
      }
      CHECK(execution.run(*group) == found);
    }
  }
}

TEST_CASE("COUNT(DISTINCT *) does not look at the blank nodes of patterns") {
  Execution execution;
  const auto group = group_rows(rows_of({"a", ".b"}, Numbers{{1, 1}, {1, 2}, {2, 3}}), {},
                                {count_all("n", true)}, {});
  CHECK(execution.run(*group) == ids({{2}}));
}

}  // namespace tripten::test
