// ORDER BY (§15.1).
#include <algorithm>

#include <catch2/catch.hpp>

#include "query/expr/compare.h"
#include "rdf/vocabulary.h"
#include "unit/query_exec/execution.h"

namespace tripten::test {
namespace {

std::vector<Term> terms_of_all_kinds() {
  return {Term::blank("x"),
          Term::iri("http://ex.org/b"),
          Term::iri("http://ex.org/a"),
          Term::iri("http://ex.org/a/long"),
          Term::literal(""),
          Term::literal("text"),
          Term::literal("Text"),
          Term::literal("äöü"),
          Term::tagged("text", "en"),
          Term::tagged("text", "de"),
          Term::integer(-3),
          Term::integer(10),
          Term::integer(9),
          Term::typed("010", "http://www.w3.org/2001/XMLSchema#integer"),
          Term::typed("9.5", "http://www.w3.org/2001/XMLSchema#decimal"),
          Term::number(9.25),
          Term::boolean(true),
          Term::boolean(false),
          Term::typed("2020-01-01", "http://www.w3.org/2001/XMLSchema#date"),
          Term::typed("2019-12-31", "http://www.w3.org/2001/XMLSchema#date"),
          Term::typed("odd", "http://ex.org/datatype")};
}

}  // namespace

TEST_CASE("Rows are ordered as terms are, stably, by each key in its direction") {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    std::mt19937 random(seed);
    for (const std::size_t batch_rows : {1, 2, 1024}) {
      INFO("seed " << seed << " batch " << batch_rows);
      Execution execution(empty_view(), batch_rows);
      std::vector<TermId> pool{kUnbound};
      for (const Term& term : terms_of_all_kinds())
        pool.push_back(execution.terms.intern(view_of(term)));
      Rows rows(static_cast<std::size_t>(random_below(random, 120)));
      int at = 0;
      for (auto& row : rows)
        row = {pool[static_cast<std::size_t>(random_below(random, static_cast<int>(pool.size())))],
               pool[static_cast<std::size_t>(random_below(random, 4))], number(++at)};
      const bool down = random_below(random, 2), down_too = random_below(random, 2);
      const Rows wanted = ordered(rows, {{1, down}, {0, down_too}}, execution.terms);
      const std::vector<OrderCondition> conditions{{expr("b"), down}, {expr("a"), down_too}};
      const auto order = order_rows(rows_of({"a", "b", "c"}, rows), conditions, {}, {});
      REQUIRE(execution.run(*order) == wanted);
      REQUIRE(execution.run(*order) == wanted);
      for (const std::size_t first : {0, 1, 5, 1000}) {
        const auto top = order_rows(rows_of({"a", "b", "c"}, rows), conditions, first, {});
        Rows head = wanted;
        head.resize(std::min(first, head.size()));
        REQUIRE(execution.run(*top) == head);
      }
    }
  }
}

TEST_CASE("The first rows of very many need memory for few") {
  std::mt19937 random(5);
  Rows rows;
  for (int i = 0; i < 100'000; ++i)
    rows.push_back({number(1 + random_below(random, 40'000)), number(i + 1)});
  Execution execution;
  const Rows wanted = ordered(rows, {{0, true}}, execution.terms);
  const auto top = order_rows(rows_of({"a", "b"}, rows), {{expr("a"), true}}, 100, {});
  CHECK(execution.run(*top) == Rows(wanted.begin(), wanted.begin() + 100));
  CHECK(execution.budget.peak() < 2'000'000);
}

TEST_CASE("The first rows of an order are the same by numbers of all kinds, with ties and texts") {
  std::mt19937 random(11);
  Execution execution;
  std::vector<TermId> numbers{kUnbound};
  for (int i = -40; i < 40; ++i)
    for (const Term& term :
         {Term::integer(i), Term::typed(std::to_string(i) + ".25", kXsdDecimal),
          Term::typed(std::to_string(i), kXsdDouble),
          Term::typed(std::to_string(i) + ".0", kXsdDouble),
          Term::typed(std::to_string(i) + ".00000001", kXsdDouble), Term::number(i / 3.0)})
      numbers.push_back(execution.terms.intern(view_of(term)));
  Rows rows;
  const auto chosen = [&](std::size_t count) {
    return numbers[static_cast<std::size_t>(random_below(random, static_cast<int>(count)))];
  };
  for (int i = 0; i < 4000; ++i)
    rows.push_back({chosen(numbers.size()), chosen(3), number(i + 1)});
  for (const bool down : {false, true}) {
    const Rows wanted = ordered(rows, {{0, down}, {1, !down}}, execution.terms);
    for (const std::size_t first : {1, 7, 100, 700, 3999, 4000}) {
      INFO("down " << down << " first " << first);
      const auto top = order_rows(rows_of({"a", "b", "c"}, rows),
                                  {{expr("a"), down}, {expr("b"), !down}}, first, {});
      CHECK(execution.run(*top) ==
            Rows(wanted.begin(), wanted.begin() + static_cast<std::ptrdiff_t>(first)));
    }
  }
}

TEST_CASE("A later key is computed for the rows that those before it leave in question") {
  std::mt19937 random(3);
  Execution execution;
  constexpr int kRows = 20'000;
  Rows rows;
  for (int i = 0; i < kRows; ++i)
    rows.push_back({execution.terms.intern(view_of(Term::iri("urn:" + std::to_string(i)))),
                    number(1 + random_below(random, 5000))});
  const Rows wanted = ordered(rows, {{1, true}, {0, false}}, execution.terms);
  const auto top =
      order_rows(rows_of({"a", "b"}, rows),
                 {{expr("b"), true}, {call(Function::Str, {expr("a")}), false}}, 50, {});
  CHECK(execution.run(*top) == Rows(wanted.begin(), wanted.begin() + 50));
  // Each text computed is one more term of the query, counted by their numbers.
  const TermId last = execution.terms.intern(view_of(Term::literal("one more")));
  CHECK(last.payload() >= kRows + 50);
  CHECK(last.payload() < kRows + 1500);
}

TEST_CASE("A key may be an expression; its errors come first") {
  Execution execution;
  const auto order = order_rows(rows_of({"a", "b"}, Numbers{{5, 1}, {1, 0}, {2, 1}}),
                                {{call(Function::Add, {expr("a"), expr("b")}), false}}, {}, {});
  CHECK(execution.run(*order) == ids({{1, 0}, {2, 1}, {5, 1}}));
}

}  // namespace tripten::test
