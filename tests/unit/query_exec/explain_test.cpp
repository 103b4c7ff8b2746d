// What explain and the profile print.
#include "query/exec/explain.h"

#include <chrono>
#include <filesystem>

#include <catch2/catch.hpp>

#include "unit/query_exec/execution.h"

namespace tripten::test {

TEST_CASE("explain prints an operator a line, inputs below and indented") {
  const ScanPattern pattern{{Variable{"x"}, {}, {}},
                            {{}, TermId(IdKind::Iri, 5), Term::iri("http://ex.org/p")},
                            {{}, number(7), {}},
                            {}};
  auto scan = index_scan(pattern, QuadOrder::Posg);
  scan->estimate = 12;
  auto join = hash_join(std::move(scan), rows_of({"x", "y"}, Numbers{}), JoinKind::Left,
                        call(Function::Equal, {expr("x"), expr("y")}), {});
  auto slice = slice_rows(project_columns(std::move(join), {{"y"}, {"x"}}), 5, 10);
  CHECK(explain(*slice) ==
        "Slice OFFSET 5 LIMIT 10\n"
        "  Project ?y ?x\n"
        "    HashJoin LeftJoin on ?x, if ?x = ?y\n"
        "      IndexScan ?x <http://ex.org/p> \"7\" in order POS  (estimate 12 rows)\n"
        "      GivenRows\n");
}

TEST_CASE("A measured operator counts its rows and gives them unchanged") {
  Execution execution(empty_view(), 2);
  const auto measure = measured(rows_of({"a"}, ids({{1}, {2}, {3}}), {0}));
  CHECK(measure->sorted_by() == std::vector<std::size_t>{0});
  CHECK(explain(*measure) == "GivenRows\n");
  CHECK(execution.run(*measure) == ids({{1}, {2}, {3}}));
  CHECK_THAT(explain(*measure),
             Catch::StartsWith("GivenRows  (3 rows in ") && Catch::Contains(" ms, own "));
  execution.run(*measure);
  CHECK_THAT(explain(*measure), Catch::Contains("6 rows in ") && Catch::Contains(", 2 runs)"));
}

TEST_CASE("An operator is measured, and printed, once") {
  const auto measure = measured(measured(rows_of({"a"}, ids({{1}}))));
  CHECK(explain(*measure) == "GivenRows\n");
  Execution execution;
  execution.run(*measure);
  const std::string text = explain(*measure);
  CHECK(text.find("GivenRows") == text.rfind("GivenRows"));
}

TEST_CASE("An estimate that is off by more than 100 times is marked") {
  const auto explained = [](std::size_t rows, double estimate, std::size_t asked_for) {
    Execution execution(empty_view(), 10);
    auto input = rows_of({"a"}, Rows(rows, {number(1)}));
    input->estimate = estimate;
    const auto root = slice_rows(measured(std::move(input)), 0, asked_for);
    execution.run(*root);
    return explain(*root);
  };
  CHECK_THAT(explained(1000, 9, 1000), Catch::Contains("estimate 9 rows, off by 111 times!; 1000"));
  CHECK_THAT(explained(1000, 10, 1000), !Catch::Contains("off by"));
  CHECK_THAT(explained(0, 150, 1000), Catch::Contains("off by 150 times!"));
  CHECK_THAT(explained(0, 1, 1000), !Catch::Contains("off by"));
  // Fewer rows than expected say nothing where a LIMIT had enough.
  CHECK_THAT(explained(1000, 150'000, 1), !Catch::Contains("off by"));
  CHECK_THAT(explained(1000, 0.5, 900), Catch::Contains("off by"));
}

TEST_CASE("Each measured operator is charged with its own memory and time") {
  Execution execution;
  Rows rows;
  for (int i = 1; i <= 10'000; ++i)
    rows.push_back({number(i)});
  const auto root =
      measured(slice_rows(measured(distinct_rows(measured(rows_of({"a"}, rows)))), 0, {}));
  execution.run(*root);
  const std::vector<PlanLine> lines = plan_lines(*root);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].actual->counters.most_memory == 0);
  CHECK(lines[1].actual->counters.most_memory >= 10'000 * 8);
  CHECK(lines[1].actual->counters.most_memory <=
        static_cast<std::int64_t>(execution.budget.peak()));
  CHECK(lines[2].actual->counters.most_memory == 0);
  std::chrono::nanoseconds own{0};
  for (const PlanLine& line : lines)
    own += line.actual->counters.own_time;
  CHECK(own <= lines[0].actual->time);
}

TEST_CASE("What a sort spills is its own, and in the profile") {
  SpillSpace space({std::filesystem::temp_directory_path()});
  Execution execution(empty_view(), 1000, 400'000);
  execution.context.spill = &space;
  Rows rows;
  for (int i = 0; i < 20'000; ++i)
    rows.push_back({number(i * 7919 % 20'000 + 1)});
  const auto root =
      measured(order_rows(measured(rows_of({"a"}, rows)), {{expr("a"), false}}, {}, {}));
  execution.run(*root);
  const std::vector<PlanLine> lines = plan_lines(*root);
  CHECK(lines[0].actual->counters.spilled_bytes == space.written());
  CHECK(lines[1].actual->counters.spilled_bytes == 0);
  CHECK_THAT(plan_text(lines), Catch::Contains(" kB spilled)"));
}

TEST_CASE("A plan as JSON nests inputs in their operators, with what was measured") {
  Execution execution;
  auto scan = rows_of({"a"}, ids({{1}, {2}}));
  scan->estimate = 300;
  const auto root = measured(union_all([&] {
    std::vector<OperatorPtr> inputs;
    inputs.push_back(measured(std::move(scan)));
    inputs.push_back(slice_rows(rows_of({"a"}, ids({{3}})), 0, 1));
    return inputs;
  }()));
  CHECK(plan_json(plan_lines(*root), {}) ==
        "{\"plan\": {\"operator\": \"UnionAll\", \"details\": \"\", \"inputs\": ["
        "{\"operator\": \"GivenRows\", \"details\": \"\", \"estimated_rows\": 300}, "
        "{\"operator\": \"Slice\", \"details\": \"LIMIT 1\", \"inputs\": ["
        "{\"operator\": \"GivenRows\", \"details\": \"\"}]}]}}\n");
  execution.run(*root);
  const std::string json = plan_json(plan_lines(*root), RunFigures{5000, 70});
  CHECK_THAT(json, Catch::StartsWith("{\"peak_memory_bytes\": 5000, \"spilled_bytes\": 70, "));
  CHECK_THAT(json, Catch::Contains("\"rows\": 3, \"runs\": 1, \"ms\": "));
  CHECK_THAT(json, Catch::Contains("\"estimate_off\": 150"));
}

}  // namespace tripten::test
