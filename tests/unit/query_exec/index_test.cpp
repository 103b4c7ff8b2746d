// Index scans and index joins over a store against the same quads in a std::set.
#include <algorithm>

#include <catch2/catch.hpp>

#include "query/exec/multiplicity.h"
#include "unit/query_exec/dataset.h"

namespace tripten::test {
namespace {

struct RandomDataset : Dataset {
  explicit RandomDataset(std::mt19937& random) {
    // Nodes also stand as predicates and graphs, so that repeated variables find something.
    for (int i = 0; i < 5; ++i)
      nodes.push_back(iri("n" + std::to_string(i)));
    graphs = {kDefaultGraph, nodes[0], nodes[1], nodes[2]};
    const int count = 1 + random_below(random, 120);
    for (int i = 0; i < count; ++i) {
      const TermId object =
          random_below(random, 4) ? node(random) : number(random_below(random, 3));
      if (!object) continue;
      add(Quad{{node(random), nodes[static_cast<std::size_t>(random_below(random, 3))], object,
                graph(random)}});
    }
    commit();
  }
  TermId node(std::mt19937& random) const {
    return nodes[static_cast<std::size_t>(random_below(random, 5))];
  }
  TermId graph(std::mt19937& random) const {
    return graphs[static_cast<std::size_t>(random_below(random, 4))];
  }
  std::vector<TermId> nodes, graphs;
};

ScanTerm random_place(std::mt19937& random, const RandomDataset& data) {
  static const char* const kNames[] = {"x", "y", "z", "g"};
  if (random_below(random, 3) == 0) return {{}, data.node(random), {}};
  return {Variable{kNames[random_below(random, 4)]}, {}, {}};
}

ActiveGraph random_graph(std::mt19937& random, const RandomDataset& data) {
  ActiveGraph graph;
  graph.kind = static_cast<ActiveGraph::Kind>(random_below(random, 4));
  graph.restricted = random_below(random, 2) == 1;
  graph.graphs = {data.graph(random)};
  if (graph.kind != ActiveGraph::Kind::One) {
    graph.graphs.resize(static_cast<std::size_t>(random_below(random, 2)));
    while (random_below(random, 3))
      graph.graphs.push_back(data.graph(random));
  }
  if (graph.kind == ActiveGraph::Kind::EachNamed) graph.variable = Variable{"g"};
  return graph;
}

ScanPattern random_pattern(std::mt19937& random, const RandomDataset& data) {
  return {random_place(random, data), random_place(random, data), random_place(random, data),
          random_graph(random, data)};
}

/// The solutions of a pattern (§18.3), place by place.
Solutions expected(const RandomDataset& data, const ScanPattern& pattern, TermId current) {
  Solutions found;
  for (const Quad& quad : active_triples(data.quads, pattern.graph, current)) {
    Solution solution;
    bool matches = true;
    const auto place = [&](const ScanTerm& term, TermId value) {
      if (term.variable)
        matches = matches && solution.emplace(term.variable->name, value).first->second == value;
      else
        matches = matches && term.id == value;
    };
    place(pattern.subject, quad.subject());
    place(pattern.predicate, quad.predicate());
    place(pattern.object, quad.object());
    if (pattern.graph.kind == ActiveGraph::Kind::EachNamed)
      place({pattern.graph.variable, {}, {}}, quad.graph());
    if (matches) found.push_back(solution);
  }
  return sorted(found);
}

/// Whether the constants of a pattern are the first columns of an order.
bool fits(const ScanPattern& pattern, QuadOrder order) {
  const ScanTerm* places[] = {&pattern.subject, &pattern.predicate, &pattern.object};
  const int constants = static_cast<int>(std::count_if(
      std::begin(places), std::end(places), [](const ScanTerm* term) { return !term->variable; }));
  if (order == QuadOrder::Gspo) return constants == 0;
  for (int i = 0; i < constants; ++i)
    if (places[order_positions(order)[static_cast<std::size_t>(i)]]->variable) return false;
  return true;
}

}  // namespace

TEST_CASE("Index scans give what the quads in a set give, in every order") {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    std::mt19937 random(seed);
    const RandomDataset data(random);
    for (int round = 0; round < 12; ++round) {
      const ScanPattern pattern = random_pattern(random, data);
      const TermId current = data.graph(random);
      for (int order = 0; order < kQuadOrders; ++order) {
        if (!fits(pattern, static_cast<QuadOrder>(order))) continue;
        for (const std::size_t batch_rows : {1, 2, 1024}) {
          INFO("seed " << seed << " round " << round << " order " << order << " batch "
                       << batch_rows);
          Execution execution(data.view(), batch_rows);
          execution.context.current_graph = current;
          const auto scan = index_scan(pattern, static_cast<QuadOrder>(order));
          const Rows rows = execution.run(*scan);
          REQUIRE(solutions(scan->schema(), rows) == expected(data, pattern, current));
          CHECK(execution.run(*scan) == rows);
        }
      }
    }
  }
}

