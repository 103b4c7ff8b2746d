// The operators that look at one row or one input at a time.
#include <algorithm>

#include <catch2/catch.hpp>

#include "unit/query_exec/execution.h"

namespace tripten::test {
namespace {

constexpr std::size_t kBatchRows[] = {1, 2, 1024};

Numbers counted(int rows) {
  Numbers found;
  for (int i = 1; i <= rows; ++i)
    found.push_back({i});
  return found;
}

}  // namespace

TEST_CASE("One solution has no columns; no solutions has columns and no rows") {
  Execution execution;
  CHECK(execution.run(*one_solution()) == Rows{{}});
  const auto none = no_solutions({{"a"}, {"b"}});
  CHECK(none->schema().size() == 2);
  CHECK(execution.run(*none).empty());
}

TEST_CASE("Values gives its rows, UNDEF unbound, terms unknown to the database too") {
  Execution execution(empty_view(), 2);
  const Values values{{{"a"}, {"b"}},
                      {{Term::integer(1), Term()},
                       {Term::iri("http://ex.org/new"), Term::integer(2)},
                       {Term::iri("http://ex.org/new"), Term::integer(2)}}};
  const auto rows = values_rows(values, execution.terms);
  const Rows found = execution.run(*rows);
  REQUIRE(found.size() == 3);
  CHECK(found[0] == std::vector<TermId>{number(1), kUnbound});
  CHECK(execution.terms.term(found[1][0]) == Term::iri("http://ex.org/new"));
  CHECK(found[1] == found[2]);
  CHECK_FALSE(rows->always_bound(1));
  CHECK(rows->always_bound(0));
}

TEST_CASE("Values without variables has as many rows as were written") {
  Execution execution(empty_view(), 2);
  CHECK(execution.run(*values_rows({{}, {{}, {}, {}}}, execution.terms)).size() == 3);
}

TEST_CASE("Project orders, repeats and drops columns, and keeps order as far as it can") {
  for (const std::size_t batch_rows : kBatchRows) {
    Execution execution(empty_view(), batch_rows);
    const auto input = [] { return rows_of({"a", "b", "c"}, ids({{1, 2, 0}, {1, 3, 4}}), {0, 1}); };
    const auto project = project_columns(input(), {{"c"}, {"a"}, {"nothing"}, {"a"}});
    CHECK(execution.run(*project) == ids({{0, 1, 0, 1}, {4, 1, 0, 1}}));
    CHECK(project->sorted_by() == std::vector<std::size_t>{1});
    CHECK(project_columns(input(), {{"b"}})->sorted_by().empty());
    CHECK(execution.run(*project_columns(input(), {})).size() == 2);
  }
}

TEST_CASE("UnionAll gives the rows of all inputs, absent columns unbound") {
  for (const std::size_t batch_rows : kBatchRows) {
    Execution execution(empty_view(), batch_rows);
    std::vector<OperatorPtr> inputs;
    inputs.push_back(rows_of({"a", "b"}, Numbers{{1, 2}, {1, 2}}));
    inputs.push_back(rows_of({"a"}, Numbers{}));
    inputs.push_back(rows_of({"c", "a"}, Numbers{{3, 1}, {4, 0}}));
    const auto all = union_all(std::move(inputs));
    CHECK(execution.run(*all) == ids({{1, 2, 0}, {1, 2, 0}, {1, 0, 3}, {0, 0, 4}}));
    CHECK(execution.run(*all).size() == 4);
  }
}

TEST_CASE("Distinct gives each row once, the first time it comes") {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    for (const std::size_t batch_rows : kBatchRows) {
      INFO("seed " << seed << " batch " << batch_rows);
      std::mt19937 random(seed);
      Execution execution(empty_view(), batch_rows);
      Rows rows = ids(random_rows(random, 2, 60, 3, 30));
      Rows wanted;
      for (const auto& row : rows)
        if (std::find(wanted.begin(), wanted.end(), row) == wanted.end()) wanted.push_back(row);
      const auto distinct = distinct_rows(rows_of({"a", "b"}, rows));
      REQUIRE(execution.run(*distinct) == wanted);
      REQUIRE(execution.run(*distinct) == wanted);

      std::sort(rows.begin(), rows.end());
      std::sort(wanted.begin(), wanted.end());
      REQUIRE(execution.run(*distinct_rows(rows_of({"a", "b"}, rows, {0, 1}))) == wanted);
      // Sorted by one of two columns: equal rows need not be neighbours.
      std::stable_sort(rows.begin(), rows.end(),
                       [](const auto& a, const auto& b) { return a[1] < b[1]; });
      REQUIRE(execution.run(*distinct_rows(rows_of({"a", "b"}, rows, {1}))).size() ==
              wanted.size());
    }
  }
}

TEST_CASE("Distinct rows of no columns are one row") {
  Execution execution;
  CHECK(execution.run(*distinct_rows(rows_of({}, Numbers{{}, {}, {}}))).size() == 1);
  CHECK(execution.run(*distinct_rows(rows_of({}, Numbers{}))).empty());
}

TEST_CASE("Distinct keeps nothing of an input that is sorted by all columns") {
  Execution execution;
  CHECK(execution.run(*distinct_rows(rows_of({"a"}, ids(counted(50'000)), {0}))).size() == 50'000);
  CHECK(execution.budget.peak() == 0);
}

TEST_CASE("Slice skips and stops exactly") {
  for (const std::size_t batch_rows : kBatchRows) {
    Execution execution(empty_view(), batch_rows);
    const auto slice = [&](std::uint64_t offset, std::optional<std::uint64_t> limit) {
      const auto node = slice_rows(rows_of({"a"}, counted(10)), offset, limit);
      const Rows rows = execution.run(*node);
      CHECK(execution.run(*node) == rows);
      return rows;
    };
    CHECK(slice(0, {}).size() == 10);
    CHECK(slice(3, 4) == ids({{4}, {5}, {6}, {7}}));
    CHECK(slice(8, 4) == ids({{9}, {10}}));
    CHECK(slice(10, 4).empty());
    CHECK(slice(~std::uint64_t{0}, ~std::uint64_t{0}).empty());
    CHECK(slice(0, 0).empty());
  }
}

TEST_CASE("Filter keeps rows whose condition is true, not those with an error") {
  for (const std::size_t batch_rows : kBatchRows) {
    Execution execution(empty_view(), batch_rows);
    const auto filter =
        filter_rows(rows_of({"a", "b"}, Numbers{{1, 1}, {1, 2}, {0, 1}, {2, 2}, {2, 2}}),
                    call(Function::Equal, {expr("a"), expr("b")}), {});
    CHECK(execution.run(*filter) == ids({{1, 1}, {2, 2}, {2, 2}}));
    CHECK(execution.run(*filter).size() == 3);
  }
}

TEST_CASE("Extend adds a column, unbound where the expression has an error") {
  for (const std::size_t batch_rows : kBatchRows) {
    Execution execution(empty_view(), batch_rows);
    const Expression sum = call(Function::Add, {expr("a"), expr("b")});
    const auto extend = extend_rows(rows_of({"a", "b"}, Numbers{{1, 2}, {0, 2}}), {"c"}, sum, {});
    CHECK(execution.run(*extend) == ids({{1, 2, 3}, {0, 2, 0}}));
    const auto keep =
        extend_rows(rows_of({"a", "b", "c"}, Numbers{{1, 2, 9}, {1, 2, 0}}), {"c"}, sum, {});
    CHECK(execution.run(*keep) == ids({{1, 2, 9}, {1, 2, 3}}));
  }
}

}  // namespace tripten::test
