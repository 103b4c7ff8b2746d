// The passes over the algebra: what they make of patterns written by hand.
#include "query/optimize/optimize.h"

#include <catch2/catch.hpp>

#include "query/algebra/print.h"
#include "query/optimize/bind_before.h"
#include "query/optimize/chains.h"
#include "unit/query_plan/term_store.h"

using namespace tripten;
using namespace tripten::test;
using Catch::Matchers::Contains;

namespace {

GraphPattern filter(Expression condition, GraphPattern pattern) {
  return {Filter{std::move(condition), std::move(pattern)}};
}
GraphPattern join(GraphPattern left, GraphPattern right) {
  return {Join{std::move(left), std::move(right)}};
}
GraphPattern optional(GraphPattern left, GraphPattern right,
                      std::optional<Expression> condition = std::nullopt) {
  return {LeftJoin{std::move(left), std::move(right), std::move(condition)}};
}
Expression equal(const std::string& variable, const Term& term) {
  return call(Function::Equal, {expr(variable), Expression{term}});
}
Expression less(const std::string& variable, int number) {
  return call(Function::Less, {expr(variable), Expression{Term::integer(number)}});
}
Expression bound(const std::string& variable) {
  return call(Function::Bound, {expr(variable)});
}

}  // namespace

TEST_CASE("Joined basic graph patterns become one, and units go") {
  const GraphPattern before =
      join(join(bgp("?x p ?y"), GraphPattern()),
           join(GraphPattern{Values{{var("x")}, {{ex("a")}}}}, bgp("?y q ?z . ?x p ?y")));
  CHECK(merge_joins(before) ==
        join(bgp("?x p ?y . ?y q ?z"), GraphPattern{Values{{var("x")}, {{ex("a")}}}}));
  CHECK(merge_joins(join(GraphPattern(), GraphPattern())) == GraphPattern());
}

TEST_CASE("A pattern behind an OPTIONAL joins below it") {
  const GraphPattern before =
      join(optional(optional(bgp("?x p ?y"), bgp("?x q ?z")), bgp("?y q ?w")), bgp("?x r ?v"));
  CHECK(merge_joins(sink_joins(before)) ==
        optional(optional(bgp("?x p ?y . ?x r ?v"), bgp("?x q ?z")), bgp("?y q ?w")));
}

TEST_CASE("A pattern that shares what only the OPTIONAL binds stays outside") {
  const GraphPattern before = join(optional(bgp("?x p ?y"), bgp("?x q ?z")), bgp("?z r ?v"));
  CHECK(sink_joins(before) == before);
}

TEST_CASE("A pattern that an OPTIONAL's condition looks at stays outside") {
  const GraphPattern before =
      join(optional(bgp("?x p ?y"), bgp("?x q ?z"), bound("v")), bgp("?x r ?v"));
  CHECK(sink_joins(before) == before);
}

TEST_CASE("Joins go below BIND unless they bind its variable") {
  const auto bind = [](GraphPattern pattern) {
    return GraphPattern{Extend{std::move(pattern), var("b"), expr("y")}};
  };
  CHECK(merge_joins(sink_joins(join(bind(bgp("?x p ?y")), bgp("?y q ?z")))) ==
        bind(bgp("?x p ?y . ?y q ?z")));
  const GraphPattern joined_by_it = join(bind(bgp("?x p ?y")), bgp("?b q ?z"));
  CHECK(sink_joins(joined_by_it) == joined_by_it);
}

TEST_CASE("A filter that needs the optional part makes it required") {
  CHECK(require_optionals(filter(less("z", 3), optional(bgp("?x p ?y"), bgp("?x q ?z")))) ==
        filter(less("z", 3), join(bgp("?x p ?y"), bgp("?x q ?z"))));
  SECTION("but not one that unbound variables pass") {
    const GraphPattern kept =
        filter(call(Function::Not, {bound("z")}), optional(bgp("?x p ?y"), bgp("?x q ?z")));
    CHECK(require_optionals(kept) == kept);
  }
  SECTION("nor where a later OPTIONAL may bind the variable") {
    const GraphPattern kept =
        filter(less("z", 3), optional(optional(bgp("?x p ?y"), bgp("?x q ?z")), bgp("?x r ?z")));
    CHECK(require_optionals(kept) == kept);
  }
}

