// Whole queries: forms, datasets, graphs, bindings made before, limits.
#include <catch2/catch.hpp>

#include "unit/query_plan/term_store.h"

using namespace tripten;
using namespace tripten::test;
using Catch::Matchers::Contains;

namespace {

Query query_of(auto form, GraphPattern pattern) {
  Query query;
  query.form = std::move(form);
  query.pattern = std::move(pattern);
  return query;
}

QuadTemplate template_of(const std::string& text) {
  const TriplePattern pattern = triple(text);
  return {pattern.subject, pattern.predicate, pattern.object, Term()};
}

/// ?name and its values, in order of the rows.
std::vector<std::string> values(const TermSolutions& rows, const std::string& name) {
  std::vector<std::string> found;
  for (const TermSolution& row : rows) {
    const auto at = row.find(var(name));
    found.push_back(at == row.end() ? "-" : at->second.value());
  }
  return found;
}

TermStore& graphs() {
  static TermStore store;
  static const bool filled = [] {
    for (const char* quad : {"a p 1", "a p 2 g", "a p 1 g", "b p 2 h", "a p 1 h"})
      store.add(quad);
    return true;
  }();
  (void)filled;
  return store;
}

std::string count_in(const DatasetClause& dataset, const GraphPattern& pattern) {
  return std::to_string(answer(select(pattern, dataset), graphs().view()).size());
}

}  // namespace

TEST_CASE("ASK gives one boolean") {
  TermStore store;
  store.add("a p b");
  CHECK(to_string(answer(query_of(AskForm{}, bgp("?x p ?y")), store.view())) ==
        to_string(TermSolutions{{{var("answer"), Term::boolean(true)}}}));
  CHECK(to_string(answer(query_of(AskForm{}, bgp("?x q ?y")), store.view())) ==
        to_string(TermSolutions{{{var("answer"), Term::boolean(false)}}}));
}

TEST_CASE("SELECT gives its columns in order, unbound ones too") {
  TermStore store;
  store.add("a p b");
  const Interrupt interrupt;
  QueryRun run(query_of(SelectForm{{var("y"), var("none"), var("x")}}, bgp("?x p ?y")),
               store.view(), interrupt, {});
  CHECK(run.kind() == AnswerKind::Solutions);
  CHECK(run.columns() == std::vector<std::string>{"y", "none", "x"});
  Batch batch;
  REQUIRE(run.next(batch));
  REQUIRE(batch.columns.size() == 3);
  CHECK(run.terms().term(batch.columns[0][0]) == ex("b"));
  CHECK_FALSE(batch.columns[1][0]);
  CHECK(run.terms().term(batch.columns[2][0]) == ex("a"));
  CHECK_FALSE(run.next(batch));
}

TEST_CASE("CONSTRUCT gives each triple once and leaves out what is no triple") {
  TermStore store;
  store.add("a p 1");
  store.add("a p 2");
  const Query query = query_of(
      ConstructForm{{template_of("?x seen yes"), template_of("?y of ?x"), template_of("?x no ?z")}},
      bgp("?x p ?y"));
  const TermSolutions rows = answer(query, store.view());
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].at(var("predicate")) == ex("seen"));
}

TEST_CASE("CONSTRUCT makes new blank nodes for every solution") {
  TermStore store;
  store.add("a p 1");
  store.add("a p 2");
  QuadTemplate first{Term::blank("n"), ex("of"), Variable{"y"}, Term()};
  QuadTemplate second{Term::blank("n"), ex("in"), Variable{"x"}, Term()};
  const TermSolutions rows =
      answer(query_of(ConstructForm{{first, second}}, bgp("?x p ?y")), store.view());
  REQUIRE(rows.size() == 4);
  std::map<Term, int> uses;
  for (const TermSolution& row : rows)
    ++uses[row.at(var("subject"))];
  CHECK(uses.size() == 2);
  for (const auto& [blank, count] : uses) {
    CHECK(blank.is_blank());
    CHECK(count == 2);
  }
}

