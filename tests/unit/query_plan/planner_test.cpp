// What the planner chooses, as explain says it, and that order and form of the text don't matter.
#include "query/plan/planner.h"

#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

#include "query/algebra/print.h"
#include "query/optimize/chains.h"
#include "query/optimize/optimize.h"
#include "unit/query_plan/random_patterns.h"

using namespace tripten;
using namespace tripten::test;
using Catch::Matchers::Contains;

namespace {

/// `count` people who know the next three, have a name and one of ten towns; ten towns in one
/// country. Person 0 alone is an admin.
void add_people(TermStore& store, int count) {
  const auto person = [&](int i) { return "person" + std::to_string(i % count); };
  for (int i = 0; i < count; ++i) {
    for (int step = 1; step <= 3; ++step)
      store.add(person(i) + " knows " + person(i + step));
    store.add(person(i) + " name \"name" + std::to_string(i) + "\"");
    store.add(person(i) + " town town" + std::to_string(i % 10));
  }
  for (int i = 0; i < 10; ++i)
    store.add("town" + std::to_string(i) + " in country");
  store.add("person0 role admin");
}

/// People who know that many others each, here and there.
void add_friends(TermStore& store, int count, int friends) {
  add_people(store, count);
  for (int i = 0; i < count; ++i)
    for (int j = 1; j <= friends; ++j)
      store.add("person" + std::to_string(i) + " knows person" +
                std::to_string((i * 7 + j * j * 11) % count));
}

double cost_of(const GraphPattern& pattern, const StoreView& view) {
  MemoryBudget budget;
  QueryTerms terms(view, budget);
  PlanEnvironment environment({}, view, terms);
  return Planner(environment)
      .plan(optimize(balance_chains(pattern)), {environment.dataset.default_graph, nullptr})
      .cost;
}

GraphPattern optional(GraphPattern left, GraphPattern right) {
  return {LeftJoin{std::move(left), std::move(right), std::nullopt}};
}

/// The place of a text in another, for saying what comes first.
std::size_t place_of(const std::string& text, const std::string& part) {
  const std::size_t at = text.find(part);
  REQUIRE(at != std::string::npos);
  return at;
}

}  // namespace

TEST_CASE("A pattern with few matches leads, whatever the text says first") {
  TermStore store;
  add_people(store, 2000);
  const std::string plan = plan_of(bgp("?x knows ?y . ?y name ?n . ?x role admin"), store.view());
  INFO(plan);
  CHECK_THAT(plan, Contains("IndexJoin"));
  // Inputs are printed below what they are joined by: the first to run comes last.
  CHECK(place_of(plan, "role") > place_of(plan, "knows"));
  CHECK(place_of(plan, "knows") > place_of(plan, "name"));
  CHECK_THAT(plan, !Contains("HashJoin"));
}

TEST_CASE("Large patterns with a common variable are merged in the order of the index") {
  TermStore store;
  add_people(store, 2000);
  CHECK_THAT(plan_of(bgp("?x name ?n . ?x town ?t"), store.view()), Contains("MergeJoin"));
}

TEST_CASE("All orders of a pattern's triples cost the same and have the same answer") {
  TermStore store;
  add_people(store, 30);
  Bgp node = std::get<Bgp>(
      bgp("?x knows ?y . ?y knows ?z . ?x town ?t . ?z town ?t . ?t in country").node);
  std::vector<int> order{0, 1, 2, 3, 4};
  const double cost = cost_of({node}, store.view());
  const std::string expected = to_string(answer(GraphPattern{node}, store.view()));
  const std::string plan = plan_of({node}, store.view());
  CHECK(expected == to_string(naive_answer({node}, store.quads())));
  while (std::next_permutation(order.begin(), order.end())) {
    Bgp permuted;
    for (const int i : order)
      permuted.patterns.push_back(node.patterns[static_cast<std::size_t>(i)]);
    CHECK(cost_of({permuted}, store.view()) == cost);
    CHECK(plan_of({permuted}, store.view()) == plan);
  }
  CHECK(to_string(answer(GraphPattern{node}, store.view())) == expected);
}

