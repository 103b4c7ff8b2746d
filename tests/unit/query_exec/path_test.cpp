// Property paths against the definitions of SPARQL 1.1 §18.4, read word by word.
#include <algorithm>

#include <catch2/catch.hpp>

#include "unit/query_exec/dataset.h"

namespace tripten::test {
namespace {

// ---- the definitions ----

using Pair = std::pair<TermId, TermId>;
using Pairs = std::vector<Pair>;
/// A term, or a variable where nothing.
using End = std::optional<TermId>;

class PathDefinitions {
 public:
  PathDefinitions(std::vector<Quad> triples, Dataset& data)
      : triples_(std::move(triples)),
        data_(data) {
    for (const Quad& triple : triples_) {
      nodes_.insert(triple.subject());
      nodes_.insert(triple.object());
    }
  }

  /// The bag of pairs that a path connects, given its ends.
  Pairs eval(const End& x, const PropertyPath& path, const End& y) {
    return std::visit([&](const auto& node) { return of(x, node, y); }, path.node);
  }

 private:
  static bool is(const End& end, TermId term) { return !end || *end == term; }
  TermId id(const Term& iri) { return data_.change->intern(view_of(iri)); }
  static Pairs turned(Pairs pairs) {
    for (Pair& pair : pairs)
      std::swap(pair.first, pair.second);
    return pairs;
  }
  static Pairs as_set(Pairs pairs) {
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    return pairs;
  }

  Pairs of(const End& x, const PathLink& link, const End& y) {
    Pairs found;
    for (const Quad& triple : triples_)
      if (triple.predicate() == id(link.iri) && is(x, triple.subject()) && is(y, triple.object()))
        found.emplace_back(triple.subject(), triple.object());
    return found;
  }
  Pairs of(const End& x, const PathInverse& path, const End& y) {
    return turned(eval(y, *path.path, x));
  }
  Pairs of(const End& x, const PathSequence& path, const End& y) {
    Pairs found;
    const Pairs second = eval({}, *path.second, y);
    for (const Pair& a : eval(x, *path.first, {}))
      for (const Pair& b : second)
        if (a.second == b.first) found.emplace_back(a.first, b.second);
    return found;
  }
  Pairs of(const End& x, const PathAlternative& path, const End& y) {
    Pairs found = eval(x, *path.first, y);
    const Pairs more = eval(x, *path.second, y);
    found.insert(found.end(), more.begin(), more.end());
    return found;
  }
  Pairs of(const End& x, const PathNegatedSet& set, const End& y) {
    Pairs found;
    const auto holds = [&](const std::vector<Term>& iris, TermId predicate) {
      return std::any_of(iris.begin(), iris.end(),
                         [&](const Term& iri) { return id(iri) == predicate; });
    };
    for (const Quad& triple : triples_) {
      if ((!set.forward.empty() || set.inverse.empty()) &&
          !holds(set.forward, triple.predicate()) && is(x, triple.subject()) &&
          is(y, triple.object()))
        found.emplace_back(triple.subject(), triple.object());
      if (!set.inverse.empty() && !holds(set.inverse, triple.predicate()) &&
          is(x, triple.object()) && is(y, triple.subject()))
        found.emplace_back(triple.object(), triple.subject());
    }
    return found;
  }
  Pairs of(const End& x, const PathZeroOrOne& path, const End& y) {
    Pairs found = eval(x, *path.path, y);
    if (x && is(y, *x)) found.emplace_back(*x, *x);
    if (!x && y) found.emplace_back(*y, *y);
    if (!x && !y)
      for (const TermId node : nodes_)
        found.emplace_back(node, node);
    return as_set(found);
  }