TEST_CASE("Filters are split and pushed to the sides that bind their variables") {
  const GraphPattern before = filter(
      call(Function::And, {less("y", 1), less("z", 2)}),
      join(GraphPattern{Union{bgp("?x p ?y"), bgp("?x q ?y")}},
           GraphPattern{Distinct{GraphPattern{Project{bgp("?x r ?z"), {var("x"), var("z")}}}}}));
  const GraphPattern after =
      join(GraphPattern{Union{filter(less("y", 1), bgp("?x p ?y")),
                              filter(less("y", 1), bgp("?x q ?y"))}},
           GraphPattern{Distinct{
               filter(less("z", 2), GraphPattern{Project{bgp("?x r ?z"), {var("x"), var("z")}}})}});
  CHECK(push_filters(before) == after);
}

TEST_CASE("A filter goes into the left side of OPTIONAL only when the right can't change it") {
  CHECK(push_filters(filter(less("y", 1), optional(bgp("?x p ?y"), bgp("?y q ?z")))) ==
        optional(filter(less("y", 1), bgp("?x p ?y")), bgp("?y q ?z")));
  const GraphPattern kept = filter(less("z", 1), optional(bgp("?x p ?y"), bgp("?y q ?z")));
  CHECK(push_filters(kept) == kept);
}

TEST_CASE("A condition of an OPTIONAL goes into its side where that can decide it") {
  CHECK(push_filters(optional(bgp("?x p ?y"), bgp("?y q ?z"),
                              call(Function::And, {less("z", 1), less("x", 1)}))) ==
        optional(bgp("?x p ?y"), filter(less("z", 1), bgp("?y q ?z")), less("x", 1)));
}

TEST_CASE("Filters stop at BIND of their variable, at GRAPH of it, at groups and slices") {
  for (const GraphPattern& below : {GraphPattern{Extend{bgp("?x p ?y"), var("z"), expr("y")}},
                                    GraphPattern{Graph{var("z"), bgp("?x p ?y")}},
                                    GraphPattern{Group{bgp("?x p ?z"), {var("z")}, {}}},
                                    GraphPattern{Slice{bgp("?x p ?z"), 0, 5}},
                                    GraphPattern{Project{bgp("?x p ?z"), {var("z")}}}}) {
    const GraphPattern kept = filter(less("z", 1), below);
    CHECK(push_filters(kept) == kept);
  }
}

TEST_CASE("A volatile filter stays where it is") {
  const Expression random =
      call(Function::Less, {call(Function::Rand, {}), Expression{Term::number(0.5)}});
  const GraphPattern kept = filter(random, GraphPattern{Union{bgp("?x p ?y"), bgp("?x q ?y")}});
  CHECK(push_filters(kept) == kept);
}

TEST_CASE("A variable that equals an IRI becomes the IRI") {
  CHECK(bind_constants(filter(equal("x", ex("a")), bgp("?x p ?y . ?y q ?x"))) ==
        GraphPattern{Extend{bgp("a p ?y . ?y q a"), var("x"), Expression{ex("a")}}});
  SECTION("also in the filters beside it") {
    const Expression other = call(Function::NotEqual, {expr("x"), expr("y")});
    CHECK(bind_constants(filter(other, filter(equal("x", ex("a")), bgp("?x p ?y")))) ==
          GraphPattern{Extend{
              filter(call(Function::NotEqual, {Expression{ex("a")}, expr("y")}), bgp("a p ?y")),
              var("x"), Expression{ex("a")}}});
  }
  SECTION("but not a number, which other terms are equal to") {
    const GraphPattern kept = filter(equal("x", Term::integer(1)), bgp("?y p ?x"));
    CHECK(bind_constants(kept) == kept);
  }
  SECTION("nor a variable of a path, which may be of length zero") {
    const GraphPattern kept = filter(
        equal("x", ex("a")),
        GraphPattern{Path{var("x"), {PathZeroOrMore{PropertyPath{PathLink{ex("p")}}}}, var("y")}});
    CHECK(bind_constants(kept) == kept);
  }
}