TEST_CASE("The cycles of a pattern are joined at once, in any order of the text") {
  TermStore store;
  add_friends(store, 400, 20);
  for (const char* text :
       {"?x knows ?y . ?y knows ?z . ?x knows ?z",
        "?w knows ?x . ?w knows ?y . ?w knows ?z . ?x knows ?y . ?x knows ?z . ?y knows ?z",
        "?x knows ?y . ?x town ?t . ?y town ?t", "?x ?p ?y . ?y knows ?z . ?x ?p ?z"}) {
    Bgp node = std::get<Bgp>(bgp(text).node);
    const std::string plan = plan_of({node}, store.view());
    const std::string expected =
        to_string(answer(GraphPattern{node}, store.view(), {.optimise = false}));
    CHECK_THAT(plan, Contains("MultiwayJoin"));
    std::mt19937 random(7);
    for (int i = 0; i < 5; ++i) {
      CHECK(plan_of({node}, store.view()) == plan);
      CHECK(to_string(answer(GraphPattern{node}, store.view())) == expected);
      std::shuffle(node.patterns.begin(), node.patterns.end(), random);
    }
  }
}

TEST_CASE("A cycle in a larger group is joined with the rest, and filtered") {
  TermStore store;
  add_friends(store, 400, 20);
  const GraphPattern pattern{
      Filter{call(Function::NotEqual, {expr("n"), expr("z")}),
             bgp("?x knows ?y . ?y knows ?z . ?x knows ?z . ?x name ?n . ?z town ?t")}};
  CHECK_THAT(plan_of(pattern, store.view()), Contains("MultiwayJoin"));
  CHECK(to_string(answer(pattern, store.view())) ==
        to_string(answer(pattern, store.view(), {.optimise = false})));
}

TEST_CASE("A cycle through few nodes is walked from them") {
  TermStore store;
  add_friends(store, 400, 20);
  const std::string plan =
      plan_of(bgp("?x role admin . ?x knows ?y . ?y knows ?z . ?x knows ?z"), store.view());
  CHECK_THAT(plan, !Contains("MultiwayJoin"));
}

TEST_CASE("A pattern behind four OPTIONALs is planned as if it stood before them") {
  TermStore store;
  add_people(store, 500);
  const auto four = [](GraphPattern pattern) {
    for (const char* right : {"?x name ?a", "?x town ?b", "?x knows ?c", "?x role ?d"})
      pattern = optional(std::move(pattern), bgp(right));
    return pattern;
  };
  const GraphPattern last{Join{four(bgp("?x knows ?y")), bgp("?x role admin")}};
  const GraphPattern first = four(bgp("?x role admin . ?x knows ?y"));
  CHECK(cost_of(last, store.view()) == cost_of(first, store.view()));
  CHECK(to_string(answer(last, store.view())) == to_string(answer(first, store.view())));
}

TEST_CASE("An OPTIONAL of one triple pattern is looked up for a few rows and hashed for many") {
  TermStore store;
  add_people(store, 2000);
  CHECK_THAT(plan_of(optional(bgp("?x role admin"), bgp("?x name ?n")), store.view()),
             Contains("IndexJoin optional"));
  CHECK_THAT(plan_of(optional(bgp("?x knows ?y"), bgp("?x name ?n")), store.view()),
             Contains("HashJoin LeftJoin"));
}

TEST_CASE("The right side of an OPTIONAL runs for the keys of the left only") {
  TermStore store;
  add_people(store, 2000);
  const GraphPattern pattern = optional(bgp("?x role admin"), bgp("?x knows ?y . ?y name ?n"));
  CHECK_THAT(plan_of(pattern, store.view()), Contains("BindJoin by the keys ?x"));
  CHECK(answer(pattern, store.view()).size() == 3);
}

TEST_CASE("A UNION is run for the keys of what it is joined with") {
  TermStore store;
  add_people(store, 2000);
  const GraphPattern pattern{
      Join{bgp("?x role admin"), GraphPattern{Union{bgp("?x knows ?y"), bgp("?y knows ?x")}}}};
  CHECK_THAT(plan_of(pattern, store.view()), Contains("BindJoin by the keys ?x"));
  CHECK(answer(pattern, store.view()).size() == 6);
}

