// Hash joins against the definitions of SPARQL 1.1 §18.5, read word by word.
#include <algorithm>

#include <catch2/catch.hpp>

#include "unit/query_exec/execution.h"

namespace tripten::test {
namespace {

using Condition = std::optional<Expression>;

/// `?x = ?y` over numbers: an error, so not true, where one is unbound.
bool passes(const std::optional<std::pair<std::string, std::string>>& equal, const Solution& row) {
  if (!equal) return true;
  const auto a = row.find(equal->first);
  const auto b = row.find(equal->second);
  return a != row.end() && b != row.end() && a->second == b->second;
}

bool disjoint(const Solution& a, const Solution& b) {
  return std::none_of(a.begin(), a.end(),
                      [&](const auto& binding) { return b.count(binding.first) > 0; });
}

/// Join, LeftJoin, Minus of §18.5, and the rows of left that have (Semi) or have not (Anti) a
/// compatible row.
Solutions expected(JoinKind kind, const Solutions& left, const Solutions& right,
                   const std::optional<std::pair<std::string, std::string>>& equal) {
  Solutions found;
  for (const Solution& a : left) {
    bool matched = false;
    for (const Solution& b : right) {
      if (!compatible(a, b) || !passes(equal, merged(a, b))) continue;
      if (kind == JoinKind::Minus && disjoint(a, b)) continue;
      matched = true;
      if (kind == JoinKind::Inner || kind == JoinKind::Left) found.push_back(merged(a, b));
    }
    if (kind == JoinKind::Semi ? matched : kind != JoinKind::Inner && !matched) found.push_back(a);
  }
  return sorted(found);
}

std::vector<std::string> some_variables(std::mt19937& random) {
  std::vector<std::string> names;
  for (const char* name : {"a", "b", "c", "d"})
    if (random_below(random, 2)) names.push_back(name);
  return names;
}

constexpr JoinKind kKinds[] = {JoinKind::Inner, JoinKind::Left, JoinKind::Semi, JoinKind::Anti,
                               JoinKind::Minus};

}  // namespace

TEST_CASE("Hash joins of random rows give what the definitions give") {
  for (unsigned seed = 1; seed <= 150; ++seed) {
    std::mt19937 random(seed);
    const auto left_names = some_variables(random);
    const auto right_names = some_variables(random);
    const int unbound = random_below(random, 3) * 20;
    const Numbers left = random_rows(random, left_names.size(), 20, 3, unbound);
    const Numbers right = random_rows(random, right_names.size(), 20, 3, unbound);
    std::optional<std::pair<std::string, std::string>> equal;
    Condition condition;
    if (random_below(random, 2)) {
      equal = {"a", "d"};
      condition = call(Function::Equal, {expr("a"), expr("d")});
    }
    for (const JoinKind kind : kKinds) {
      for (const bool build_left : {false, true}) {
        for (const std::size_t batch_rows : {1, 2, 1024}) {
          INFO("seed " << seed << " kind " << static_cast<int>(kind) << " build left " << build_left
                       << " batch " << batch_rows);
          Execution execution(empty_view(), batch_rows);
          const auto join = hash_join(rows_of(left_names, left), rows_of(right_names, right), kind,
                                      condition, {}, build_left);
          const Rows rows = execution.run(*join);
          const Schema left_schema = rows_of(left_names, left)->schema();
          const Schema right_schema = rows_of(right_names, right)->schema();
          REQUIRE(solutions(join->schema(), rows) ==
                  expected(kind, solutions(left_schema, ids(left)),
                           solutions(right_schema, ids(right)), equal));
          CHECK(execution.run(*join) == rows);
        }
      }
    }
  }
}

// By what their tables are: an array or slots, chains or runs.
TEST_CASE("Hash joins give the same however ids and rows of the table lie") {
  std::mt19937 random(5);
  const auto rows_with = [&](std::uint64_t step, std::size_t most) {
    Rows rows;
    for (std::size_t i = 0; i < most; ++i)
      rows.push_back(
          {TermId(IdKind::Iri, (1 + random() % 40) * step), number(static_cast<int>(i))});
    return rows;
  };
  for (const std::uint64_t step : {std::uint64_t{1}, std::uint64_t{1} << 30})
    for (const bool in_order : {false, true}) {
      const Rows left = rows_with(step, 300);
      Rows right = rows_with(step, 200);
      if (in_order) std::sort(right.begin(), right.end());
      for (const JoinKind kind : kKinds)
        for (const std::size_t batch_rows : {1, 7, 1024}) {
          INFO("step " << step << " kind " << static_cast<int>(kind) << " batch " << batch_rows);
          Execution execution(empty_view(), batch_rows);
          const auto join =
              hash_join(rows_of({"a", "b"}, left), rows_of({"a", "c"}, right), kind, {}, {});
          const Schema left_schema({{"a"}, {"b"}}), right_schema({{"a"}, {"c"}});
          CHECK(solutions(join->schema(), execution.run(*join)) ==
                expected(kind, solutions(left_schema, left), solutions(right_schema, right), {}));
        }
    }
}

TEST_CASE("Hash joins keep the order of the probing side") {
  std::mt19937 random(7);
  Rows left = ids(random_rows(random, 2, 200, 9, 0));
  std::sort(left.begin(), left.end());
  const Numbers right = random_rows(random, 2, 200, 9, 10);
  for (const JoinKind kind : kKinds) {
    Execution execution(empty_view(), 16);
    const auto join =
        hash_join(rows_of({"a", "b"}, left, {0, 1}), rows_of({"a", "c"}, right), kind, {}, {});
    CHECK(join->sorted_by() == std::vector<std::size_t>{0, 1});
    execution.run(*join);  // checks the order
  }
}

TEST_CASE("A hash join on a column that may be unbound promises no order by it") {
  const auto join = hash_join(rows_of({"a"}, ids({{0}, {5}}), {0}), rows_of({"a"}, ids({{7}, {3}})),
                              JoinKind::Inner, {}, {});
  CHECK(join->sorted_by().empty());
  Execution execution;
  CHECK(solutions(join->schema(), execution.run(*join)) ==
        Solutions{{{"a", number(3)}}, {{"a", number(7)}}});
}

TEST_CASE("OPTIONAL keeps a row once when every match fails the condition") {
  const auto join = hash_join(rows_of({"a"}, Numbers{{1}, {2}}),
                              rows_of({"a", "d"}, Numbers{{1, 2}, {1, 3}, {1, 0}, {2, 2}}),
                              JoinKind::Left, call(Function::Equal, {expr("a"), expr("d")}), {});
  Execution execution;
  CHECK(execution.run(*join) == ids({{1, 0}, {2, 2}}));
}

TEST_CASE("MINUS removes nothing where no bound variable is shared") {
  const auto join =
      hash_join(rows_of({"a", "b"}, Numbers{{1, 0}, {1, 2}, {0, 0}}),
                rows_of({"b", "c"}, Numbers{{2, 5}, {0, 5}}), JoinKind::Minus, {}, {});
  Execution execution;
  CHECK(execution.run(*join) == ids({{1, 0}, {0, 0}}));
}

TEST_CASE("A hash join of rows that bind many different variables stays exact") {
  // Forty shared variables, each unbound at random: more kinds of rows than indexes are made for.
  std::mt19937 random(3);
  std::vector<std::string> names;
  for (int i = 0; i < 40; ++i)
    names.push_back("v" + std::to_string(i));
  const auto sparse = [&] {
    Numbers rows(120, std::vector<int>(names.size()));
    for (auto& row : rows)
      for (int i = 0; i < 4; ++i)
        row[static_cast<std::size_t>(random_below(random, 40))] = 1 + random_below(random, 2);
    return rows;
  };
  const Numbers left = sparse(), right = sparse();
  for (const JoinKind kind : kKinds) {
    Execution execution(empty_view(), 64);
    const auto join = hash_join(rows_of(names, left), rows_of(names, right), kind, {}, {});
    const Schema& schema = join->schema();
    CHECK(solutions(schema, execution.run(*join)) ==
          expected(kind, solutions(schema, ids(left)), solutions(schema, ids(right)), {}));
  }
}

TEST_CASE("A hash join looks through the table when indexes would become too many") {
  // Every probing row leaves other variables unbound: 2^8 ways to look up one table.
  std::mt19937 random(5);
  const std::vector<std::string> names{"a", "b", "c", "d", "e", "f", "g", "h"};
  const Numbers left = random_rows(random, 8, 400, 2, 50);
  const Numbers right = random_rows(random, 8, 400, 2, 0);
  for (const JoinKind kind : kKinds) {
    Execution execution(empty_view(), 64);
    const auto join = hash_join(rows_of(names, left), rows_of(names, right), kind, {}, {});
    const Schema& schema = join->schema();
    CHECK(solutions(schema, execution.run(*join)) ==
          expected(kind, solutions(schema, ids(left)), solutions(schema, ids(right)), {}));
  }
}

TEST_CASE("A hash join compares more shared variables than a table has keys") {
  std::mt19937 random(4);
  std::vector<std::string> names;
  for (int i = 0; i < 70; ++i)
    names.push_back("v" + std::to_string(i));
  const auto rows_with_last = [&](int fixed) {
    Numbers rows;
    for (int i = 0; i < 30; ++i) {
      std::vector<int> row(names.size(), fixed);
      row[69] = random_below(random, 3);
      row[68] = random_below(random, 3);
      rows.push_back(row);
    }
    return rows;
  };
  for (const int fixed : {0, 1}) {
    const Numbers left = rows_with_last(fixed), right = rows_with_last(fixed);
    for (const JoinKind kind : kKinds) {
      Execution execution;
      const auto join = hash_join(rows_of(names, left), rows_of(names, right), kind, {}, {});
      const Schema& schema = join->schema();
      CHECK(solutions(schema, execution.run(*join)) ==
            expected(kind, solutions(schema, ids(left)), solutions(schema, ids(right)), {}));
    }
  }
}

}  // namespace tripten::test