TEST_CASE("A variable among IRIs becomes VALUES") {
  const Expression in = call(
      Function::In, {expr("x"), Expression{ex("a")}, Expression{ex("b")}, Expression{ex("a")}});
  CHECK(bind_constants(filter(in, bgp("?x p ?y"))) ==
        join(GraphPattern{Values{{var("x")}, {{ex("a")}, {ex("b")}}}}, bgp("?x p ?y")));
}

TEST_CASE("Long chains become trees of small depth") {
  GraphPattern all = bgp("?x p 0");
  Expression any = less("x", 0);
  for (int i = 1; i < 5000; ++i) {
    all = GraphPattern{Union{std::move(all), bgp("?x p " + std::to_string(i))}};
    any = call(Function::Or, {std::move(any), less("x", i)});
  }
  const GraphPattern balanced = balance_chains(filter(any, all));
  CHECK(union_operands(*std::get<Filter>(balanced.node).pattern).size() == 5000);
  CHECK(balance_chains(balanced) == balanced);
}

TEST_CASE("A pattern that is nested too deeply is refused") {
  GraphPattern deep = bgp("?x p ?y");
  for (int i = 0; i < 2000; ++i)
    deep = optional(bgp("?x p ?y"), std::move(deep));
  CHECK_THROWS_WITH(balance_chains(deep), Contains("nested more than"));
  Expression condition = bound("x");
  for (int i = 0; i < 2000; ++i)
    condition = call(Function::Not, {std::move(condition)});
  CHECK_THROWS_WITH(balance_chains(filter(condition, bgp("?x p ?y"))),
                    Contains("nested more than"));
}

TEST_CASE("Substitution leaves the variable bound where the pattern bound it") {
  const Substitution values{{var("x"), ex("a")}};
  CHECK(substitute(GraphPattern{Minus{bgp("?x p ?y"), bgp("?x q ?z")}}, values,
                   SubstitutionScope::Visible) ==
        GraphPattern{Minus{GraphPattern{Extend{bgp("a p ?y"), var("x"), Expression{ex("a")}}},
                           GraphPattern{Extend{bgp("a q ?z"), var("x"), Expression{ex("a")}}}}});
  const GraphPattern hidden{Project{bgp("?x p ?y"), {var("y")}}};
  CHECK(substitute(hidden, values, SubstitutionScope::Visible) == hidden);
  CHECK(substitute(hidden, values, SubstitutionScope::Everywhere) ==
        GraphPattern{Project{GraphPattern{Extend{bgp("a p ?y"), var("x"), Expression{ex("a")}}},
                             {var("y")}}});
}

TEST_CASE("A binding made before the query runs is seen under the modifiers") {
  const GraphPattern query{Project{bgp("?s p ?o"), {var("s"), var("x")}}};
  CHECK(bind_before(query, {{var("x"), ex("a")}}) ==
        GraphPattern{Project{GraphPattern{Extend{bgp("?s p ?o"), var("x"), Expression{ex("a")}}},
                             {var("s"), var("x")}}});
}

TEST_CASE("EXISTS and MINUS about the columns of a DISTINCT are asked for each different row") {
  const auto distinct = [](GraphPattern pattern) {
    return GraphPattern{
        Distinct{GraphPattern{Project{std::move(pattern), {Variable{"x"}, Variable{"y"}}}}}};
  };
  const Expression known{Exists{true, bgp("?z knows ?y")}};
  const GraphPattern left = bgp("?x knows ?y . ?y town ?t");
  const GraphPattern asked{Minus{filter(known, filter(less("t", 3), left)), bgp("?x role ?r")}};
  const GraphPattern wanted{Project{
      GraphPattern{Minus{filter(known, distinct(filter(less("t", 3), left))), bgp("?x role ?r")}},
      {Variable{"x"}, Variable{"y"}}}};
  CHECK(to_string(push_distinct(distinct(asked))) == to_string(wanted));

  // What asks about other variables stays.
  const GraphPattern town{Minus{left, bgp("?t in ?country")}};
  CHECK(push_distinct(distinct(town)) == distinct(town));
  const GraphPattern filtered = filter({Exists{false, bgp("?t in ?country")}}, left);
  CHECK(push_distinct(distinct(filtered)) == distinct(filtered));
}