TEST_CASE("NOT EXISTS that only compares is an anti-join") {
  TermStore store;
  add_people(store, 50);
  const GraphPattern pattern{
      Filter{Expression{Exists{true, bgp("?x role ?r")}}, bgp("?x name ?n")}};
  CHECK_THAT(plan_of(pattern, store.view()), Contains("AntiJoin"));
  CHECK(answer(pattern, store.view()).size() == 49);
}

TEST_CASE("EXISTS whose filter looks outside is decided row by row") {
  TermStore store;
  add_people(store, 20);
  const GraphPattern inner{
      Filter{call(Function::NotEqual, {expr("n"), expr("m")}), bgp("?y name ?m . ?x knows ?y")}};
  const GraphPattern pattern{Filter{Expression{Exists{false, inner}}, bgp("?x name ?n")}};
  CHECK_THAT(plan_of(pattern, store.view()), !Contains("SemiJoin"));
  CHECK(to_string(answer(pattern, store.view())) ==
        to_string(naive_answer(pattern, store.quads())));
}

TEST_CASE("A filter runs as soon as its variables are bound") {
  TermStore store;
  add_people(store, 100);
  const Expression condition = call(Function::Equal, {expr("n"), expr("m")});
  const std::string plan = plan_of(
      {Filter{condition, bgp("?x name ?n . ?x town ?t . ?x knows ?y . ?y name ?m . ?t in ?c")}},
      store.view());
  CHECK_THAT(plan, Contains("Filter"));
  CHECK(place_of(plan, "Filter") > 0);
}

TEST_CASE("Counting one pattern reads no quads") {
  TermStore store;
  add_people(store, 10);
  const auto counted = [&](const char* pattern, bool distinct, const char* argument) {
    Aggregate count{var("n"), AggregateKind::Count, distinct, {}, " "};
    if (argument) count.argument = expr(argument);
    return plan_of({Group{bgp(pattern), {}, {count}}}, store.view());
  };
  CHECK_THAT(counted("?x ?p ?y", false, nullptr), Contains("PatternCount"));
  CHECK_THAT(counted("?x knows ?y", false, "y"), Contains("PatternCount"));
  CHECK_THAT(counted("?x knows ?x", false, nullptr), Contains("IndexScan"));
  CHECK_THAT(counted("?x knows ?y", true, "x"), Contains("DistinctScan"));
  CHECK_THAT(counted("?x knows ?y", false, "z"), Contains("CountedScan"));
  CHECK_THAT(counted("?x knows ?y . ?y knows ?z", false, nullptr), !Contains("PatternCount"));
}

TEST_CASE("What nobody asks for above a join is counted, not listed") {
  TermStore store;
  add_people(store, 400);
  const auto grouped = [&](const char* pattern, std::vector<Variable> keys, Aggregate aggregate) {
    const GraphPattern group{Group{bgp(pattern), std::move(keys), {std::move(aggregate)}}};
    const std::string plan = plan_of(group, store.view());
    RunOptions as_written;
    as_written.optimise = false;
    CHECK(to_string(answer(select(group), store.view())) ==
          to_string(answer(select(group), store.view(), as_written)));
    return plan;
  };
  const Aggregate count{var("n"), AggregateKind::Count, false, {}, " "};
  Aggregate of_y = count, distinct = count, texts = count;
  of_y.argument = distinct.argument = texts.argument = expr("y");
  distinct.distinct = true;
  texts.kind = AggregateKind::GroupConcat;
  CHECK_THAT(grouped("?x knows ?y . ?x town ?t", {}, count), Contains("CountedScan"));
  CHECK_THAT(grouped("?x knows ?y . ?x town ?t", {var("t")}, count), Contains("CountedScan"));
  CHECK_THAT(grouped("?x knows ?y . ?x town ?t", {var("t")}, of_y), Contains("CountedScan"));
  CHECK_THAT(grouped("?x knows ?y . ?x town ?t", {var("t")}, distinct), !Contains("CountedScan"));
  CHECK_THAT(grouped("?x knows ?y . ?x knows ?z", {var("x")}, distinct), Contains("DistinctScan"));
  const GraphPattern concatenated{
      Group{bgp("?x knows ?y . ?x knows ?z"), {var("x")}, {std::move(texts)}}};
  CHECK_THAT(plan_of(concatenated, store.view()), !Contains("dScan"));
  // The people of a town are not needed behind it.
  const std::string joined = grouped("?x knows ?y . ?x town ?t . ?t in ?c", {var("c")}, count);
  CHECK_THAT(joined, Contains("Group by ?t, COUNT(*) AS ?.times"));
}