  /// ALP of §18.4.
  void alp(TermId x, const PropertyPath& path, std::set<TermId>& visited) {
    if (!visited.insert(x).second) return;
    for (const Pair& pair : eval(x, path, {}))
      alp(pair.second, path, visited);
  }
  Pairs closure(TermId x, const PropertyPath& path, bool with_zero, const End& y) {
    std::set<TermId> visited;
    if (with_zero) {
      alp(x, path, visited);
    } else {
      for (const Pair& pair : eval(x, path, {}))
        alp(pair.second, path, visited);
    }
    Pairs found;
    for (const TermId node : visited)
      if (is(y, node)) found.emplace_back(x, node);
    return found;
  }
  Pairs closure(const End& x, const PropertyPath& path, bool with_zero, const End& y) {
    if (x) return closure(*x, path, with_zero, y);
    if (y) return turned(closure(*y, {PathInverse{path}}, with_zero, {}));
    Pairs found;
    for (const TermId node : nodes_) {
      const Pairs more = closure(node, path, with_zero, {});
      found.insert(found.end(), more.begin(), more.end());
    }
    return found;
  }
  Pairs of(const End& x, const PathZeroOrMore& path, const End& y) {
    return closure(x, *path.path, true, y);
  }
  Pairs of(const End& x, const PathOneOrMore& path, const End& y) {
    return closure(x, *path.path, false, y);
  }

