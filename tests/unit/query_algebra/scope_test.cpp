// Which variables a pattern binds perhaps, and which for certain (SPARQL 1.1 §18.2.1).
#include "query/algebra/scope.h"

#include <catch2/catch.hpp>

using namespace tripten;

namespace {

using Variables = std::set<Variable>;

GraphPattern triple(const char* subject, const char* object) {
  return {Bgp{{{Variable{subject}, Term::iri("urn:p"), Variable{object}}}}};
}

Expression compare(const char* left, const char* right) {
  return {FunctionCall{Function::Equal, {{Variable{left}}, {Variable{right}}}, {}}};
}

}  // namespace

TEST_CASE("The right side of a left join binds perhaps") {
  const GraphPattern pattern{LeftJoin{triple("a", "b"), triple("b", "c"), compare("a", "d")}};
  CHECK(visible_variables(pattern) == Variables{{"a"}, {"b"}, {"c"}});
  CHECK(certain_variables(pattern) == Variables{{"a"}, {"b"}});
  CHECK(mentioned_variables(pattern) == Variables{{"a"}, {"b"}, {"c"}, {"d"}});
}

TEST_CASE("A union binds for certain what both sides bind") {
  const GraphPattern pattern{Union{triple("a", "b"), triple("a", "c")}};
  CHECK(visible_variables(pattern) == Variables{{"a"}, {"b"}, {"c"}});
  CHECK(certain_variables(pattern) == Variables{{"a"}});
}

TEST_CASE("The right side of MINUS is not visible") {
  const GraphPattern pattern{Minus{triple("a", "b"), triple("a", "c")}};
  CHECK(visible_variables(pattern) == Variables{{"a"}, {"b"}});
}

TEST_CASE("Projection hides, Extend binds perhaps, UNDEF is not certain") {
  const GraphPattern projected{Project{triple("a", "b"), {{"b"}, {"z"}}}};
  CHECK(visible_variables(projected) == Variables{{"b"}, {"z"}});
  CHECK(certain_variables(projected) == Variables{{"b"}});
  const GraphPattern extended{Extend{triple("a", "b"), {"x"}, compare("a", "b")}};
  CHECK(visible_variables(extended) == Variables{{"a"}, {"b"}, {"x"}});
  CHECK(certain_variables(extended) == Variables{{"a"}, {"b"}});
  const GraphPattern values{
      Values{{{"a"}, {"b"}}, {{Term::integer(1), Term::integer(2)}, {Term::integer(3), Term()}}}};
  CHECK(visible_variables(values) == Variables{{"a"}, {"b"}});
  CHECK(certain_variables(values) == Variables{{"a"}});
}

TEST_CASE("A group shows its keys and results only") {
  const GraphPattern group{Group{
      triple("a", "b"),
      {{"a"}},
      {{.result = {"n"}, .kind = AggregateKind::Count},
       {.result = {"m"}, .kind = AggregateKind::Max, .argument = Expression{Variable{"b"}}}}}};
  CHECK(visible_variables(group) == Variables{{"a"}, {"m"}, {"n"}});
  CHECK(certain_variables(group) == Variables{{"a"}, {"n"}});
}

TEST_CASE("GRAPH binds its variable for certain") {
  CHECK(certain_variables(GraphPattern{Graph{Variable{"g"}, triple("a", "b")}}) ==
        Variables{{"a"}, {"b"}, {"g"}});
}

TEST_CASE("Expressions speak of the variables of their EXISTS patterns too") {
  const Expression expression{
      FunctionCall{Function::And, {compare("x", "y"), {Exists{false, triple("a", "b")}}}, {}}};
  CHECK(variables_of(expression) == Variables{{"a"}, {"b"}, {"x"}, {"y"}});
}
