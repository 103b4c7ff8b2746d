// GROUP BY and DISTINCT over more keys than memory holds: what they give in memory, by way of the
// disk.
#include <algorithm>
#include <filesystem>

#include <catch2/catch.hpp>

#include "unit/query_exec/execution.h"

namespace tripten::test {
namespace {

Rows many_keys(unsigned seed, int count, int keys) {
  std::mt19937 random(seed);
  Rows rows;
  for (int i = 0; i < count; ++i)
    rows.push_back(
        {TermId(IdKind::Iri, static_cast<std::uint64_t>(random_below(random, keys)) * 1'000'003),
         number(random_below(random, 3)), number(1 + random_below(random, 50))});
  return rows;
}

struct Given {
  Rows rows;
  std::uint64_t spilled;
};

/// With memory 0 all of it.
template <typename Make>
Given run(const Make& make, std::size_t memory) {
  SpillSpace space({std::filesystem::temp_directory_path()});
  Execution execution(empty_view(), 1000, memory ? memory : MemoryBudget::kUnlimited);
  if (memory) execution.context.spill = &space;
  const OperatorPtr root = make();  // gives its memory back before the budget goes
  Rows rows = execution.run(*root);
  CHECK(execution.run(*root) == rows);
  std::sort(rows.begin(), rows.end());
  return {std::move(rows), space.written()};
}

}  // namespace

TEST_CASE("GROUP BY sets aside the rows of groups that memory has no room for") {
  const std::vector<Aggregate> aggregates{{{"n"}, AggregateKind::Count, false, {}, " "},
                                          {{"s"}, AggregateKind::Sum, false, expr("c"), " "},
                                          {{"d"}, AggregateKind::Count, true, expr("c"), " "},
                                          {{"m"},
                                           AggregateKind::Max,
                                           false,
                                           call(Function::Add, {expr("c"), {Term::integer(1)}}),
                                           " "}};
  for (unsigned seed = 1; seed <= 2; ++seed) {
    const auto group = [&] {
      return group_rows(rows_of({"a", "b", "c"}, many_keys(seed, 60'000, 20'000)), {{"a"}, {"b"}},
                        aggregates, {});
    };
    const Given wanted = run(group, 0), found = run(group, 2'500'000);
    CHECK(found.rows == wanted.rows);
    CHECK(wanted.spilled == 0);
    CHECK(found.spilled > 100'000);
  }
}

TEST_CASE("GROUP BY in parts goes to the disk with a part that memory has no room for") {
  Rows rows;
  for (int part = 1; part <= 3; ++part)
    for (int i = 0; i < 60'000; ++i)
      rows.push_back({number(part), number(1 + i * 7 % 50'000), number(1 + i)});
  const auto group = [&](const std::vector<std::size_t>& order) {
    return group_rows(rows_of({"a", "b", "c"}, rows, order), {{"a"}, {"b"}},
                      {{{"n"}, AggregateKind::Count, false, {}, " "},
                       {{"m"}, AggregateKind::Max, false, expr("c"), " "}},
                      {});
  };
  const Given wanted = run([&] { return group({}); }, 0);
  CHECK(wanted.rows.size() == 150'000);
  for (const std::size_t memory : {2'500'000, 20'000'000}) {
    const Given found = run([&] { return group({0}); }, memory);
    CHECK((found.rows == wanted.rows));
    CHECK((found.spilled > 100'000) == (memory < 10'000'000));
  }
}

TEST_CASE("DISTINCT sets aside the rows that memory has no room for") {
  const auto distinct = [] {
    return distinct_rows(rows_of({"a", "b", "c"}, many_keys(3, 100'000, 30'000)));
  };
  const Given wanted = run(distinct, 0), found = run(distinct, 1'500'000);
  CHECK(found.rows == wanted.rows);
  CHECK(found.spilled > 100'000);
}

TEST_CASE("Few groups and few different rows take little of much memory") {
  SpillSpace space({std::filesystem::temp_directory_path()});
  Execution execution(empty_view(), 1000, std::size_t{4} << 30);
  execution.context.spill = &space;
  const OperatorPtr groups =
      group_rows(distinct_rows(rows_of({"a", "b", "c"}, many_keys(5, 2000, 10))), {{"a"}},
                 {{{"n"}, AggregateKind::Count, false, {}, " "}}, {});
  CHECK(execution.run(*groups).size() == 10);
  CHECK(execution.budget.peak() < 1'000'000);
}

TEST_CASE("DISTINCT of rows in an order to be kept ends with Limit instead") {
  const auto distinct = [] {
    return distinct_rows(rows_of({"a", "b", "c"}, many_keys(3, 100'000, 30'000)), true);
  };
  CHECK_THROWS_AS(run(distinct, 1'500'000), Error);
}

TEST_CASE("DISTINCT of partly sorted rows forgets those that will not come again") {
  Rows rows = many_keys(4, 100'000, 10'000);
  std::sort(rows.begin(), rows.end());
  for (auto& row : rows)
    std::swap(row[1], row[2]);
  const Given wanted = run([&] { return distinct_rows(rows_of({"a", "b", "c"}, rows)); }, 0);
  const Given found = run(
      [&] {
        return distinct_rows(rows_of({"a", "b", "c"}, rows, {0}));
      },
      1'500'000);
  CHECK(found.rows == wanted.rows);
  CHECK(found.spilled == 0);
}

}  // namespace tripten::test