TEST_CASE("A counted scan gives each different row once, with the number of its solutions") {
  int tried = 0;
  for (unsigned seed = 1; seed <= 300; ++seed) {
    std::mt19937 random(seed);
    const RandomDataset data(random);
    const ScanPattern pattern = random_pattern(random, data);
    const TermId current = data.graph(random);
    const QuadOrder order = static_cast<QuadOrder>(random_below(random, 6));
    if (!fits(pattern, order)) continue;
    const ScanTerm* places[] = {&pattern.subject, &pattern.predicate, &pattern.object};
    std::vector<Variable> variables;  // in the order's order
    std::set<Variable> different;
    for (std::size_t i = 0; i < 3; ++i)
      if (const auto& variable = places[order_positions(order)[i]]->variable) {
        variables.push_back(*variable);
        different.insert(*variable);
      }
    if (pattern.graph.variable) different.insert(*pattern.graph.variable);
    if (different.size() != variables.size() + (pattern.graph.variable ? 1 : 0)) continue;
    ++tried;
    variables.resize(
        static_cast<std::size_t>(random_below(random, static_cast<int>(variables.size()) + 1)));
    const std::set<Variable> wanted(variables.begin(), variables.end());
    std::map<Solution, std::uint64_t> counts;
    for (Solution solution : expected(data, pattern, current)) {
      std::erase_if(solution,
                    [&](const auto& entry) { return !wanted.contains(Variable{entry.first}); });
      ++counts[solution];
    }
    for (const bool counted : {true, false})
      for (const std::size_t batch_rows : {1, 2, 1024}) {
        INFO("seed " << seed << " batch " << batch_rows);
        Execution execution(data.view(), batch_rows);
        execution.context.current_graph = current;
        const auto scan =
            counted_scan(pattern, order, wanted,
                         counted ? std::optional(multiplicity_variable(0)) : std::nullopt);
        const Rows rows = execution.run(*scan);
        REQUIRE(rows.size() == counts.size());
        for (const auto& row : rows) {
          Solution solution;
          for (std::size_t i = 0; i < variables.size(); ++i)
            solution.emplace(variables[i].name, row[i]);
          REQUIRE(counts.contains(solution));
          if (counted) REQUIRE(multiplicity_of(row.back()) == counts.at(solution));
        }
        CHECK(execution.run(*scan) == rows);
        if (variables.empty()) continue;
        // All in the ranges is still there.
        const std::vector<IdRange> ranges{{data.nodes[1], TermId(data.nodes[1].bits() + 1)},
                                          {data.nodes[3], TermId(data.nodes[4].bits() + 1)}};
        const auto in_ranges = [&](Rows all) {
          std::erase_if(all, [&](const std::vector<TermId>& row) {
            return !ranges[0].contains(row[0]) && !ranges[1].contains(row[0]);
          });
          return all;
        };
        const auto ranged =
            counted_scan(pattern, order, wanted,
                         counted ? std::optional(multiplicity_variable(0)) : std::nullopt, ranges);
        CHECK(in_ranges(execution.run(*ranged)) == in_ranges(rows));
      }
  }
  CHECK(tried > 30);
}

TEST_CASE("Index scans of ranges give the rows whose first column is in one") {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    std::mt19937 random(seed);
    const RandomDataset data(random);
    for (int round = 0; round < 12; ++round) {
      const ScanPattern pattern = random_pattern(random, data);
      std::vector<IdRange> ranges;
      for (const TermId node : data.nodes)
        if (random_below(random, 2)) ranges.push_back({node, TermId(node.bits() + 1)});
      if (random_below(random, 2)) ranges.push_back({number(1), number(3)});
      if (ranges.empty()) continue;
      for (int order = 0; order < kQuadOrders; ++order) {
        const bool starts_with_graph = static_cast<QuadOrder>(order) == QuadOrder::Gspo;
        if (starts_with_graph || !fits(pattern, static_cast<QuadOrder>(order))) continue;
        for (const std::size_t batch_rows : {1, 2, 1024}) {
          INFO("seed " << seed << " round " << round << " order " << order << " batch "
                       << batch_rows);
          Execution execution(data.view(), batch_rows);
          execution.context.current_graph = data.graph(random);
          const auto all = index_scan(pattern, static_cast<QuadOrder>(order));
          if (all->sorted_by().empty()) continue;
          const std::size_t column = all->sorted_by()[0];
          Rows rows = execution.run(*all);
          std::erase_if(rows, [&](const std::vector<TermId>& row) {
            return std::none_of(ranges.begin(), ranges.end(),
                                [&](const IdRange& range) { return range.contains(row[column]); });
          });
          const auto scan = index_scan(pattern, static_cast<QuadOrder>(order), ranges);
          CHECK(execution.run(*scan) == rows);
          CHECK(execution.run(*scan) == rows);
        }
      }
    }
  }
}

