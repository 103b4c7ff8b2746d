// What explain and the profile print.
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
  CHECK_THAT(explain(*measure), Catch::StartsWith("GivenRows  (3 rows in "));
  execution.run(*measure);
  CHECK_THAT(explain(*measure), Catch::Contains("6 rows in ") && Catch::Contains(", 2 runs)"));
}

}  // namespace tripten::test
