// GRAPH ?g as a loop over the named graphs.
#include <catch2/catch.hpp>

#include "unit/query_exec/dataset.h"

namespace tripten::test {
namespace {

struct Graphs : Dataset {
  Graphs() {
    add("a", "p", "b");
    add("a", "p", "c", "g");
    add("c", "p", "d", "g");
    add("a", "p", "e", "h");
    commit();
  }
  OperatorPtr current_scan(const char* subject, const char* object) {
    ScanPattern pattern{{Variable{subject}, {}, {}},
                        {{}, iri("p"), {}},
                        {Variable{object}, {}, {}},
                        {.kind = ActiveGraph::Kind::Parameter}};
    return index_scan(pattern, QuadOrder::Psog);
  }
};

}  // namespace

TEST_CASE("A loop over the named graphs binds each to its rows") {
  Graphs data;
  for (const std::size_t batch_rows : {1, 2, 1024}) {
    Execution execution(data.view(), batch_rows);
    const auto loop = graph_loop(data.current_scan("s", "o"), {"g"}, false, {});
    const Solutions wanted =
        sorted({{{"s", data.iri("a")}, {"o", data.iri("c")}, {"g", data.iri("g")}},
                {{"s", data.iri("c")}, {"o", data.iri("d")}, {"g", data.iri("g")}},
                {{"s", data.iri("a")}, {"o", data.iri("e")}, {"g", data.iri("h")}}});
    const Rows rows = execution.run(*loop);
    CHECK(solutions(loop->schema(), rows) == wanted);
    CHECK(execution.run(*loop) == rows);
    CHECK(execution.context.current_graph == kDefaultGraph);
  }
}

TEST_CASE("A restricted loop visits only its graphs, each once, empty ones too") {
  Graphs data;
  Execution execution(data.view());
  const std::vector<TermId> graphs{data.iri("h"), data.iri("h"), kDefaultGraph, data.iri("empty")};
  CHECK(execution.run(*graph_loop(data.current_scan("s", "o"), {"g"}, true, graphs)).size() == 1);
  CHECK(execution.run(*graph_loop(one_solution(), {"g"}, true, graphs)).size() == 2);
  CHECK(execution.run(*graph_loop(one_solution(), {"g"}, false, {})).size() == 2);
}

TEST_CASE("A graph variable that the rows bind must be the graph") {
  Graphs data;
  Execution execution(data.view());
  const auto loop = graph_loop(
      rows_of({"g", "n"},
              Rows{{data.iri("g"), number(1)}, {kUnbound, number(2)}, {data.iri("a"), number(3)}}),
      {"g"}, false, {});
  CHECK(solutions(loop->schema(), execution.run(*loop)) ==
        sorted({{{"g", data.iri("g")}, {"n", number(1)}},
                {{"g", data.iri("g")}, {"n", number(2)}},
                {{"g", data.iri("h")}, {"n", number(2)}}}));
}

TEST_CASE("Loops inside loops keep their graphs apart") {
  Graphs data;
  for (const std::size_t batch_rows : {1, 1024}) {
    Execution execution(data.view(), batch_rows);
    // GRAPH ?g { { ?s :p ?o } { GRAPH ?h { ?t :p ?u } } }: all pairs of quads of named graphs.
    auto inner = graph_loop(data.current_scan("t", "u"), {"h"}, false, {});
    auto both = hash_join(data.current_scan("s", "o"), std::move(inner), JoinKind::Inner, {}, {});
    const auto outer = graph_loop(std::move(both), {"g"}, false, {});
    CHECK(execution.run(*outer).size() == 9);
    auto joined = index_join(graph_loop(data.current_scan("t", "u"), {"h"}, false, {}),
                             {{Variable{"s"}, {}, {}},
                              {{}, data.iri("p"), {}},
                              {Variable{"o"}, {}, {}},
                              {.kind = ActiveGraph::Kind::Parameter}},
                             false);
    CHECK(execution.run(*graph_loop(std::move(joined), {"g"}, false, {})).size() == 9);
  }
}

}  // namespace tripten::test
