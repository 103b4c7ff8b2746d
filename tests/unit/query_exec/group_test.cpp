// GROUP BY and aggregates (§11, §18.5.1).
#include <algorithm>
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "query/exec/multiplicity.h"
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

TEST_CASE("Groups of sorted rows are those of the same rows unsorted, in the keys' order") {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    std::mt19937 random(seed);
    Rows rows = ids(random_rows(random, 3, 80, 4, 20));
    std::sort(rows.begin(), rows.end());
    const std::vector<Aggregate> aggregates{
        count_all("n"), of(AggregateKind::Count, "c", "d", true), of(AggregateKind::Max, "c", "x"),
        of(AggregateKind::GroupConcat, "c", "t"), count_all("r", true)};
    for (const std::vector<Variable>& keys :
         {std::vector<Variable>{{"b"}, {"a"}}, {{"a"}}, {{"a"}, {"nowhere"}}})
      for (const std::size_t batch_rows : {1, 2, 1024}) {
        INFO("seed " << seed << " batch " << batch_rows);
        Execution execution(empty_view(), batch_rows);
        const auto hashed = group_rows(rows_of({"a", "b", "c"}, rows), keys, aggregates, {});
        const auto sorted =
            group_rows(rows_of({"a", "b", "c"}, rows, {0, 1}), keys, aggregates, {});
        CHECK(hashed->describe().name == "Group");
        CHECK(sorted->describe().name == "SortedGroup");
        CHECK(!sorted->sorted_by().empty());
        Rows wanted = execution.run(*hashed), found = execution.run(*sorted);
        CHECK(execution.run(*sorted) == found);
        std::sort(wanted.begin(), wanted.end());
        std::sort(found.begin(), found.end());
        CHECK(found == wanted);
      }
  }
}

TEST_CASE("Groups of rows sorted by some keys are those of the same rows unsorted") {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    std::mt19937 random(seed);
    Rows rows = ids(random_rows(random, 4, 300, 6, 20));
    for (auto& row : rows)  // some keys lie far apart
      if (row[1] && random_below(random, 3) == 0) row[1] = TermId(row[1].bits() << 20);
    std::sort(rows.begin(), rows.end());
    const std::vector<Aggregate> aggregates{
        count_all("n"), of(AggregateKind::Count, "d", "k", true), of(AggregateKind::Min, "d", "x"),
        of(AggregateKind::GroupConcat, "d", "t"), count_all("r", true)};
    for (const std::vector<Variable>& keys :
         {std::vector<Variable>{{"b"}, {"a"}}, {{"a"}, {"c"}, {"b"}}, {{"c"}, {"a"}, {"nowhere"}}})
      for (const std::size_t batch_rows : {1, 3, 1024}) {
        INFO("seed " << seed << " batch " << batch_rows);
        Execution execution(empty_view(), batch_rows);
        const std::vector<std::string> names{"a", "b", "c", "d"};
        const auto hashed = group_rows(rows_of(names, rows), keys, aggregates, {});
        const auto parted = group_rows(rows_of(names, rows, {0}), keys, aggregates, {});
        CHECK(parted->describe().details.ends_with(", in parts of ?a"));
        const Rows found = execution.run(*parted);
        CHECK(found == execution.run(*hashed));  // the order that groups came in, too
        CHECK(execution.run(*parted) == found);
      }
  }
}

TEST_CASE("Keys far apart, near each other and unbound are found in any order") {
  for (const std::uint64_t step : {std::uint64_t{1}, std::uint64_t{1} << 30})
    for (unsigned seed = 1; seed <= 3; ++seed) {
      std::mt19937 random(seed);
      Rows rows;
      std::map<TermId, std::uint64_t> wanted;
      for (int i = 0; i < 20'000; ++i) {
        const std::uint64_t place = random() % 3000;
        const TermId key = place == 0 ? kUnbound : TermId(IdKind::Iri, 1'000'000 - place * step);
        rows.push_back({key});
        ++wanted[key];
      }
      Execution execution(empty_view(), 100);
      const Rows found =
          execution.run(*group_rows(rows_of({"a"}, rows), {{"a"}}, {count_all("n")}, {}));
      CHECK(found.size() == wanted.size());
      for (const auto& row : found)
        CHECK(row[1] == *inline_integer_id(static_cast<std::int64_t>(wanted.at(row[0]))));
    }
}

TEST_CASE("Keys that come to fill their range are found before and after") {
  std::mt19937 random(9);
  Rows rows;
  std::map<TermId, std::uint64_t> wanted;
  const auto add = [&](std::uint64_t place) {
    rows.push_back({TermId(IdKind::Iri, place)});
    ++wanted[rows.back()[0]];
  };
  for (int i = 0; i < 150'000; ++i)
    add(1 + random() % 600'000);
  for (const std::uint64_t far : {std::uint64_t{1} << 40, std::uint64_t{1}, std::uint64_t{1} << 41})
    add(far);
  for (int i = 0; i < 150'000; ++i)
    add(1 + random() % 600'000);
  Execution execution;
  const Rows found =
      execution.run(*group_rows(rows_of({"a"}, rows), {{"a"}}, {count_all("n")}, {}));
  CHECK(found.size() == wanted.size());
  for (const auto& row : found)
    REQUIRE(row[1] == *inline_integer_id(static_cast<std::int64_t>(wanted.at(row[0]))));
}

TEST_CASE("The weight of a row is the product of its multiplicities") {
  const auto times = [](std::uint64_t n) { return multiplicity_id(n); };
  const TermId one = number(1), two = number(2);
  const Rows rows{{one, times(3), times(2)}, {two, times(5), kUnbound}, {one, times(1), times(1)}};
  const auto group = [&](const Rows& input) {
    return group_rows(
        rows_of({"a", multiplicity_variable(1).name, multiplicity_variable(4).name}, input), {},
        {count_all("n"), of(AggregateKind::Sum, "a", "s"),
         of(AggregateKind::Count, "a", "d", true)},
        {});
  };
  Execution execution;
  CHECK(execution.run(*group(rows)) == ids({{12, 17, 2}}));
  const std::uint64_t large = std::uint64_t{1} << 40;
  CHECK_THROWS_AS(execution.run(*group({{one, times(large), times(large)}})), Error);
}

TEST_CASE("COUNT(DISTINCT *) does not look at the blank nodes of patterns") {
  Execution execution;
  const auto group = group_rows(rows_of({"a", ".b"}, Numbers{{1, 1}, {1, 2}, {2, 3}}), {},
                                {count_all("n", true)}, {});
  CHECK(execution.run(*group) == ids({{2}}));
}

}  // namespace tripten::test