  std::vector<Quad> triples_;
  Dataset& data_;
  std::set<TermId> nodes_{};
};

// ---- random data ----

const std::vector<std::string> kPredicates{"p", "q", "r"};

PropertyPath random_path(std::mt19937& random, int depth) {
  const auto some_iri = [&] {
    return iri_term(kPredicates[static_cast<std::size_t>(random_below(random, 3))]);
  };
  if (depth == 0) return {PathLink{some_iri()}};
  switch (random_below(random, 9)) {
    case 0:
      return {PathLink{some_iri()}};
    case 1:
      return {PathInverse{random_path(random, depth - 1)}};
    case 2:
      return {PathSequence{random_path(random, depth - 1), random_path(random, depth - 1)}};
    case 3:
      return {PathAlternative{random_path(random, depth - 1), random_path(random, depth - 1)}};
    case 4:
      return {PathZeroOrMore{random_path(random, depth - 1)}};
    case 5:
      return {PathOneOrMore{random_path(random, depth - 1)}};
    case 6:
      return {PathZeroOrOne{random_path(random, depth - 1)}};
    case 7:
      return {PathNegatedSet{{some_iri()}, {}}};
    default:
      return {PathNegatedSet{{some_iri()}, {some_iri()}}};
  }
}

struct RandomGraphs : Dataset {
  explicit RandomGraphs(std::mt19937& random) {
    for (const char* name : {"a", "b", "c", "d", "e"})
      nodes.push_back(iri(name));
    nodes.push_back(number(7));
    const int count = 1 + random_below(random, 25);
    for (int i = 0; i < count; ++i)
      add(Quad{{nodes[static_cast<std::size_t>(random_below(random, 5))],
                iri(kPredicates[static_cast<std::size_t>(random_below(random, 3))]), node(random),
                random_below(random, 3) ? kDefaultGraph : iri("g")}});
    commit();
  }
  TermId node(std::mt19937& random) const {
    return nodes[static_cast<std::size_t>(random_below(random, 6))];
  }
  ActiveGraph graph(std::mt19937& random) {
    switch (random_below(random, 4)) {
      case 0:
        return {.kind = ActiveGraph::Kind::Merge, .graphs = {kDefaultGraph, iri("g")}};
      case 1:
        return {.kind = ActiveGraph::Kind::Parameter};
      default:
        return {};
    }
  }
  std::vector<TermId> nodes;
};

/// A variable, a node, or a term that the graph does not have.
PatternTerm random_end(std::mt19937& random, const RandomGraphs& data, const char* variable) {
  switch (random_below(random, 6)) {
    case 0:
      return data.view().term(data.node(random));
    case 1:
      return iri_term(random_below(random, 2) ? "unknown" : "stranger");
    default:
      return Variable{variable};
  }
}

}  // namespace

namespace {

/// What the definitions give for a pattern.
Solutions expected(const PathPattern& pattern, Dataset& data, Execution& execution) {
  const auto id_of = [&](const PatternTerm& term) -> End {
    if (const auto* constant = std::get_if<Term>(&term))
      return execution.terms.intern(view_of(*constant));
    return std::nullopt;
  };
  PathDefinitions definitions(
      active_triples(data.quads, pattern.graph, execution.context.current_graph), data);
  Solutions found;
  for (const Pair& pair :
       definitions.eval(id_of(pattern.subject), pattern.path, id_of(pattern.object))) {
    Solution solution;
    bool matches = true;
    const auto bind = [&](const PatternTerm& term, TermId value) {
      if (const auto* variable = std::get_if<Variable>(&term))
        matches = matches && solution.emplace(variable->name, value).first->second == value;
    };
    bind(pattern.subject, pair.first);
    bind(pattern.object, pair.second);
    if (matches) found.push_back(solution);
  }
  return sorted(found);
}

/// Runs a scan of the pattern twice; gives its solutions.
Solutions scanned(const PathPattern& pattern, Execution& execution) {
  const auto scan = path_scan(pattern);
  const Rows rows = execution.run(*scan);
  CHECK(execution.run(*scan) == rows);
  return solutions(scan->schema(), rows);
}

}  // namespace

TEST_CASE("Paths connect what the definitions connect, as often as they say") {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    std::mt19937 random(seed);
    RandomGraphs data(random);
    const PathPattern pattern{
        random_end(random, data, "x"), random_path(random, 1 + random_below(random, 3)),
        random_end(random, data, random_below(random, 4) ? "y" : "x"), data.graph(random)};
    INFO("seed " << seed);
    Execution execution(data.view(), std::vector<std::size_t>{1, 2, 1024}[seed % 3]);
    execution.context.current_graph = data.iri("g");
    const Solutions wanted = expected(pattern, data, execution);
    REQUIRE(scanned(pattern, execution) == wanted);

    // The join with any rows is the join with the scan's solutions.
    Rows left(static_cast<std::size_t>(random_below(random, 20)));
    for (auto& row : left) {
      for (int i = 0; i < 2; ++i)
        row.push_back(random_below(random, 4) ? data.node(random)
                      : random_below(random, 2)
                          ? kUnbound
                          : execution.terms.intern(view_of(iri_term("unknown"))));
    }
    const std::vector<std::string> names{random_below(random, 2) ? "x" : "w",
                                         random_below(random, 2) ? "y" : "v"};
    Solutions joined;
    const Schema left_schema = rows_of(names, left)->schema();
    for (const Solution& a : solutions(left_schema, left))
      for (const Solution& b : wanted)
        if (compatible(a, b)) joined.push_back(merged(a, b));
    const auto join = path_join(rows_of(names, left), pattern);
    const Rows join_rows = execution.run(*join);
    REQUIRE(solutions(join->schema(), join_rows) == sorted(joined));
    CHECK(execution.run(*join) == join_rows);
  }
}

