// Multiway joins against the definition of Join (SPARQL 1.1 §18.5).
#include <algorithm>
#include <numeric>

#include <catch2/catch.hpp>

#include "tripten/error.h"

#include "unit/query_exec/execution.h"

namespace tripten::test {
namespace {

/// A part of the join and the rows it has.
struct Given {
  std::vector<std::string> variables;
  Rows rows;
};

OperatorPtr operator_of(const Given& given, bool sorted) {
  Rows rows = given.rows;
  std::vector<std::size_t> order;
  if (sorted) {
    std::sort(rows.begin(), rows.end());
    order.resize(given.variables.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
  }
  return rows_of(given.variables, rows, order);
}

Rows random_pairs(std::mt19937& random, std::size_t columns, int most, int values) {
  return ids(random_rows(random, columns, most, values, 0));
}

void compare(const std::vector<Given>& given, const std::vector<std::string>& order, bool sorted,
             std::size_t batch_rows) {
  std::vector<OperatorPtr> inputs;
  std::vector<MultiwayPart> parts;
  Solutions wanted{{}};
  for (const Given& one : given) {
    MultiwayPart part{inputs.size(), {}};
    for (const std::string& name : one.variables)
      part.variables.push_back(var(name));
    wanted = join(wanted, solutions(Schema(part.variables), one.rows));
    inputs.push_back(operator_of(one, sorted));
    parts.push_back(std::move(part));
  }
  std::vector<Variable> variables;
  for (const std::string& name : order)
    variables.push_back(var(name));
  Execution execution(empty_view(), batch_rows);
  const auto join = multiway_join(std::move(inputs), parts, variables);
  const Rows rows = execution.run(*join);
  const Solutions found = solutions(join->schema(), rows);
  REQUIRE(found.size() == wanted.size());
  REQUIRE((found == wanted));
  CHECK(execution.run(*join) == rows);
}

}  // namespace

TEST_CASE("Multiway joins of random rows give what the definition gives") {
  const std::vector<std::vector<std::vector<std::string>>> shapes{
      {{"a", "b"}, {"b", "c"}, {"a", "c"}},
      {{"a", "b"}, {"b", "c"}, {"c", "d"}, {"d", "a"}},
      {{"a", "b", "c"}, {"c", "b"}, {"a"}, {"c"}},
      {{"a", "b"}, {"a", "c"}, {"a", "d"}, {"b", "c"}, {"b", "d"}, {"c", "d"}},
      {{"a"}},
      {{"a", "b"}, {"c"}}};
  for (unsigned seed = 1; seed <= 60; ++seed) {
    std::mt19937 random(seed);
    for (const auto& shape : shapes) {
      const int values = 3 + random_below(random, 12);
      const int most = 8 + 60 / static_cast<int>(shape.size());
      std::vector<Given> given;
      std::vector<std::string> order;
      for (const auto& variables : shape) {
        given.push_back({variables, random_pairs(random, variables.size(), most, values)});
        for (const std::string& name : variables)
          if (std::find(order.begin(), order.end(), name) == order.end()) order.push_back(name);
      }
      std::shuffle(order.begin(), order.end(), random);
      const std::size_t batch_rows = std::vector<std::size_t>{1, 2, 7, 1024}[seed % 4];
      INFO("seed " << seed << " batch " << batch_rows);
      compare(given, order, false, batch_rows);
      std::sort(order.begin(), order.end());
      compare(given, order, true, batch_rows);
    }
  }
}

TEST_CASE("A multiway join finds values far apart from each other") {
  Rows edges;
  for (int i = 1; i <= 50; ++i)
    edges.push_back({number(i * 1000), number((i * 7 % 50 + 1) * 1000)});
  const std::vector<Given> given{{{"a", "b"}, edges}, {{"b", "c"}, edges}, {{"c", "a"}, edges}};
  for (const bool sorted : {false, true})
    compare(given, {"b", "a", "c"}, sorted, 16);
}

TEST_CASE("Parts of a multiway join share an input") {
  const Rows edges = ids({{1, 2}, {1, 3}, {2, 3}, {2, 4}, {3, 4}});
  std::vector<OperatorPtr> inputs;
  inputs.push_back(rows_of({"x", "y"}, edges, {0, 1}));
  const auto join = multiway_join(
      std::move(inputs),
      {{0, {var("a"), var("b")}}, {0, {var("b"), var("c")}}, {0, {var("a"), var("c")}}},
      {var("a"), var("b"), var("c")});
  Execution execution;
  CHECK(execution.run(*join) == ids({{1, 2, 3}, {2, 3, 4}}));
}

TEST_CASE("A multiway join keeps within the memory budget") {
  Rows edges;
  for (int i = 1; i <= 20000; ++i)
    edges.push_back({number(i), number(i + 1)});
  const auto build = [&] {
    std::vector<OperatorPtr> inputs;
    inputs.push_back(rows_of({"x", "y"}, edges, {0, 1}));
    return multiway_join(std::move(inputs), {{0, {var("a"), var("b")}}, {0, {var("b"), var("c")}}},
                         {var("a"), var("b"), var("c")});
  };
  Execution small(empty_view(), 64, 200'000);
  const auto join = build();
  CHECK_THROWS_AS(small.run(*join), Error);
  Execution large(empty_view(), 64, 2'000'000);
  CHECK(large.run(*join).size() == 19999);
  CHECK(large.budget.peak() >= 20000 * 2 * sizeof(TermId));
}

TEST_CASE("A multiway join stops when asked") {
  Rows edges;
  for (int i = 1; i <= 300; ++i)
    for (int j = 1; j <= 30; ++j)
      edges.push_back({number(i), number(j)});
  std::stop_source stop;
  Execution execution(empty_view(), 64, MemoryBudget::kUnlimited,
                      Interrupt(stop.get_token(), std::chrono::milliseconds{0}));
  std::vector<OperatorPtr> inputs;
  inputs.push_back(rows_of({"x", "y"}, edges, {0, 1}));
  const auto join = multiway_join(
      std::move(inputs),
      {{0, {var("a"), var("b")}}, {0, {var("b"), var("c")}}, {0, {var("a"), var("c")}}},
      {var("a"), var("b"), var("c")});
  join->open(execution.context);
  Batch batch;
  CHECK(join->next(batch));
  stop.request_stop();
  CHECK_THROWS_AS(join->next(batch), Error);
}

}  // namespace tripten::test
