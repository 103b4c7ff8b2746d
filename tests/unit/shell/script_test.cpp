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
  CHECK(statements[1].first_line == 3);
  CHECK(statements[1].text == "\nSELECT * { ?s ?p '''a;\nb;\n''' } ");
  CHECK_FALSE(statements[2].is_ended);
}

TEST_CASE("A dot command ends with its line, one with a statement where brackets are closed") {
  const auto statements =
      split_script(".print a { b\n.explain SELECT * {\n ?s ?p ?o\n} ;\n.count {\n");
  REQUIRE(statements.size() == 3);
  CHECK(statements[0].text == ".print a { b");
  CHECK(statements[1].text == ".explain SELECT * {\n ?s ?p ?o\n} ");
  CHECK(statements[1].first_line == 2);
  CHECK(statements[1].kind == StatementKind::DotCommand);
  CHECK_FALSE(statements[2].is_ended);
}

TEST_CASE("Parameters that a script declares stand before statements after them that have any") {
  const auto statements = split_script(
      "# param: a 1\nASK { ?s ?p {{a}} } ;\n# param: b 2\nASK { {{a}} ?p {{b}} } ;\nASK {} ;\n"
      ".count ?s ?p {{b}}");
  REQUIRE(statements.size() == 4);
  CHECK(statements[0].text == "# param: a 1\nASK { ?s ?p {{a}} } ");
  CHECK(statements[0].first_line == 1);
  CHECK(statements[1].text == "# param: a 1\n\n# param: b 2\nASK { {{a}} ?p {{b}} } ");
  CHECK(statements[1].first_line == 1);
  CHECK(statements[2].text == "\nASK {} ");
  CHECK(statements[2].first_line == 4);
  CHECK(statements[3].text == "# param: a 1\n# param: b 2\n.count ?s ?p {{b}}");
  CHECK(statements[3].first_line == 4);
  CHECK(statements[3].line == 6);
}

TEST_CASE("The pieces of a script are one script") {
  ScriptSplitter splitter;
  CHECK(splitter.take("# param: a 1\nASK {} ;\n").size() == 1);
  const auto statements = splitter.take("\nASK { {{a}} } ;\n");
  REQUIRE(statements.size() == 1);
  CHECK(statements[0].text == "# param: a 1\n\nASK { {{a}} } ");
  CHECK(statements[0].first_line == 2);
  CHECK(statements[0].line == 4);
}

TEST_CASE("A script of many statements is as large as its text") {
  std::string script;
  constexpr std::size_t kStatements = 20'000;
  for (std::size_t i = 0; i < kStatements; ++i)
    script += "ASK {} ;\n";
  std::size_t bytes = 0;
  for (const ScriptStatement& statement : split_script(script))
    bytes += statement.text.size();
  CHECK(bytes < script.size());
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