TEST_CASE("DESCRIBE follows blank nodes, through all graphs, and ends in circles") {
  TermStore store;
  const Term blank = store.fresh_blank(), other = store.fresh_blank();
  store.add({ex("a"), ex("p"), blank, Term()});
  store.add({blank, ex("q"), other, ex("g")});
  store.add({other, ex("r"), blank, Term()});
  store.add("a p b g");
  store.add("b p c");
  store.add("c p a");
  const TermSolutions rows =
      answer(query_of(DescribeForm{{ex("a"), Term::literal("no")}}, GraphPattern()), store.view());
  CHECK(rows.size() == 4);
  Query from_g = query_of(DescribeForm{{Variable{"x"}}}, bgp("?x p b"));
  from_g.dataset.default_graphs = {ex("g")};
  CHECK(answer(from_g, store.view()).size() == 1);
}

TEST_CASE("The default graph is the store's own, and FROM makes another by merging") {
  const GraphPattern all = bgp("?s p ?o");
  CHECK(count_in({}, all) == "1");
  CHECK(count_in({{ex("g")}, {}}, all) == "2");
  CHECK(count_in({{ex("g"), ex("h")}, {}}, all) == "3");  // a p 1 is in both
  CHECK(count_in({{}, {ex("g")}}, all) == "0");
  CHECK(count_in({{ex("nowhere")}, {}}, all) == "0");
}

TEST_CASE("GRAPH sees the named graphs, those of FROM NAMED where it is given") {
  const GraphPattern named{Graph{Variable{"g"}, bgp("?s p ?o")}};
  CHECK(count_in({}, named) == "4");
  CHECK(count_in({{}, {ex("h")}}, named) == "2");
  CHECK(count_in({{ex("g")}, {}}, named) == "0");
  CHECK(count_in({{ex("g")}, {}, true}, named) == "4");  // WITH
  const GraphPattern one{Graph{ex("g"), bgp("?s p ?o")}};
  CHECK(count_in({}, one) == "2");
  CHECK(count_in({{}, {ex("h")}}, one) == "0");
}

TEST_CASE("An empty group in GRAPH asks which graphs there are") {
  CHECK(values(answer(GraphPattern{Graph{Variable{"g"}, GraphPattern()}}, graphs().view()), "g")
            .size() == 2);
  CHECK(answer(GraphPattern{Graph{ex("g"), GraphPattern()}}, graphs().view()).size() == 1);
  CHECK(answer(GraphPattern{Graph{ex("nowhere"), GraphPattern()}}, graphs().view()).empty());
  CHECK(count_in({{}, {ex("nowhere")}}, GraphPattern{Graph{ex("nowhere"), GraphPattern()}}) == "1");
}

TEST_CASE("A variable bound before the query runs has that value all over") {
  TermStore store;
  for (const char* quad : {"a p 1", "b p 2", "a q 3"})
    store.add(quad);
  RunOptions options;
  options.bindings = {{"x", ex("a")}, {"unused", ex("z")}};
  for (const bool optimise : {true, false}) {
    options.optimise = optimise;
    CHECK(values(answer(bgp("?x p ?y"), store.view(), options), "y") ==
          std::vector<std::string>{"1"});
    CHECK(values(answer(bgp("?x p ?y"), store.view(), options), "x") ==
          std::vector<std::string>{ex("a").value()});
    // MINUS still knows that both sides speak of the same resource.
    CHECK(
        answer(GraphPattern{Minus{bgp("?x p ?y"), bgp("?x q ?z")}}, store.view(), options).empty());
    const GraphPattern grouped{
        Project{GraphPattern{Group{bgp("?x ?any ?y"),
                                   {var("x")},
                                   {{var("n"), AggregateKind::Count, false, std::nullopt, " "}}}},
                {var("x"), var("n")}}};
    CHECK(values(answer(grouped, store.view(), options), "n") == std::vector<std::string>{"2"});
    const Query construct = query_of(ConstructForm{{template_of("?x found ?y")}}, bgp("?x q ?y"));
    CHECK(answer(construct, store.view(), options).size() == 1);
  }
}

