#include "unit/query_plan/random_patterns.h"

#include <algorithm>

#include "query/algebra/scope.h"

namespace tripten::test {

namespace {

constexpr int kVariables = 5;

int below(std::mt19937& random, int limit) {
  return static_cast<int>(random() % static_cast<unsigned>(limit));
}

Term node_named(int number) {
  return ex(std::string(1, static_cast<char>('a' + number)));
}

}  // namespace

void add_random_quads(TermStore& store, std::mt19937& random, int quads) {
  const Term blank = store.fresh_blank();
  const auto node = [&] {
    const int number = below(random, 6);
    return number == 5 ? blank : node_named(number);
  };
  for (int i = 0; i < quads; ++i) {
    const Term object = below(random, 4) == 0 ? Term::integer(below(random, 3)) : node();
    const int graph = below(random, 5);
    store.add({node(), ex(std::string(1, static_cast<char>('p' + below(random, 3)))), object,
               graph < 3 ? Term() : ex(graph == 3 ? "g" : "h")});
  }
}

Term RandomPatterns::constant() {
  if (chance(20)) return Term::integer(below(3));
  if (chance(5)) return ex("nowhere");
  return node_named(below(5));
}

Term RandomPatterns::predicate() {
  return ex(std::string(1, static_cast<char>('p' + below(3))));
}

Variable RandomPatterns::variable() {
  return {"v" + std::to_string(below(kVariables))};
}

PatternTerm RandomPatterns::place(int variables_of_hundred) {
  if (chance(variables_of_hundred)) return variable();
  return constant();
}

TriplePattern RandomPatterns::triple() {
  TriplePattern pattern{place(80), predicate(), place(80)};
  if (chance(12)) pattern.predicate = variable();
  return pattern;
}

GraphPattern RandomPatterns::bgp(int most) {
  Bgp node;
  const int count = chance(4) ? 0 : 1 + below(most);
  for (int i = 0; i < count; ++i)
    node.patterns.push_back(triple());
  return {std::move(node)};
}

PropertyPath RandomPatterns::property_path(int depth) {
  if (depth == 0) return {PathLink{predicate()}};
  switch (below(5)) {
    case 0:
      return {PathInverse{property_path(depth - 1)}};
    case 1:
      return {PathSequence{property_path(depth - 1), property_path(depth - 1)}};
    case 2:
      return {PathAlternative{property_path(depth - 1), property_path(depth - 1)}};
    case 3:
      return {PathZeroOrOne{property_path(depth - 1)}};
    default:
      return {PathLink{predicate()}};
  }
}

GraphPattern RandomPatterns::path() {
  PropertyPath closure;
  switch (below(3)) {
    case 0:
      closure = {PathZeroOrMore{property_path(below(3))}};
      break;
    case 1:
      closure = {PathOneOrMore{property_path(below(3))}};
      break;
    default:
      closure = {PathZeroOrOne{property_path(below(3))}};
  }
  return {Path{place(75), closure, place(75)}};
}

GraphPattern RandomPatterns::values() {
  Values node;
  const int columns = 1 + below(2);
  for (int i = 0; i < columns; ++i) {
    const Variable one = variable();
    if (std::find(node.variables.begin(), node.variables.end(), one) == node.variables.end())
      node.variables.push_back(one);
  }
  const int rows = below(4);
  for (int row = 0; row < rows; ++row) {
    std::vector<Term> terms;
    for (std::size_t i = 0; i < node.variables.size(); ++i)
      terms.push_back(chance(20) ? Term() : constant());
    node.rows.push_back(std::move(terms));
  }
  return {std::move(node)};
}

GraphPattern RandomPatterns::extend(int depth) {
  GraphPattern inner = pattern(depth - 1);
  const Variable target{"b" + std::to_string(fresh_++)};
  if (chance(40)) return {Extend{std::move(inner), target, Expression{constant()}}};
  if (chance(50)) return {Extend{std::move(inner), target, Expression{variable()}}};
  return {Extend{std::move(inner), target,
                 call(Function::Add, {operand(), Expression{Term::integer(1)}})}};
}

GraphPattern RandomPatterns::sub_select(int depth) {
  GraphPattern inner = pattern(depth - 1);
  std::vector<Variable> kept;
  for (const Variable& one : visible_variables(inner))
    if (chance(60)) kept.push_back(one);
  if (chance(30)) {
    const Variable count{"n" + std::to_string(fresh_++)};
    Aggregate aggregate{count, AggregateKind::Count, chance(30), std::nullopt, " "};
    if (chance(50)) aggregate.argument = Expression{variable()};
    std::vector<Variable> shown = kept;
    shown.push_back(count);
    return {Project{GraphPattern{Group{std::move(inner), kept, {aggregate}}}, shown}};
  }
  GraphPattern project{Project{std::move(inner), kept}};
  return chance(50) ? GraphPattern{Distinct{std::move(project)}} : std::move(project);
}

GraphPattern RandomPatterns::graph(int depth) {
  PatternTerm name = ex(chance(50) ? "g" : "h");
  if (chance(5)) name = ex("nowhere");
  if (chance(60)) name = chance(50) ? variable() : Variable{"graph"};
  return {Graph{std::move(name), pattern(depth - 1)}};
}

Expression RandomPatterns::operand() {
  if (chance(70)) return {variable()};
  return {constant()};
}

Expression RandomPatterns::condition(int depth) {
  switch (below(depth > 0 ? 11 : 6)) {
    case 0:
      return call(Function::Equal, {operand(), operand()});
    case 1:
      return call(Function::NotEqual, {operand(), operand()});
    case 2:
      return call(Function::Less, {operand(), operand()});
    case 3:
      return call(Function::Bound, {Expression{variable()}});
    case 4:
      return call(Function::SameTerm, {Expression{variable()}, operand()});
    case 5:
      return call(Function::In,
                  {Expression{variable()}, Expression{constant()}, Expression{constant()}});
    case 6:
      return call(Function::And, {condition(depth - 1), condition(depth - 1)});
    case 7:
      return call(Function::Or, {condition(depth - 1), condition(depth - 1)});
    case 8:
      return call(Function::Not, {condition(depth - 1)});
    default:
      return {Exists{chance(50), pattern(depth - 1)}};
  }
}

/// The right side assigns nothing that the left side binds, as the parser makes sure.
GraphPattern RandomPatterns::lateral(int depth) {
  GraphPattern left = pattern(depth - 1), right = pattern(depth - 1);
  const std::set<Variable> visible = visible_variables(left);
  for (const Variable& variable : assigned_variables(right))
    if (visible.contains(variable)) return {Join{std::move(left), std::move(right)}};
  return {Lateral{std::move(left), std::move(right)}};
}

GraphPattern RandomPatterns::pattern(int depth) {
  if (depth == 0) return chance(15) ? path() : bgp(3);
  switch (below(21)) {
    case 20:
      return lateral(depth);
    case 0:
    case 1:
    case 2:
    case 3:
      return {Join{pattern(depth - 1), pattern(depth - 1)}};
    case 4:
    case 5:
    case 6: {
      LeftJoin node{pattern(depth - 1), pattern(depth - 1), std::nullopt};
      if (chance(30)) node.condition = condition(1);
      return {std::move(node)};
    }
    case 7:
    case 8:
    case 9:
    case 10:
      return {Filter{condition(2), pattern(depth - 1)}};
    case 11:
    case 12:
      return {Union{pattern(depth - 1), pattern(depth - 1)}};
    case 13:
      return {Minus{pattern(depth - 1), pattern(depth - 1)}};
    case 14:
      return graph(depth);
    case 15:
      return extend(depth);
    case 16:
      return values();
    case 17:
      return sub_select(depth);
    case 18:
      return path();
    default:
      return bgp(4);
  }
}

DatasetClause RandomPatterns::dataset() {
  DatasetClause clause;
  if (chance(70)) return clause;
  for (const char* name : {"g", "h", "nowhere"}) {
    if (chance(40)) clause.default_graphs.push_back(ex(name));
    if (chance(40)) clause.named_graphs.push_back(ex(name));
  }
  return clause;
}

}  // namespace tripten::test
