// Limits: every operator that keeps rows asks the budget, every one that runs long the interrupt;
// and every operator starts over when it is opened again.
#include <functional>
#include <stop_token>

#include <catch2/catch.hpp>

#include "unit/query_exec/dataset.h"

namespace tripten::test {
namespace {

constexpr int kRows = 30'000;

Rows many_rows(std::size_t columns) {
  Rows rows;
  for (int i = 1; i <= kRows; ++i)
    rows.emplace_back(columns, number(i));
  return rows;
}

/// A chain n0 → n1 → ..., and a hub with many neighbours.
const Dataset& chain() {
  static Dataset data;
  if (data.quads.empty()) {
    const TermId next = data.iri("next");
    const TermId of = data.iri("of");
    for (int i = 1; i < kRows / 3; ++i) {
      data.add(Quad{{number(i), next, number(i + 1), kDefaultGraph}});
      data.add(Quad{{data.iri("hub"), of, number(i), kDefaultGraph}});
    }
    data.commit();
  }
  return data;
}

TermId known(const char* name) {
  return *chain().view().find(view_of(iri_term(name)));
}

using Factory = std::function<OperatorPtr()>;
const std::vector<std::pair<std::string, Factory>>& keepers() {
  static const std::vector<std::pair<std::string, Factory>> all{
      {"hash join",
       [] {
         return hash_join(rows_of({"a"}, many_rows(1)), rows_of({"a", "b"}, many_rows(2)),
                          JoinKind::Inner, {}, {});
       }},
      {"product",
       [] {
         return hash_join(rows_of({"a"}, many_rows(1)), rows_of({"b"}, many_rows(1)),
                          JoinKind::Minus, {}, {});
       }},
      {"merge join",
       [] {
         Rows rows = many_rows(2);
         for (auto& row : rows)
           row[0] = number(1);
         return merge_join(rows_of({"k", "a"}, Rows(rows.begin(), rows.begin() + 2), {0}),
                           rows_of({"k", "b"}, rows, {0}), {"k"});
       }},
      {"distinct", [] { return distinct_rows(rows_of({"a"}, many_rows(1))); }},
      {"order",
       [] {
         return order_rows(rows_of({"a"}, many_rows(1)), {{expr("a"), true}}, {}, {});
       }},
      {"group",
       [] {
         return group_rows(rows_of({"a"}, many_rows(1)), {{"a"}},
                           {{{"n"}, AggregateKind::Count, false, {}, " "}}, {});
       }},
      {"count distinct",
       [] {
         return group_rows(rows_of({"a"}, many_rows(1)), {},
                           {{{"n"}, AggregateKind::Count, true, {}, " "}}, {});
       }},
      {"index join",
       [] {
         return index_join(
             rows_of({"s"}, Rows(100, {known("hub")})),
             {{Variable{"s"}, {}, {}}, {{}, known("of"), {}}, {Variable{"o"}, {}, {}}, {}}, false);
       }},
      {"path",
       [] {
         const PropertyPath path{PathOneOrMore{PropertyPath{PathAlternative{
             PropertyPath{PathLink{iri_term("of")}}, PropertyPath{PathLink{iri_term("next")}}}}}};
         return path_scan({iri_term("hub"), path, Variable{"x"}, {}});
       }},
  };
  return all;
}

ErrorCode failure(Execution& execution, Operator& root) {
  try {
    root.open(execution.context);
    Batch batch;
    while (root.next(batch)) {
    }
  } catch (const Error& error) {
    return error.code;
  }
  return ErrorCode::Internal;
}

}  // namespace

TEST_CASE("Operators that keep rows end with Limit where memory does not suffice") {
  for (const auto& [name, make] : keepers()) {
    INFO(name);
    Execution execution(chain().view(), 1024, 20'000);
    {
      const auto root = make();
      CHECK(failure(execution, *root) == ErrorCode::Limit);
      CHECK(failure(execution, *root) == ErrorCode::Limit);
    }
    CHECK(execution.budget.used() <= execution.budget.limit());
  }
}

TEST_CASE("Operators give all their memory back when they go") {
  for (const auto& [name, make] : keepers()) {
    INFO(name);
    Execution execution(chain().view());
    const std::size_t before = execution.budget.used();
    {
      const auto root = make();
      root->open(execution.context);
      Batch batch;
      CHECK(root->next(batch));
    }
    // What the terms of the query hold stays.
    CHECK(execution.budget.used() <= before + 100'000);
  }
}

TEST_CASE("Operators end with Cancelled when a stop is requested") {
  for (const auto& [name, make] : keepers()) {
    INFO(name);
    std::stop_source stop;
    Execution execution(chain().view(), 1024, MemoryBudget::kUnlimited,
                        Interrupt(stop.get_token(), std::chrono::milliseconds(0)));
    const auto root = make();
    root->open(execution.context);
    stop.request_stop();
    Batch batch;
    try {
      root->next(batch);
      FAIL("it went on");
    } catch (const Error& error) {
      CHECK(error.code == ErrorCode::Cancelled);
    }
  }
}

TEST_CASE("A product without a result is stopped by the time limit") {
  Execution execution(empty_view(), 1024, MemoryBudget::kUnlimited,
                      Interrupt({}, std::chrono::milliseconds(100)));
  const auto join =
      hash_join(rows_of({"a"}, many_rows(1)), rows_of({"b"}, many_rows(1)), JoinKind::Semi,
                call(Function::SameTerm, {expr("a"), {Term::literal("never")}}), {});
  CHECK(failure(execution, *join) == ErrorCode::Limit);
}

TEST_CASE("Every operator starts over when it is opened in the middle of a run") {
  for (const auto& [name, make] : keepers()) {
    INFO(name);
    Execution execution(chain().view(), 7);
    const auto root = make();
    root->open(execution.context);
    Batch first, again;
    REQUIRE(root->next(first));
    root->next(again);
    root->open(execution.context);
    REQUIRE(root->next(again));
    CHECK(first.columns == again.columns);
  }
}

}  // namespace tripten::test
