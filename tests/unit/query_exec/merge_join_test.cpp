// Merge joins against the definition of Join (SPARQL 1.1 §18.5).
#include <algorithm>

#include <catch2/catch.hpp>

#include "unit/query_exec/execution.h"

namespace tripten::test {
namespace {

/// Rows whose first column is bound, sorted by it.
Rows keyed_rows(std::mt19937& random, std::size_t columns, int most, int keys) {
  Rows rows = ids(random_rows(random, columns, most, 3, 25));
  for (auto& row : rows)
    row[0] = number(1 + random_below(random, keys));
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return a[0] < b[0]; });
  return rows;
}

}  // namespace

TEST_CASE("Merge joins of random rows give what the definition gives") {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    std::mt19937 random(seed);
    const int keys = 1 + random_below(random, 30);
    const Rows left = keyed_rows(random, 3, 60, keys);
    const Rows right = keyed_rows(random, 3, 60, keys);
    for (const std::size_t batch_rows : {1, 2, 7, 1024}) {
      INFO("seed " << seed << " batch " << batch_rows);
      Execution execution(empty_view(), batch_rows);
      const auto merge = merge_join(rows_of({"k", "a", "b"}, left, {0}),
                                    rows_of({"k", "b", "c"}, right, {0}), {"k"});
      const Schema left_schema = rows_of({"k", "a", "b"}, left)->schema();
      const Schema right_schema = rows_of({"k", "b", "c"}, right)->schema();
      const Rows rows = execution.run(*merge);
      REQUIRE(solutions(merge->schema(), rows) ==
              join(solutions(left_schema, left), solutions(right_schema, right)));
      CHECK(merge->sorted_by() == std::vector<std::size_t>{0});
      CHECK(execution.run(*merge) == rows);
    }
  }
}

TEST_CASE("A merge join searches a group that is sorted by a second shared variable") {
  for (unsigned seed = 1; seed <= 100; ++seed) {
    std::mt19937 random(seed);
    const int keys = 1 + random_below(random, 4), values = 1 + random_below(random, 20);
    Rows left = ids(random_rows(random, 2, 80, values, 0));
    Rows right = ids(random_rows(random, 3, 80, values, 0));
    for (Rows* rows : {&left, &right})
      for (auto& row : *rows)
        row[0] = number(1 + random_below(random, keys));
    const bool is_left_sorted = seed % 2 == 0;
    if (is_left_sorted)
      std::sort(left.begin(), left.end());
    else
      std::stable_sort(left.begin(), left.end(),
                       [](const auto& a, const auto& b) { return a[0] < b[0]; });
    std::sort(right.begin(), right.end());
    for (const std::size_t batch_rows : {1, 3, 1024}) {
      INFO("seed " << seed << " batch " << batch_rows);
      Execution execution(empty_view(), batch_rows);
      const auto merge = merge_join(
          rows_of({"k", "a"}, left,
                  is_left_sorted ? std::vector<std::size_t>{0, 1} : std::vector<std::size_t>{0}),
          rows_of({"k", "a", "b"}, right, {0, 1, 2}), {"k"});
      const Schema left_schema({var("k"), var("a")});
      const Schema right_schema({var("k"), var("a"), var("b")});
      REQUIRE(solutions(merge->schema(), execution.run(*merge)) ==
              join(solutions(left_schema, left), solutions(right_schema, right)));
    }
  }
}

TEST_CASE("A merge join keeps the right rows of one value alone") {
  Rows left, right;
  for (int i = 1; i <= 20000; ++i) {
    left.push_back({number(i)});
    right.push_back({number(i)});
  }
  Execution execution(empty_view(), 64);
  const auto merge = merge_join(rows_of({"k"}, left, {0}), rows_of({"k"}, right, {0}), {"k"});
  CHECK(execution.run(*merge).size() == 20000);
  CHECK(execution.budget.peak() < 8192);
}

}  // namespace tripten::test