TEST_CASE("A pattern's count is the number of its solutions") {
  int counted = 0;
  for (unsigned seed = 1; seed <= 200; ++seed) {
    std::mt19937 random(seed);
    const RandomDataset data(random);
    const ScanPattern pattern = random_pattern(random, data);
    std::set<std::string> names;
    std::size_t places = 0;
    for (const auto& variable : {pattern.subject.variable, pattern.predicate.variable,
                                 pattern.object.variable, pattern.graph.variable})
      if (variable) {
        names.insert(variable->name);
        ++places;
      }
    if (names.size() != places || pattern.graph.kind == ActiveGraph::Kind::Merge) continue;
    ++counted;
    INFO("seed " << seed);
    const TermId current = data.graph(random);
    Execution execution(data.view());
    execution.context.current_graph = current;
    const auto count = pattern_count(pattern, {var("n"), var("m")});
    const auto solutions = static_cast<int>(expected(data, pattern, current).size());
    const Term wanted = Term::integer(solutions);
    const Rows rows = execution.run(*count);
    REQUIRE(rows.size() == 1);
    CHECK(execution.terms.term(rows[0][0]) == wanted);
    CHECK(execution.terms.term(rows[0][1]) == wanted);
  }
  CHECK(counted > 50);
}

TEST_CASE("Index joins give the join with the pattern's solutions") {
  for (unsigned seed = 1; seed <= 120; ++seed) {
    std::mt19937 random(seed);
    const RandomDataset data(random);
    const ScanPattern pattern = random_pattern(random, data);
    const TermId current = data.graph(random);
    std::vector<std::string> names{"w"};
    for (const char* name : {"x", "y", "z", "g"})
      if (random_below(random, 2)) names.push_back(name);
    const int unbound = random_below(random, 2) * 30;
    for (const std::size_t batch_rows : {1, 2, 1024}) {
      Execution execution(data.view(), batch_rows);
      execution.context.current_graph = current;
      const TermId local = execution.terms.intern(view_of(Term::literal("in no database")));
      REQUIRE(local.kind() == IdKind::Local);
      Rows left(static_cast<std::size_t>(random_below(random, 40)));
      for (auto& row : left) {
        for (std::size_t i = 0; i < names.size(); ++i) {
          const int kind = random_below(random, 100);
          row.push_back(kind < unbound        ? kUnbound
                        : kind < unbound + 4  ? local
                        : kind < unbound + 10 ? number(2)
                                              : data.node(random));
        }
      }
      for (const bool optional : {false, true}) {
        INFO("seed " << seed << " batch " << batch_rows << " optional " << optional);
        const auto join = index_join(rows_of(names, left), pattern, optional);
        const Rows rows = execution.run(*join);
        Solutions wanted;
        const Schema left_schema = rows_of(names, left)->schema();
        const Solutions matches = expected(data, pattern, current);
        for (const Solution& a : solutions(left_schema, left)) {
          const std::size_t before = wanted.size();
          for (const Solution& b : matches)
            if (compatible(a, b)) wanted.push_back(merged(a, b));
          if (optional && wanted.size() == before) wanted.push_back(a);
        }
        REQUIRE(solutions(join->schema(), rows) == sorted(wanted));
        CHECK(execution.run(*join) == rows);
      }
    }
  }
}

TEST_CASE("An index join keeps the order of its input, also where keys come back") {
  Dataset data;
  for (int i = 0; i < 40; ++i)
    data.add("s" + std::to_string(i % 8), "p", std::to_string(100 + i));
  data.commit();
  Rows left;
  for (int i = 0; i < 200; ++i)
    left.push_back({number(i + 1), data.iri("s" + std::to_string(i * 7 % 11))});
  Execution execution(data.view(), 16);
  const ScanPattern pattern{
      {Variable{"s"}, {}, {}}, {{}, data.iri("p"), {}}, {Variable{"o"}, {}, {}}, {}};
  const auto join = index_join(rows_of({"n", "s"}, left, {0}), pattern, true);
  CHECK(join->sorted_by() == std::vector<std::size_t>{0});
  const Rows rows = execution.run(*join);  // checks the order
  CHECK(rows.size() == 146 * 5 + 54);
}

