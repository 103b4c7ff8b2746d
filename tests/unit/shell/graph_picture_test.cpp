// Pictures of graphs: what is drawn, and that nothing of the data gets out of its quotes.
#include "shell/graph_picture.h"

#include <catch2/catch.hpp>

#include "shell/programs.h"

namespace tripten::shell {
namespace {

const std::string kRdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const std::string kRdfs = "http://www.w3.org/2000/01/rdf-schema#";

Term ex(const std::string& name) {
  return Term::iri("http://ex.org/" + name);
}

KeptAnswer graph(std::vector<std::vector<Term>> triples) {
  return {.table = {.variables = {"subject", "predicate", "object"}, .rows = std::move(triples)},
          .is_graph = true,
          .is_complete = true,
          .prefixes = {{"ex", "http://ex.org/"}}};
}

bool has(const std::string& text, const std::string& part) {
  const bool found = text.find(part) != std::string::npos;
  if (!found) WARN(text);
  return found;
}

TEST_CASE("A picture has a node for each subject, with label, class and values, and named edges") {
  const std::string dot =
      picture_of(graph({{ex("pten"), Term::iri(kRdf + "type"), ex("Gene")},
                        {ex("pten"), Term::iri(kRdfs + "label"), Term::literal("PTEN")},
                        {ex("pten"), ex("length"), Term::integer(403)},
                        {ex("drug"), ex("targets"), ex("pten")},
                        {ex("drug"), ex("targets"), ex("pten")}}),
                 {}, {});
  CHECK(has(dot,
            "n0 [label=\"PTEN\\nex:pten\\nex:length: 403\", fillcolor=\"#9fd3f5\", "
            "tooltip=\"ex:pten\", URL=\"http://ex.org/pten\""));
  CHECK(has(dot, "n1 [label=\"ex:drug\", fillcolor=\"#e6e6e6\""));
  CHECK(has(dot, "n1 -> n0 [label=\"ex:targets\"]"));
  CHECK(dot.find("n1 -> n0") == dot.rfind("n1 -> n0"));
  CHECK(has(dot, "c0 [label=\"ex:Gene\", fillcolor=\"#9fd3f5\""));
  CHECK(has(dot, "c1 [label=\"other\", fillcolor=\"#e6e6e6\""));
}

TEST_CASE("The commonest classes have colours of their own, the others share one") {
  std::vector<std::vector<Term>> triples;
  for (int c = 0; c < 9; ++c)
    for (int i = 0; i <= 9 - c; ++i)
      triples.push_back({ex("n" + std::to_string(c) + "-" + std::to_string(i)),
                         Term::iri(kRdf + "type"), ex("C" + std::to_string(c))});
  const std::string dot = picture_of(graph(triples), {}, {});
  CHECK(has(dot, "c0 [label=\"ex:C0\""));
  CHECK(has(dot, "c6 [label=\"ex:C6\""));
  CHECK(has(dot, "c7 [label=\"other\""));
  CHECK(dot.find("ex:C8") == std::string::npos);
}

TEST_CASE("Quotes, backslashes, entities and control characters of the data stay inside labels") {
  const std::string dot = picture_of(
      graph({{ex("a"), Term::iri(kRdfs + "label"), Term::literal("x\" ]; } \\N &lt;\n\x1B[2J")}}),
      {}, {});
  CHECK(has(dot, "label=\"x\\\" ]; } \\\\N &amp;lt;↵\uFFFD[2J\\nex:a\""));
  const std::string unsafe =
      picture_of(graph({{Term::iri("javascript:alert(1)"), ex("p"), Term::blank("b1")}}), {}, {});
  CHECK(unsafe.find("URL") == std::string::npos);
  CHECK(has(unsafe, "label=\"_:b1\""));
}

TEST_CASE("Long texts and many values are cut") {
  std::vector<std::vector<Term>> triples;
  for (int i = 0; i < 6; ++i)
    triples.push_back({ex("a"), ex("p"), Term::literal(std::to_string(i) + std::string(99, 'x'))});
  const std::string dot = picture_of(graph(triples), {}, {});
  CHECK(has(dot, "ex:p: 3" + std::string(33, 'x') + "…\\n…\""));
  CHECK(dot.find("ex:p: 4") == std::string::npos);
}

TEST_CASE("A picture of too much is refused with a sentence") {
  std::vector<std::vector<Term>> triples;
  for (int i = 0; i < 500; ++i)
    triples.push_back({ex(std::to_string(i)), ex("p"), ex("q")});
  CHECK_THROWS_WITH(picture_of(graph(triples), {}, {}),
                    Catch::Contains("more than 400 nodes") && Catch::Contains("LIMIT"));
}

TEST_CASE("Solutions are drawn where two columns hold nodes") {
  KeptAnswer answer{
      .table = {.variables = {"drug", "gene", "n"},
                .rows = {{ex("d1"), ex("g1"), Term::integer(1)}, {ex("d2"), Term(), Term()}}}};
  const std::string dot = picture_of(answer, {{"e", "http://ex.org/"}}, {});
  CHECK(has(dot, "n0 [label=\"e:d1\""));
  CHECK(has(dot, "n0 -> n1 [label=\"gene\"]"));
  answer.table.rows[0][1] = Term::literal("g1");
  CHECK_THROWS_WITH(picture_of(answer, {}, {}), Catch::Contains("CONSTRUCT or DESCRIBE"));
}

TEST_CASE("Labels and classes that the graph lacks are asked for") {
  Database db = Database::in_memory();
  db.load_text(
      "@prefix ex: <http://ex.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
      "ex:a a ex:Gene, ex:Entity ; rdfs:label \"alpha\"@en, \"Älpha\"@de . ex:b ex:p 1 . ex:c a "
      "ex:Entity .",
      Format::Turtle);
  const Ask ask = [&](std::string_view text) { return db.query(text); };
  const std::string dot = picture_of(graph({{ex("a"), ex("p"), ex("b")}}), {}, ask);
  CHECK(has(dot, "n0 [label=\"alpha\\nex:a\", fillcolor=\"#9fd3f5\""));
  CHECK(has(dot, "c0 [label=\"ex:Gene\""));
}

TEST_CASE("Graphviz draws what we write") {
  if (find_program("dot").empty()) {
    WARN("skipped: Graphviz is not installed");
    return;
  }
  const std::string dot =
      picture_of(graph({{ex("a"), Term::iri(kRdfs + "label"), Term::literal("\"<&>\\\" é")},
                        {ex("a"), ex("p"), Term::blank("b")}}),
                 {}, {});
  const std::string svg = drawn_as_svg(dot, {});
  CHECK(has(svg, "<svg"));
  CHECK(has(svg, "&quot;&lt;&amp;&gt;\\&quot; é"));
  CHECK(has(svg, ">ex:p</text>"));
}

}  // namespace
}  // namespace tripten::shell