TEST_CASE("Groups and different rows are expected to be as many as their keys have values") {
  TermStore store;
  add_people(store, 400);
  const GraphPattern people = bgp("?x knows ?y . ?x town ?t . ?x name ?n");
  const Aggregate friends{var("n"), AggregateKind::Count, true, expr("y"), " "};
  CHECK_THAT(plan_of({Group{people, {var("t")}, {friends}}}, store.view()),
             Contains("Group by ?t, COUNT(DISTINCT ?y) AS ?n  (estimate 10 rows)"));
  CHECK_THAT(plan_of({Distinct{GraphPattern{Project{people, {var("t")}}}}}, store.view()),
             Contains("Distinct  (estimate 10 rows)"));
}

TEST_CASE("Columns that nobody above asks for are not carried") {
  TermStore store;
  add_people(store, 2000);
  const auto project = [&](std::vector<Variable> variables, GraphPattern pattern) {
    return GraphPattern{Project{std::move(pattern), std::move(variables)}};
  };
  const GraphPattern people = bgp("?x name ?n . ?x town ?t . ?t in ?c");
  const std::string plan = plan_of(project({{"c"}}, people), store.view());
  INFO(plan);
  CHECK_THAT(plan, Contains("?n in order PSO, without ?n "));
  CHECK_THAT(plan, Contains("?t, without ?x") || Contains("?x, without ?x"));
  CHECK_THAT(plan, !Contains("Project"));
  CHECK_THAT(plan_of(project({{"x"}, {"n"}, {"t"}, {"c"}}, people), store.view()),
             !Contains("without"));
  // A filter's variable ends at the filter, an order's at the order.
  const Expression is_long{
      FunctionCall{Function::Equal, {Expression{Variable{"n"}}, Expression{Variable{"c"}}}}};
  CHECK_THAT(
      plan_of(project({{"t"}}, {Filter{is_long, people}}), store.view()),
      Contains("Filter ?n = ?c, without ?c ?n") || Contains("Filter ?n = ?c, without ?n ?c"));
  GraphPattern order{OrderBy{people, {{Expression{Variable{"n"}}, false}}}};
  CHECK_THAT(plan_of(project({{"t"}}, order), store.view()), Contains("Order ASC(?n), without ?n"));
  CHECK_THAT(plan_of({Slice{project({{"t"}}, order), 0, 10}}, store.view()),
             Contains("the first 10, without ?n") && Contains("without ?c"));
  // What OPTIONAL and MINUS compare is carried up to them.
  const std::string optionals =
      plan_of(project({{"n"}}, optional(bgp("?x name ?n"), bgp("?x town ?t"))), store.view());
  CHECK_THAT(optionals, Contains("LeftJoin on ?x, without ?x "));
  const std::string minus = plan_of(
      project({{"n"}}, {Minus{bgp("?x name ?n . ?x town ?t"), bgp("?x town ?t . ?x role ?r")}}),
      store.view());
  CHECK_THAT(minus, Contains("Minus on ?x ?t, without ?t ?x") ||
                        Contains("Minus on ?t ?x, without ?t ?x") ||
                        Contains("Minus on ?x ?t, without ?x ?t"));
}

