// ORDER BY of more rows than memory has room for: the same answer, by way of the disk.
#include <algorithm>
#include <filesystem>

#include <catch2/catch.hpp>

#include "query/expr/compare.h"
#include "unit/query_exec/execution.h"

namespace tripten::test {
namespace {

SpillSpace test_space() {
  return SpillSpace({std::filesystem::temp_directory_path()});
}

/// Terms of the classes of §15.1, many of them equal by value and different as terms.
std::vector<TermId> mixed_terms(Execution& execution) {
  std::vector<TermId> pool{kUnbound};
  for (int i = 0; i < 60; ++i) {
    const std::string text = std::to_string(i % 40);
    for (const Term& term :
         {Term::iri("http://ex.org/" + text), Term::literal(text), Term::tagged(text, "en"),
          Term::integer(i), Term::number(i + 0.5), Term::blank(text),
          Term::typed("0" + text, "http://www.w3.org/2001/XMLSchema#integer")})
      pool.push_back(execution.terms.intern(view_of(term)));
  }
  return pool;
}

}  // namespace

TEST_CASE("An order that does not fit into memory is the same, stable and in each direction") {
  for (unsigned seed = 1; seed <= 4; ++seed) {
    INFO("seed " << seed);
    std::mt19937 random(seed);
    SpillSpace space = test_space();
    Execution execution(empty_view(), 1000, 1'200'000);
    execution.context.spill = &space;
    const std::vector<TermId> pool = mixed_terms(execution);
    Rows rows(30'000);
    int count = 0;
    for (auto& row : rows)
      row = {pool[random() % pool.size()], pool[random() % pool.size()], number(++count)};
    const bool first_down = seed % 2 == 0, second_down = seed % 4 < 2;
    const Rows expected = ordered(rows, {{0, first_down}, {1, second_down}}, execution.terms);
    const auto order = order_rows(rows_of({"a", "b", "n"}, rows),
                                  {{expr("a"), first_down}, {expr("b"), second_down}}, {}, {});
    CHECK(execution.run(*order) == expected);
    CHECK(execution.run(*order) == expected);  // opened again
    CHECK(space.written() > 0);
    CHECK(execution.budget.peak() <= execution.budget.limit());
  }
}

TEST_CASE("Runs beyond those that can be read side by side are merged in groups") {
  std::mt19937 random(9);
  SpillSpace space = test_space();
  Execution execution(empty_view(), 1000, 400'000);
  execution.context.spill = &space;
  Rows rows(40'000);
  for (auto& row : rows)
    row = {number(1 + random_below(random, 5000)), number(1 + random_below(random, 1000))};
  const auto order = order_rows(rows_of({"a", "b"}, rows), {{expr("a"), false}}, {}, {});
  CHECK(execution.run(*order) == ordered(rows, {{0, false}}, execution.terms));
  CHECK(space.written() > 2 * 40'000 * 4);  // each row more than once
}

TEST_CASE("The first rows of an order are the same where even they don't fit into memory") {
  std::mt19937 random(10);
  SpillSpace space = test_space();
  Execution execution(empty_view(), 1000, 1'000'000);
  execution.context.spill = &space;
  Rows rows(40'000);
  for (auto& row : rows)
    row = {number(1 + random_below(random, 20'000)), number(1 + random_below(random, 1000))};
  const Rows all = ordered(rows, {{0, true}}, execution.terms);
  for (const std::size_t first : {0U, 1U, 1000U, 12'345U, 39'999U, 50'000U}) {
    INFO("the first " << first);
    const auto order = order_rows(rows_of({"a", "b"}, rows), {{expr("a"), true}}, first, {});
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(first, all.size()));
    CHECK(execution.run(*order) == Rows(all.begin(), end));
  }
  CHECK(space.written() > 0);
}

TEST_CASE("Texts that can't be ranked together in memory are ranked in parts") {
  SpillSpace space = test_space();
  Execution execution(empty_view(), 100, 9'000'000);
  execution.context.spill = &space;
  Rows rows;
  for (int i = 0; i < 2000; ++i) {
    const Term text = Term::literal(std::to_string(i * 7919 % 2000) + std::string(2500, 'x'));
    rows.push_back({execution.terms.intern(view_of(text)), number(i + 1)});
  }
  const auto order = order_rows(rows_of({"t", "n"}, rows), {{expr("t"), false}}, {}, {});
  CHECK(execution.run(*order) == ordered(rows, {{0, false}}, execution.terms));
  CHECK(space.written() > 0);
}

TEST_CASE("A sort that passes the disk limit ends with Limit, and its files are gone") {
  SpillSpace space({std::filesystem::temp_directory_path()}, 20'000);
  Execution execution(empty_view(), 1000, 400'000);
  execution.context.spill = &space;
  Rows rows;
  for (int i = 0; i < 40'000; ++i)
    rows.push_back({number(i * 7919 % 40'000 + 1)});
  {
    const auto order = order_rows(rows_of({"a"}, rows), {{expr("a"), false}}, {}, {});
    order->open(execution.context);
    Batch batch;
    try {
      order->next(batch);
      FAIL("nothing was thrown");
    } catch (const Error& error) {
      CHECK(error.code == ErrorCode::Limit);
    }
  }
  CHECK(space.used() == 0);
}

}  // namespace tripten::test