TEST_CASE("An index join streams the matches of a key that has very many") {
  Dataset data;
  for (int i = 0; i < 9000; ++i)
    data.add("hub", "p", std::to_string(i + 1));
  data.add("leaf", "p", "1");
  data.commit();
  const ScanPattern pattern{
      {Variable{"s"}, {}, {}}, {{}, data.iri("p"), {}}, {Variable{"o"}, {}, {}}, {}};
  const Rows left{
      {data.iri("hub")}, {data.iri("leaf")}, {data.iri("none")}, {data.iri("hub")}, {kUnbound}};
  Execution execution(data.view(), 1000);
  const auto join = index_join(rows_of({"s"}, left), pattern, true);
  const Rows rows = execution.run(*join);
  REQUIRE(rows.size() == 9000 + 1 + 1 + 9000 + 9001);
  CHECK(rows[0] == std::vector<TermId>{data.iri("hub"), number(1)});
  CHECK(rows[9000] == std::vector<TermId>{data.iri("leaf"), number(1)});
  CHECK(rows[9001] == std::vector<TermId>{data.iri("none"), kUnbound});
  CHECK(execution.budget.peak() < 2'000'000);
}

TEST_CASE("An index join streams also the keys that it did not get to") {
  Dataset data;
  const TermId predicate = data.iri("p");
  for (int subject = 1; subject <= 60; ++subject)
    for (int object = 1; object <= 1200; ++object)
      data.add(Quad{{number(subject), predicate, number(object), kDefaultGraph}});
  data.commit();
  Values left{{{"s"}}, {}};  // comes in one batch: 64 of the keys are looked up together
  for (int i = 1; i <= 100; ++i)
    left.rows.push_back({Term::integer(i)});
  const ScanPattern pattern{
      {Variable{"s"}, {}, {}}, {{}, predicate, {}}, {Variable{"o"}, {}, {}}, {}};
  Execution execution(data.view());
  const auto joined = [&](bool optional) {
    return execution.run(*index_join(values_rows(left, execution.terms), pattern, optional));
  };
  CHECK(joined(true).size() == 60 * 1200 + 40);
  CHECK(joined(false).size() == 60 * 1200);
}

TEST_CASE("An index join on a term and its graph finds the term in each graph") {
  Dataset data;
  for (const char* graph : {"f", "g", "h"})
    for (const char* subject : {"a", "b"})
      data.add(subject, "p", "1", graph);
  data.add("a", "p", "2", "g");
  data.commit();
  ScanPattern pattern{
      {Variable{"s"}, {}, {}}, {{}, data.iri("p"), {}}, {Variable{"o"}, {}, {}}, {}};
  pattern.graph.kind = ActiveGraph::Kind::EachNamed;
  pattern.graph.variable = Variable{"g"};
  Rows left;
  for (const char* subject : {"a", "b", "c"})
    for (const char* graph : {"h", "f", "g", "none"})
      left.push_back({data.iri(subject), data.iri(graph)});
  Execution execution(data.view());
  CHECK(execution.run(*index_join(rows_of({"s", "g"}, left), pattern, false)).size() == 7);
}

TEST_CASE("No variable is ever bound to the default graph") {
  Dataset data;
  data.add("a", "p", "b");
  data.add("a", "p", "b", "g");
  data.commit();
  ScanPattern pattern{
      {Variable{"s"}, {}, {}}, {Variable{"p"}, {}, {}}, {Variable{"o"}, {}, {}}, {}};
  pattern.graph.kind = ActiveGraph::Kind::EachNamed;
  pattern.graph.variable = Variable{"g"};
  for (const bool restricted : {false, true}) {
    pattern.graph.restricted = restricted;
    pattern.graph.graphs = {kDefaultGraph, data.iri("g"), data.iri("empty")};
    Execution execution(data.view());
    const auto scan = index_scan(pattern, QuadOrder::Spog);
    CHECK(execution.run(*scan) ==
          Rows{{data.iri("a"), data.iri("p"), data.iri("b"), data.iri("g")}});
    const auto join = index_join(rows_of({"g"}, Rows{{kDefaultGraph}}), pattern, false);
    CHECK(execution.run(*join).empty());
  }
}

}  // namespace tripten::test