TEST_CASE("A solution comes as often as it did, whatever is left out of it") {
  TermStore store;
  add_friends(store, 14, 2);
  for (const char* text :
       {"?x knows ?y . ?y knows ?z . ?x town ?t", "?x knows ?y . ?y knows ?z . ?x knows ?z",
        "?x name ?n . ?t in ?c", "?x knows ?y . ?y town ?t . ?z town ?t . ?z name ?n"})
    for (const std::vector<Variable>& wanted :
         {std::vector<Variable>{}, {{"x"}}, {{"z"}}, {{"t"}, {"y"}}, {{"c"}}}) {
      const GraphPattern pattern{Project{bgp(text), wanted}};
      const std::string expected = to_string(naive_answer(pattern, store.quads()));
      for (const std::size_t threads : {std::size_t{1}, std::size_t{3}})
        CHECK(to_string(answer(pattern, store.view(), {.threads = threads, .parallel_cost = 0})) ==
              expected);
    }
}

TEST_CASE("Threads share the texts that a filter looks at") {
  TermStore store;
  add_people(store, 3000);
  const RunOptions options{.threads = 2, .parallel_cost = 20'000};
  const auto plan_with = [&](Function function, std::vector<Expression> arguments) {
    return plan_of(
        {Filter{Expression{FunctionCall{function, std::move(arguments)}}, bgp("?x name ?n")}},
        store.view(), options);
  };
  const Expression name{var("n")};
  CHECK_THAT(plan_of(bgp("?x name ?n"), store.view(), options), !Contains("Gather"));
  CHECK_THAT(plan_with(Function::IsIri, {name}), !Contains("Gather"));
  CHECK_THAT(plan_with(Function::StrStarts, {name, {Term::literal("name7")}}), !Contains("Gather"));
  CHECK_THAT(plan_with(Function::Regex, {name, {Term::literal("^name1.*7")}}), !Contains("Gather"));
  CHECK_THAT(plan_with(Function::Contains, {name, name}), Contains("Gather"));
  CHECK_THAT(plan_of({Filter{Expression{FunctionCall{Function::Contains, {{var("n")}, {var("x")}}}},
                             bgp("?x name ?n")}},
                     store.view(), options),
             Contains("Gather"));
  CHECK_THAT(plan_with(Function::Contains, {name, {Term::literal("7")}}),
             Contains("Gather 2 threads, by parts of ?x <http://ex.org/name> ?n in order POS"));
}

TEST_CASE("DISTINCT and EXISTS read each value once") {
  TermStore store;
  add_people(store, 200);
  const GraphPattern towns{
      Distinct{GraphPattern{Project{bgp("?x knows ?y . ?x town ?t . ?t in ?c"), {var("c")}}}}};
  CHECK_THAT(plan_of(towns, store.view()), Contains("DistinctScan ?x"));
  const Expression knows{Exists{true, bgp("?x knows ?z")}};
  CHECK_THAT(plan_of({Filter{knows, bgp("?x name ?n")}}, store.view()),
             Contains("DistinctScan ?x <http://ex.org/knows> ?z by ?x"));
}

TEST_CASE("A term that the database does not have leaves nothing to do") {
  TermStore store;
  add_people(store, 10);
  const std::string plan = plan_of(bgp("?x knows ?y . ?y likes nobody"), store.view());
  CHECK_THAT(plan, !Contains("IndexScan"));
  CHECK(answer(bgp("?x knows ?y . ?y likes nobody"), store.view()).empty());
}

TEST_CASE("The first rows of an order keep no more than they must") {
  TermStore store;
  add_people(store, 50);
  const GraphPattern ordered{OrderBy{bgp("?x name ?n"), {{expr("n"), true}}}};
  const GraphPattern pattern{Slice{GraphPattern{Project{ordered, {var("n")}}}, 1, 2}};
  const TermSolutions rows = answer(pattern, store.view());
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].at(var("n")) == Term::literal("name8"));
  CHECK(rows[1].at(var("n")) == Term::literal("name7"));
  CHECK_THAT(plan_of(pattern, store.view()), Contains("first 3"));
}

TEST_CASE("SERVICE is refused where it was not allowed") {
  TermStore store;
  CHECK_THROWS_WITH(answer(GraphPattern{Service{ex("s"), bgp("?x p ?y")}}, store.view()),
                    "SERVICE reaches into the network; allow it with --allow-service");
}