TEST_CASE("Paths that can be empty meet ends that the graph does not have") {
  Dataset data;
  data.add("a", "p", "b");
  data.add("b", "q", "a");
  data.add("b", "p", "7");
  data.commit();
  const PropertyPath p{PathLink{iri_term("p")}}, q{PathLink{iri_term("q")}};
  const PropertyPath p_star{PathZeroOrMore{p}}, q_star{PathZeroOrMore{q}},
      p_maybe{PathZeroOrOne{p}};
  const std::vector<PropertyPath> paths{
      p_star,
      p_maybe,
      {PathInverse{p_star}},
      {PathOneOrMore{p_star}},
      {PathOneOrMore{p_maybe}},
      {PathInverse{PropertyPath{PathOneOrMore{p_maybe}}}},
      {PathSequence{p_star, q_star}},
      {PathSequence{p_maybe, PropertyPath{PathOneOrMore{q_star}}}},
      {PathSequence{PropertyPath{PathSequence{p_star, q_star}}, p_maybe}},
      {PathAlternative{p_star, q_star}},
      {PathAlternative{p, q_star}},
      {PathSequence{p, q_star}},
      {PathOneOrMore{PropertyPath{PathSequence{p_star, q_star}}}},
      {PathZeroOrMore{PropertyPath{PathAlternative{p_star, PropertyPath{PathInverse{q}}}}}},
  };
  const std::vector<PatternTerm> ends{Variable{"x"},       Variable{"y"},        iri_term("a"),
                                      iri_term("unknown"), iri_term("stranger"), Term::integer(7)};
  Execution execution(data.view());
  for (std::size_t path = 0; path < paths.size(); ++path) {
    for (std::size_t subject = 0; subject < ends.size(); ++subject) {
      for (std::size_t object = 0; object < ends.size(); ++object) {
        INFO("path " << path << " ends " << subject << " " << object);
        const PathPattern pattern{ends[subject], paths[path], ends[object], {}};
        CHECK(scanned(pattern, execution) == expected(pattern, data, execution));
      }
    }
  }
}

TEST_CASE("A path of length zero starts at terms that are in no database") {
  Dataset data;
  data.add("a", "p", "b");
  data.commit();
  Execution execution(data.view());
  const PropertyPath star{PathZeroOrMore{PropertyPath{PathLink{iri_term("p")}}}};
  for (const Term& start : {iri_term("nowhere"), Term::literal("text"), Term::integer(5)}) {
    const auto scan = path_scan({start, star, Variable{"x"}, {}});
    CHECK(execution.run(*scan) == Rows{{execution.terms.intern(view_of(start))}});
    const auto itself = path_scan({start, star, start, {}});
    CHECK(execution.run(*itself).size() == 1);
  }
}

TEST_CASE("A long chain and a wide hub are walked without deep recursion") {
  Dataset data;
  for (int i = 0; i < 3000; ++i)
    data.add("n" + std::to_string(i), "p", "n" + std::to_string(i + 1));
  for (int i = 0; i < 3000; ++i)
    data.add("hub", "q", std::to_string(i + 1));
  data.commit();
  Execution execution(data.view(), 100);
  const auto plus = [](const char* name) {
    return PropertyPath{PathOneOrMore{PropertyPath{PathLink{iri_term(name)}}}};
  };
  CHECK(execution.run(*path_scan({iri_term("n0"), plus("p"), Variable{"x"}, {}})).size() == 3000);
  CHECK(execution.run(*path_scan({Variable{"x"}, plus("p"), iri_term("n3000"), {}})).size() ==
        3000);
  CHECK(execution.run(*path_scan({iri_term("hub"), plus("q"), Variable{"x"}, {}})).size() == 3000);
  CHECK(execution.run(*path_scan({Variable{"x"}, plus("q"), Variable{"y"}, {}})).size() == 3000);
}

TEST_CASE("A path of a thousand steps is no deep nesting, a thousand closures are refused") {
  Dataset data;
  data.add("a", "p", "a");
  data.commit();
  Execution execution(data.view());
  PropertyPath chain{PathLink{iri_term("p")}};
  for (int i = 0; i < 1000; ++i)
    chain = {PathSequence{chain, PropertyPath{PathLink{iri_term("p")}}}};
  CHECK(execution.run(*path_scan({Variable{"x"}, chain, Variable{"y"}, {}})).size() == 1);
  PropertyPath tower{PathLink{iri_term("p")}};
  for (int i = 0; i < 1000; ++i)
    tower = {PathOneOrMore{tower}};
  const auto scan = path_scan({Variable{"x"}, tower, Variable{"y"}, {}});
  CHECK_THROWS_AS(scan->open(execution.context), Error);
}

}  // namespace tripten::test
