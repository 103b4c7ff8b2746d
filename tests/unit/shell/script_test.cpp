// Scripts, cut into statements.
#include "shell/script.h"

#include <catch2/catch.hpp>

namespace tripten::shell {
namespace {

TEST_CASE("A statement ends at a semicolon at the end of a line outside brackets and strings") {
  const auto statements = split_script(
      "ASK { ?s ?p \"x;\n\" ;\n } ;\nSELECT * { ?s ?p '''a;\nb;\n''' } ; # the end\nASK {}");
  REQUIRE(statements.size() == 3);
  CHECK(statements[0].is_ended);
  CHECK(statements[1].line == 4);
  CHECK(statements[1].text.starts_with("\n\n\n"));
  CHECK_FALSE(statements[2].is_ended);
}

TEST_CASE("A dot command ends with its line, one with a statement where brackets are closed") {
  const auto statements =
      split_script(".print a { b\n.explain SELECT * {\n ?s ?p ?o\n} ;\n.count {\n");
  REQUIRE(statements.size() == 3);
  CHECK(statements[0].text == ".print a { b");
  CHECK(statements[1].text == "\n.explain SELECT * {\n ?s ?p ?o\n} ");
  CHECK(statements[1].kind == StatementKind::DotCommand);
  CHECK_FALSE(statements[2].is_ended);
}

TEST_CASE("Parameters that a script declares stand in all statements after them, on their lines") {
  const auto statements = split_script("# param: a 1\nASK {} ;\n# param: b 2\nASK {}");
  REQUIRE(statements.size() == 2);
  CHECK(statements[0].text == "# param: a 1\nASK {} ");
  CHECK(statements[1].text == "# param: a 1\n\n# param: b 2\nASK {}");
}

TEST_CASE("Lines tell where a statement ends, each looked at once") {
  StatementLines lines;
  for (const char* line : {"SELECT * {", " ?s ?p \"\"\"a ;", "} ;", "\"\"\" ;", "}"}) {
    lines.take(line);
    CHECK_FALSE(lines.is_ended());
  }
  CHECK(lines.depth() == 0);
  lines.take("; # done");
  CHECK(lines.is_ended());
  StatementLines print;
  print.take(".print a { b");
  CHECK(print.is_ended());
  StatementLines dot;
  dot.take(".explain ASK {");
  CHECK_FALSE(dot.is_ended());
  dot.take("}");
  CHECK(dot.is_ended());
}

}  // namespace
}  // namespace tripten::shell