TEST_CASE("Many patterns are planned in a bounded number of steps") {
  TermStore store;
  add_people(store, 2000);
  std::string chain = "?v0 knows ?v1";
  for (int i = 1; i < 40; ++i)
    chain += " . ?v" + std::to_string(i) + " knows ?v" + std::to_string(i + 1);
  GraphPattern pattern = bgp("person0 knows ?v0 . " + chain);
  for (int i = 0; i < 12; ++i)  // OPTIONALs inside OPTIONALs
    pattern = optional(bgp("?v0 knows ?w" + std::to_string(i)), std::move(pattern));
  CHECK_THAT(plan_of(pattern, store.view()), Contains("IndexJoin"));
}

TEST_CASE("A constant that is a key of a bind join is compared with the keys") {
  TermStore store;
  for (const char* quad : {"a p 0", "b p 1", "c p d", "c r d", "d r e", "e q a"})
    store.add(quad);
  // { ?n :p ?v . { SELECT ?v ?x { ?y :r* ?x } GROUP BY ?x (1 AS ?v) } }
  const PropertyPath step{PathLink{ex("r")}};
  const GraphPattern path{Path{var("y"), {PathZeroOrMore{step}}, var("x")}};
  const GraphPattern constant{Extend{path, var("v"), Expression{Term::integer(1)}}};
  const GraphPattern keyed{
      Project{GraphPattern{Group{constant, {var("x"), var("v")}, {}}}, {var("v"), var("x")}}};
  const GraphPattern pattern{Join{bgp("?n p ?v"), keyed}};
  const std::string expected = to_string(naive_answer(pattern, store.quads()));
  bool is_bound = false;
  for (std::uint32_t plan_seed = 1; plan_seed <= 40; ++plan_seed) {
    RunOptions options;
    options.plan_seed = plan_seed;
    CAPTURE(plan_seed);
    CHECK(to_string(answer(pattern, store.view(), options)) == expected);
    is_bound =
        is_bound || plan_of(pattern, store.view(), options).find("BindJoin") != std::string::npos;
  }
  CHECK(is_bound);
}

TEST_CASE("LATERAL runs its pattern once for each different value that it depends on") {
  TermStore store;
  add_people(store, 30);
  const GraphPattern right = bgp("?x name ?n");
  const auto explained = [&](const GraphPattern& pattern) {
    return plan_of(pattern, store.view());
  };
  const GraphPattern depends{Lateral{bgp("?x knows ?y"), right}};
  CHECK_THAT(explained(depends), Contains("LateralJoin for each ?x"));
  CHECK(to_string(answer(depends, store.view())) ==
        to_string(answer(GraphPattern{Join{bgp("?x knows ?y"), right}}, store.view())));
  const GraphPattern apart{Lateral{bgp("?y knows ?z"), right}};
  CHECK_THAT(explained(apart), !Contains("LateralJoin"));
  CHECK(to_string(answer(apart, store.view())) ==
        to_string(answer(GraphPattern{Join{bgp("?y knows ?z"), right}}, store.view())));
}

TEST_CASE("A filter goes below LATERAL where it sees the same values there") {
  TermStore store;
  add_people(store, 30);
  const GraphPattern lateral{Lateral{bgp("?x knows ?y"), bgp("?x name ?n")}};
  const Expression condition = call(Function::NotEqual, {expr("y"), Expression{ex("person3")}});
  const std::string plan = plan_of(GraphPattern{Filter{condition, lateral}}, store.view());
  CHECK(plan.find("LateralJoin") < plan.find("Filter"));
}

TEST_CASE("LATERAL nested too deeply is refused, one after the other is not") {
  TermStore store;
  add_people(store, 3);
  GraphPattern nested = bgp("?x name ?n");
  GraphPattern chained = bgp("?x knows ?y");
  for (int i = 0; i < 40; ++i) {
    nested = {Lateral{bgp("?x knows ?y"), std::move(nested)}};
    chained = {Lateral{std::move(chained), bgp("?x name ?n")}};
  }
  CHECK_THROWS_WITH(answer(nested, store.view()), "the query nests EXISTS and LATERAL too deeply");
  CHECK(answer(chained, store.view()).size() ==
        answer(bgp("?x knows ?y . ?x name ?n"), store.view()).size());
}