TEST_CASE("A value bound before the query runs is compared with what SELECT computes") {
  TermStore store;
  store.add("a p 1");
  RunOptions options;
  options.bindings = {{"x", ex("a")}};
  const auto selecting = [](const Expression& value) {
    return GraphPattern{Project{GraphPattern{Extend{bgp("?y p ?z"), var("x"), value}}, {var("x")}}};
  };
  const auto rows = [&](const Expression& value) {
    return values(answer(selecting(value), store.view(), options), "x");
  };
  CHECK(rows({ex("b")}).empty());
  CHECK(rows({ex("a")}) == std::vector<std::string>{ex("a").value()});
  // An error is unbound, which agrees with anything.
  CHECK(rows(expr("nothing")) == std::vector<std::string>{ex("a").value()});
}

TEST_CASE("A query past its memory ends with Limit") {
  TermStore store;
  for (int i = 0; i < 300; ++i)
    store.add("s" + std::to_string(i) + " p o" + std::to_string(i));
  RunOptions options;
  options.memory_bytes = 100'000;
  const GraphPattern product{Distinct{bgp("?a p ?b . ?c p ?d")}};
  try {
    answer(product, store.view(), options);
    FAIL("the product fits into 100 kB");
  } catch (const Error& error) {
    CHECK(error.code == ErrorCode::Limit);
  }
}

TEST_CASE("A stopped query ends with Cancelled") {
  TermStore store;
  store.add("a p b");
  std::stop_source stop;
  const Interrupt interrupt(stop.get_token(), std::chrono::milliseconds(0));
  QueryRun run(select(bgp("?x p ?y")), store.view(), interrupt, {});
  stop.request_stop();
  Batch batch;
  try {
    run.next(batch);
    FAIL("a stopped query went on");
  } catch (const Error& error) {
    CHECK(error.code == ErrorCode::Cancelled);
  }
}

TEST_CASE("A profiled query says how many rows each operator gave") {
  TermStore store;
  for (const char* quad : {"a p 1", "a p 2", "a q 3"})
    store.add(quad);
  RunOptions options;
  options.profile = true;
  const Interrupt interrupt;
  QueryRun run(select(bgp("?x p ?y . ?x q ?z")), store.view(), interrupt, options);
  Batch batch;
  while (run.next(batch)) {
  }
  CHECK_THAT(run.explain(), Contains("2 rows in"));
  CHECK(run.peak_memory() > 0);
}

TEST_CASE("EXISTS decides with the values of the solution") {
  TermStore store;
  for (const char* quad : {"a p 1", "a q 1", "b p 1", "b q 2", "c p 3"})
    store.add(quad);
  const auto kept = [&](const GraphPattern& inner, bool negated = false) {
    const GraphPattern pattern{Filter{Expression{Exists{negated, inner}}, bgp("?x p ?y")}};
    RunOptions written;
    written.optimise = false;
    const auto rows = values(answer(pattern, store.view()), "x");
    CHECK(rows.size() == answer(pattern, store.view(), written).size());
    CHECK(to_string(answer(pattern, store.view())) ==
          to_string(naive_answer(pattern, store.quads())));
    return rows.size();
  };
  CHECK(kept(bgp("?x q ?y")) == 1);
  CHECK(kept(bgp("?x q ?other")) == 2);
  CHECK(kept(bgp("?x q ?other"), true) == 1);
  CHECK(kept(bgp("?someone q ?y")) == 2);
  CHECK(kept(GraphPattern{Filter{call(Function::NotEqual, {expr("other"), expr("y")}),
                                 bgp("?x q ?other")}}) == 1);
  CHECK(kept(GraphPattern()) == 3);
  CHECK(kept(GraphPattern{Project{bgp("?x q ?y"), {var("x")}}}) == 2);
  CHECK(kept(GraphPattern{Extend{bgp("?x q ?other"), var("y"), expr("other")}}) == 1);
  CHECK(kept(GraphPattern{Values{{var("y")}, {{Term::integer(3)}}}}) == 1);
  CHECK(kept(GraphPattern{Minus{bgp("?x p ?y"), bgp("?x q ?y")}}) == 2);
}
