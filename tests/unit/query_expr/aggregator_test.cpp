// The aggregates of §18.5.1.
#include "query/expr/aggregator.h"

#include <random>
#include <set>
#include <utility>

#include <catch2/catch.hpp>

#include "query/expr/group_values.h"
#include "unit/query_expr/expression_fixture.h"

namespace tripten {
namespace {

struct Groups : ExpressionFixture {
  std::string result(AggregateKind kind, const std::vector<Term>& values, bool distinct = false,
                     const std::string& separator = " ") {
    Aggregate aggregate{.result = {}, .kind = kind, .distinct = distinct, .separator = separator};
    aggregate.argument = var("x");
    return text_of(result_of(aggregate, values));
  }
  TermId result_of(const Aggregate& aggregate, const std::vector<Term>& values,
                   const std::vector<std::uint64_t>& weights = {}) {
    const auto aggregator = make_aggregator(aggregate, budget);
    aggregator->grow(1, values.size());
    Column ids;
    for (const Term& value : values)
      ids.push_back(terms.intern(view_of(value)));
    aggregator->add({ids, std::vector<std::uint32_t>(ids.size(), 0), weights}, context);
    return aggregator->finish(0, context);
  }
};

const Term kOne = Term::integer(1), kTwo = Term::integer(2);
const Term kHalf = Term::typed("0.5", kXsdDecimal);

TEST_CASE("Empty groups have 0, nothing, or the empty string") {
  Groups g;
  CHECK(g.result(AggregateKind::Count, {}) == "\"0\"^^xsd:integer");
  CHECK(g.result(AggregateKind::Sum, {}) == "\"0\"^^xsd:integer");
  CHECK(g.result(AggregateKind::Avg, {}) == "\"0\"^^xsd:integer");
  CHECK(g.result(AggregateKind::Min, {}) == "error");
  CHECK(g.result(AggregateKind::Max, {}) == "error");
  CHECK(g.result(AggregateKind::Sample, {}) == "error");
  CHECK(g.result(AggregateKind::GroupConcat, {}) == "\"\"");
}

TEST_CASE("Errors of the argument are left out by Count and Sample and fail the others") {
  Groups g;
  const std::vector<Term> values{kOne, Term(), kTwo};
  CHECK(g.result(AggregateKind::Count, values) == "\"2\"^^xsd:integer");
  CHECK(g.result(AggregateKind::Sample, {Term(), kTwo}) == "\"2\"^^xsd:integer");
  CHECK(g.result(AggregateKind::Sum, values) == "error");
  CHECK(g.result(AggregateKind::Avg, values) == "error");
  CHECK(g.result(AggregateKind::Min, values) == "error");
  CHECK(g.result(AggregateKind::Max, values) == "error");
  CHECK(g.result(AggregateKind::GroupConcat, values) == "error");
}

TEST_CASE("Sums and averages promote and stay exact") {
  Groups g;
  CHECK(g.result(AggregateKind::Sum, {kOne, kTwo}) == "\"3\"^^xsd:integer");
  CHECK(g.result(AggregateKind::Sum, {kOne, kHalf, kHalf}) == "\"2.0\"^^xsd:decimal");
  CHECK(g.result(AggregateKind::Sum, {kOne, Term::number(0.5)}) == "\"1.5E0\"^^xsd:double");
  CHECK(g.result(AggregateKind::Avg, {kOne, kTwo}) == "\"1.5\"^^xsd:decimal");
  CHECK(g.result(AggregateKind::Avg, {kOne, kTwo, Term::integer(3)}) == "\"2.0\"^^xsd:decimal");
  CHECK(g.result(AggregateKind::Sum, {kOne, Term::literal("2")}) == "error");
  CHECK(g.result(AggregateKind::Sum, {kOne, Term::typed("x", kXsdInteger)}) == "error");
  const Term large = Term::typed("9223372036854775807", kXsdInteger);
  CHECK(g.result(AggregateKind::Sum, {large, large, kOne}) ==
        "\"18446744073709551615\"^^xsd:integer");
  const Term inline_large = Term::integer((std::int64_t{1} << 59) - 1);
  CHECK(g.result(AggregateKind::Sum, std::vector<Term>(100, inline_large)) ==
        "\"57646075230342348700\"^^xsd:integer");
}

TEST_CASE("Distinct aggregates take each term once") {
  Groups g;
  const std::vector<Term> values{kOne, kTwo, kOne, Term::typed("01", kXsdInteger), kOne};
  CHECK(g.result(AggregateKind::Count, values, true) == "\"3\"^^xsd:integer");
  CHECK(g.result(AggregateKind::Sum, values, true) == "\"4\"^^xsd:integer");
  CHECK(g.result(AggregateKind::GroupConcat, values, true, "|") == "\"1|2|01\"");
}

TEST_CASE("Min and Max use the order of ORDER BY") {
  Groups g;
  const std::vector<Term> values{Term::literal("b"), kTwo, Term::iri("http://a"), kHalf,
                                 Term::literal("a")};
  CHECK(g.result(AggregateKind::Min, values) == "<http://a>");
  CHECK(g.result(AggregateKind::Max, values) == "\"b\"");
  CHECK(g.result(AggregateKind::Min, {kTwo, kHalf, kOne}) == "\"0.5\"^^xsd:decimal");
  CHECK(g.result(AggregateKind::Max, {kTwo, kHalf, kOne}) == "\"2\"^^xsd:integer");
}

TEST_CASE("GroupConcat joins the strings of literals and IRIs") {
  Groups g;
  CHECK(g.result(
            AggregateKind::GroupConcat,
            {Term::literal("a"), Term::integer(1), Term::tagged("c", "en"), Term::iri("http://d")},
            false, ", ") == "\"a, 1, c, http://d\"");
  CHECK(g.result(AggregateKind::GroupConcat, {Term::literal(""), Term::literal("")}, false, "-") ==
        "\"-\"");
  CHECK(g.result(AggregateKind::GroupConcat, {Term::blank("b")}) == "error");
}

TEST_CASE("COUNT(*) counts solutions, and distinct ones by their numbers") {
  ExpressionFixture f;
  const auto count = [&f](bool distinct) {
    const auto aggregator = make_aggregator(
        {.result = {}, .kind = AggregateKind::Count, .distinct = distinct, .argument = {}},
        f.budget);
    aggregator->grow(1, 5);
    Column numbers;
    for (const std::uint64_t number : {0, 1, 1, 2, 0})
      numbers.push_back(TermId(number));
    aggregator->add({numbers, std::vector<std::uint32_t>(numbers.size(), 0)}, f.context);
    return f.text_of(aggregator->finish(0, f.context));
  };
  CHECK(count(false) == "\"5\"^^xsd:integer");
  CHECK(count(true) == "\"3\"^^xsd:integer");
}

TEST_CASE("Groups that grow without end meet the memory limit") {
  DictionaryView view;
  MemoryBudget budget(1'000'000);
  Interrupt interrupt;
  QueryTerms terms(view, budget);
  QueryContext context{.view = view, .terms = terms, .interrupt = interrupt, .budget = budget};
  Aggregate aggregate{.result = {}, .kind = AggregateKind::GroupConcat};
  aggregate.argument = var("x");
  const auto concat = make_aggregator(aggregate, budget);
  concat->grow(1, 1);
  const TermId piece = terms.intern({.kind = TermKind::Literal, .value = std::string(10'000, 'x')});
  const std::uint32_t group = 0;
  CHECK_THROWS_AS(([&] {
                    for (int i = 0; i < 1000; ++i)
                      concat->add({std::span(&piece, 1), std::span(&group, 1)}, context);
                  })(),
                  Error);
  GroupValues values(budget);
  values.grow(1);
  std::vector<std::uint32_t> added;
  CHECK_THROWS_AS(([&] {
                    for (std::uint64_t i = 1; i < 1'000'000; ++i) {
                      const TermId value(i);
                      values.add(std::span(&value, 1), std::span(&group, 1), added);
                    }
                  })(),
                  Error);
}

TEST_CASE("Each group has a value once, and forgetting groups keeps the last one's") {
  MemoryBudget budget;
  GroupValues seen(budget);
  std::vector<std::uint32_t> added;
  std::size_t count = 0;
  seen.grow(3);
  for (int round = 0; round < 2; ++round)
    for (std::uint64_t i = 0; i < 5000; ++i) {
      const Column values{TermId(i * 8), TermId(i * 8), TermId(i * 8)};
      const std::vector<std::uint32_t> groups{0, 2, 2};
      seen.add(values, groups, added);
      count += added.size();
    }
  CHECK(count == 10'000);
  seen.keep_from(2);
  const Column values{TermId(8), TermId(4)};
  seen.add(values, std::vector<std::uint32_t>{0, 0}, added);
  CHECK(added == std::vector<std::uint32_t>{1});
}

TEST_CASE("Values are told apart whether they are neighbours or far from each other") {
  const unsigned seed = 77;
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  MemoryBudget budget;
  GroupValues seen(budget);
  seen.grow(4);
  std::set<std::pair<std::uint64_t, std::uint32_t>> expected;
  std::vector<std::uint32_t> added;
  for (int round = 0; round < 200; ++round) {
    Column values;
    std::vector<std::uint32_t> groups, new_rows;
    for (std::uint32_t row = 0; row < 100; ++row) {
      const bool is_near = random() % 2 == 0;
      values.emplace_back(is_near ? 1'000'000 + random() % 3000 : random());
      groups.push_back(static_cast<std::uint32_t>(random() % 4));
      if (expected.emplace(values.back().bits(), groups.back()).second) new_rows.push_back(row);
    }
    seen.add(values, groups, added);
    CHECK(added == new_rows);
  }
}

TEST_CASE("Neighbours among a group's values share memory") {
  MemoryBudget budget;
  GroupValues seen(budget);
  seen.grow(1);
  Column values;
  for (std::uint64_t i = 0; i < 100'000; ++i)
    values.emplace_back(IdKind::Iri, i);
  std::vector<std::uint32_t> added;
  const std::vector<std::uint32_t> groups(1000);
  for (std::size_t begin = 0; begin < values.size(); begin += groups.size()) {
    seen.add(std::span(values).subspan(begin, groups.size()), groups, added);
    CHECK(added.size() == groups.size());
  }
  CHECK(budget.used() < 400'000);
}

TEST_CASE("A row may stand for several solutions") {
  Groups g;
  const auto weighed = [&](AggregateKind kind, const std::vector<Term>& values, bool distinct) {
    Aggregate aggregate{.result = {}, .kind = kind, .distinct = distinct};
    aggregate.argument = var("x");
    CHECK(takes_weights(aggregate));
    return g.text_of(g.result_of(aggregate, values, {3, 2, 1}));
  };
  const std::vector<Term> values{kOne, kHalf, kTwo};
  CHECK(weighed(AggregateKind::Count, values, false) == "\"6\"^^xsd:integer");
  CHECK(weighed(AggregateKind::Count, values, true) == "\"3\"^^xsd:integer");
  CHECK(weighed(AggregateKind::Sum, values, false) == "\"6.0\"^^xsd:decimal");
  CHECK(weighed(AggregateKind::Avg, values, false) == "\"1.0\"^^xsd:decimal");
  CHECK(weighed(AggregateKind::Sum, values, true) == "\"3.5\"^^xsd:decimal");
  CHECK(weighed(AggregateKind::Max, values, false) == "\"2\"^^xsd:integer");
  const Term large = Term::typed("9223372036854775807", kXsdInteger);
  CHECK(weighed(AggregateKind::Sum, {large, kOne, kOne}, false) ==
        "\"27670116110564327424\"^^xsd:integer");
  CHECK_FALSE(takes_weights({.result = {}, .kind = AggregateKind::GroupConcat}));
}

TEST_CASE("A count that passes 64 bits is a limit") {
  Groups g;
  Aggregate aggregate{.result = {}, .kind = AggregateKind::Count};
  aggregate.argument = var("x");
  const std::uint64_t half = std::uint64_t{1} << 62;
  CHECK_THROWS_AS(g.result_of(aggregate, {kOne, kTwo}, {half, half}), Error);
}

}  // namespace
}  // namespace tripten
