// The formats for people: box, line, html; labels and limits of rows.
#include <catch2/catch.hpp>

#include "query/output/table_cells.h"
#include "unit/query_output/written_answer.h"

namespace tripten {
namespace {

Answer genes() {
  return {.variables = {"gene", "symbol", "figures"},
          .rows = {{Term::iri("http://g.org/5728"), Term::literal("PTEN"), Term::integer(41)},
                   {Term::iri("http://g.org/7157"), Term(), Term::integer(1234)},
                   {Term::iri("http://other.org/1"), Term::tagged("食べ物", "ja"), Term()}}};
}

const WriteOptions kWithPrefix{.prefixes = {{"g", "http://g.org/"}}};

/// Genes have labels; each question is counted.
struct Names {
  int questions = 0, terms = 0;
  WriteOptions options() {
    WriteOptions with = kWithPrefix;
    with.labels = [this](const std::vector<Term>& asked) {
      ++questions;
      terms += static_cast<int>(asked.size());
      std::vector<std::string> labels;
      for (const Term& term : asked)
        labels.push_back(term.value() == "http://g.org/5728" ? "phosphatase\n\x1B[2J" : "");
      return labels;
    };
    return with;
  }
};

TEST_CASE("A box is a table with lines around its cells") {
  CHECK(genes().written(Format::Box, kWithPrefix) ==
        "┌──────────────────────┬───────────┬─────────┐\n"
        "│ gene                 │ symbol    │ figures │\n"
        "├──────────────────────┼───────────┼─────────┤\n"
        "│ g:5728               │ PTEN      │      41 │\n"
        "│ g:7157               │ ∅         │    1234 │\n"
        "│ <http://other.org/1> │ 食べ物@ja │       ∅ │\n"
        "└──────────────────────┴───────────┴─────────┘\n"
        "3 rows\n");
  CHECK(written_boolean(Format::Box, true) == "true\n");
  CHECK(Answer{.variables = {"x"}, .rows = {}}.written(Format::Box) ==
        "┌───┐\n│ x │\n├───┤\n└───┘\n0 rows\n");
}

TEST_CASE("A box fits into the terminal with its lines") {
  Answer answer{.variables = {"a", "b"},
                .rows = {{Term::literal("short"), Term::literal(std::string(100, 'x'))}}};
  CHECK(answer.written(Format::Box, {.width = 20}) ==
        "┌───────┬──────────┐\n"
        "│ a     │ b        │\n"
        "├───────┼──────────┤\n"
        "│ short │ xxxxxxx… │\n"
        "└───────┴──────────┘\n"
        "1 row\n");
}

TEST_CASE("Of a long IRI the end is shown, and its label") {
  const auto fitted = [](std::string_view text, std::size_t width) {
    std::string scratch;
    return std::string(fit(text, width, scratch));
  };
  CHECK(fitted("<http://ex.org/vocabulary/5728>", 15) == "<…abulary/5728>");
  CHECK(fitted("<http://ex.org/5728> PTEN", 20) == "<…/ex.org/5728> PTEN");
  CHECK(fitted("<http://ex.org/食べ物>", 11) == "<…g/食べ物>");
  CHECK(fitted("<http://ex.org/食べ物>", 10) == "<…/食べ物>");
  CHECK(fitted("<http://ex.org/5728> a long label", 24) == "<…org/5728> a long label");
  CHECK(fitted("<http://ex.org/5728> a long label", 22) == "<…//ex.org/5728> a lo…");
  CHECK(fitted("<p:1> a long label", 12) == "<p:1> a lon…");
  CHECK(fitted("<http://ex.org/5728> a long label", 15) == "<http://ex.org…");
  CHECK(fitted("<http://ex.org/5728>", 7) == "<http:…");
  CHECK(fitted("<p> a literal", 10) == "<p> a lit…");
}

TEST_CASE("Of many rows a table shows the first and counts the others") {
  Answer answer{.variables = {"n"}, .rows = {}};
  for (int i = 0; i < 7; ++i)
    answer.rows.push_back({Term::integer(i == 6 ? 123'456'789 : i)});
  CHECK(answer.written(Format::Table, {.rows = 3}) == "n\n-\n0\n1\n2\n7 rows (3 shown)\n");
  CHECK(answer.written(Format::Table, {.rows = 3, .footer = false}) == "n\n-\n0\n1\n2\n");
  answer.rows.resize(3);
  CHECK(answer.written(Format::Table, {.rows = 3}) == "n\n-\n0\n1\n2\n3 rows\n");
}

TEST_CASE("A line format gives each value a line") {
  CHECK(genes().written(Format::Line, kWithPrefix) ==
        "gene    = g:5728\nsymbol  = PTEN\nfigures = 41\n\n"
        "gene    = g:7157\nsymbol  = ∅\nfigures = 1234\n\n"
        "gene    = <http://other.org/1>\nsymbol  = 食べ物@ja\nfigures = ∅\n");
  CHECK(written_boolean(Format::Line, false) == "false\n");
}

TEST_CASE("HTML escapes what would be markup, and links to the web alone") {
  Answer answer{.variables = {"a<b", "c"},
                .rows = {{Term::iri("http://g.org/1"), Term::literal("<i>&\"x\"\n\x1B\x7F")},
                         {Term::iri("javascript:alert(1)"), Term::integer(7)},
                         {Term::iri("http://x.org/?a&\"b"), Term::tagged("chat", "fr")},
                         {Term::blank("r"), Term()}}};
  CHECK(answer.written(Format::Html, kWithPrefix) ==
        "<table>\n<thead>\n<tr><th>a&lt;b</th><th>c</th></tr>\n</thead>\n<tbody>\n"
        "<tr><td><a href=\"http://g.org/1\">g:1</a></td>"
        "<td>&lt;i&gt;&amp;&quot;x&quot;<br>\uFFFD\uFFFD</td></tr>\n"
        "<tr><td>&lt;javascript:alert(1)&gt;</td><td align=\"right\">7</td></tr>\n"
        "<tr><td><a href=\"http://x.org/?a&amp;&quot;b\">&lt;http://x.org/?a&amp;&quot;b&gt;</a>"
        "</td><td lang=\"fr\">chat</td></tr>\n"
        "<tr><td>_:r</td><td></td></tr>\n"
        "</tbody>\n</table>\n");
  CHECK(written_boolean(Format::Html, true) == "<p>true</p>\n");
}

TEST_CASE("Labels stand behind IRIs, without control characters") {
  Names names;
  CHECK(genes().written(Format::Table, names.options()) ==
        "gene                     symbol     figures\n"
        "-----------------------  ---------  -------\n"
        "g:5728 phosphatase↵\uFFFD[2J  PTEN            41\n"
        "g:7157                   ∅             1234\n"
        "<http://other.org/1>     食べ物@ja        ∅\n"
        "3 rows\n");
  CHECK(names.terms == 3);
  CHECK(genes()
            .written(Format::Line, names.options())
            .starts_with("gene    = g:5728 phosphatase↵\uFFFD[2J\n"));
  CHECK(genes()
            .written(Format::Html, names.options())
            .find("g:5728</a> phosphatase<br>\uFFFD[2J</td>") != std::string::npos);
}

TEST_CASE("Labels are asked for once for each IRI, and for rows that are shown alone") {
  Answer answer{.variables = {"x"}, .rows = {}};
  for (int i = 0; i < 10; ++i)
    answer.rows.push_back({Term::iri("http://g.org/" + std::to_string(i % 2))});
  Names names;
  answer.written(Format::Table, names.options());
  CHECK(names.questions == 1);
  CHECK(names.terms == 2);
  answer.rows.push_back({Term::iri("http://g.org/hidden")});
  Names few;
  WriteOptions options = few.options();
  options.rows = 4;
  answer.written(Format::Table, options);
  CHECK(few.terms == 2);
}

}  // namespace
}  // namespace tripten
