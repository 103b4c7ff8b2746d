#include "rdf/writer.h"

#include <algorithm>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tripten/error.h"

#include "tests/unit/rdf/collected.h"

using namespace tripten;
using namespace std::string_literals;

namespace {

struct Quad {
  Term subject, predicate, object, graph{};
};

Statement view_of_quad(const Quad& quad) {
  return {view_of(quad.subject), view_of(quad.predicate), view_of(quad.object),
          view_of(quad.graph)};
}

std::string written(const std::vector<Quad>& quads, const RdfWriteOptions& options) {
  std::ostringstream out;
  const auto writer = make_rdf_writer(out, options);
  writer->begin_source();
  for (const Quad& quad : quads)
    writer->add(view_of_quad(quad));
  writer->finish();
  return out.str();
}

std::set<std::string> as_set(const std::vector<Quad>& quads) {
  Collected sink;
  for (const Quad& quad : quads)
    sink.add(view_of_quad(quad));
  return {sink.lines.begin(), sink.lines.end()};
}

const Term kS = Term::iri("http://ex.org/s");
const Term kP = Term::iri("http://ex.org/p");
const Term kType = Term::iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type");
const std::string kXsd = "http://www.w3.org/2001/XMLSchema#";

/// Terms that a careless writer breaks.
std::vector<Term> nasty_terms() {
  std::vector<Term> terms;
  for (const std::string& text : {""s,
                                  "\""s,
                                  "\\"s,
                                  "\\\""s,
                                  "\"\"\""s,
                                  "a\nb"s,
                                  "a\rb"s,
                                  "\r\n"s,
                                  "\t\b\f"s,
                                  "\0"s,
                                  "a\0b"s,
                                  "\x01\x02\x1F\x7F"s,
                                  "\\u0041"s,
                                  "é漢😀\U0010FFFF"s,
                                  "\uFEFF"s,
                                  "\u2028"s,
                                  "'"s,
                                  "ends with \\"s,
                                  " # no comment"s,
                                  "<x>"s,
                                  "@en"s,
                                  std::string(100'000, 'x')}) {
    terms.push_back(Term::literal(text));
    terms.push_back(Term::tagged(text, "en-GB"));
    terms.push_back(Term::typed(text, "http://ex.org/type"));
    for (const char* type : {"integer", "decimal", "double", "boolean", "date"})
      terms.push_back(Term::typed(text, kXsd + type));
  }
  for (const char* type : {"integer", "decimal", "double", "boolean", "int"})
    for (const char* text :
         {"1",    "01",    "+1", "-1",  "-0",    "1.",      "1.0",
          ".5",   "-.5",   ".",  "+",   "-",     "1e0",     "1E-3",
          "1.e5", ".5e+5", "e5", "1e",  "1.5.5", "true",    "false",
          "TRUE", "1 ",    " 1", "INF", "NaN",   "1.0e1.0", "999999999999999999999999999999",
          "0x1",  "--1"})
      terms.push_back(Term::typed(text, kXsd + type));
  for (const char* local :
       {"",        "a",    "a.b",   "a.",  ".a",  "-a",       "a-b",   "a/b", "a#b",
        "a?b=c&d", "1",    "1a",    "_",   "a:b", ":",        "a%20b", "%",   "a\\b~",
        "a'b",     "a(b)", "a,b;c", "a@b", "é",   "a*b+c=d!", "$",     "a..b"})
    if (local != "a\\b~"s) terms.push_back(Term::iri("http://ex.org/"s + local));
  for (const char* iri : {"urn:x:y", "http://other.org/x", "http://ex.org", "http://ex.org/sub/x",
                          "mailto:a@b.c", "x:", "http://ex.org/subber"})
    terms.push_back(Term::iri(iri));
  return terms;
}

RdfWriteOptions writing(Format format) {
  return {.format = format,
          .prefixes = {{"", "http://ex.org/"},
                       {"sub", "http://ex.org/sub/"},
                       {"xsd", kXsd},
                       {"hgnc.symbol", "https://identifiers.org/hgnc.symbol/"},
                       {"bad prefix", "http://other.org/"},
                       {"u", "urn:x:"}}};
}

}  // namespace

TEST_CASE("What is written is read as the same quads, however nasty the terms") {
  for (const Format format : {Format::NTriples, Format::NQuads, Format::Turtle, Format::TriG}) {
    CAPTURE(name_of(format));
    const bool has_graphs = format == Format::NQuads || format == Format::TriG;
    std::vector<Quad> quads;
    for (const Term& term : nasty_terms()) {
      quads.push_back({kS, kP, term});
      if (term.is_iri()) quads.push_back({term, term, term});
      if (term.is_iri() && has_graphs) quads.push_back({kS, kType, term, term});
      if (has_graphs) quads.push_back({kS, kP, term, Term::iri("http://ex.org/g")});
      if (has_graphs) quads.push_back({Term::blank("b"), kType, term, Term::blank("g")});
    }
    const std::string text = written(quads, writing(format));
    const auto lines = read_lines(text, format);
    CHECK(std::set<std::string>(lines.begin(), lines.end()) == as_set(quads));
    CHECK(lines.size() == quads.size());
  }
}

TEST_CASE("N-Quads is one line a quad, in canonical form") {
  CHECK(written({{kS, kP, Term::tagged("a\tb\"", "en")},
                 {Term::blank("b"), kP, Term::integer(1), Term::iri("http://ex.org/g")}},
                {.format = Format::NQuads}) ==
        "<http://ex.org/s> <http://ex.org/p> \"a\\tb\\\"\"@en .\n"
        "_:b <http://ex.org/p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> "
        "<http://ex.org/g> .\n");
}

TEST_CASE("Turtle leaves out what repeats and shortens what it can") {
  const Term a = Term::iri("http://ex.org/a"), b = Term::iri("http://ex.org/b");
  CHECK(
      written({{a, kType, b},
               {a, kP, Term::literal("x")},
               {a, kP, Term::integer(-5)},
               {a, kP, Term::typed("1.50", kXsd + "decimal")},
               {a, kP, Term::boolean(true)},
               {a, kP, Term::typed("2024-01-01", kXsd + "date")},
               {b, kP, Term::iri("http://ex.org/x/y")}},
              {.format = Format::Turtle, .prefixes = {{"ex", "http://ex.org/"}, {"xsd", kXsd}}}) ==
      "@prefix ex: <http://ex.org/> .\n"
      "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
      "\n"
      "ex:a a ex:b ;\n"
      "    ex:p \"x\", -5, 1.50, true, \"2024-01-01\"^^xsd:date .\n"
      "ex:b ex:p <http://ex.org/x/y> .\n");
}

TEST_CASE("Turtle goes on in the next line where a list of objects is long") {
  const Term s = Term::iri("http://ex.org/a-subject-with-a-long-name");
  std::vector<Quad> quads{{s, kType, kS}};
  for (int i = 10; i < 22; ++i)
    quads.push_back({s, kP, Term::literal("object number " + std::to_string(i))});
  const std::string text(120, 'x');
  quads.push_back({s, kP, Term::literal(text)});
  quads.push_back({s, kP, kS});
  quads.push_back({kS, kP, Term::literal(text)});
  const std::string expected =
      "@prefix : <http://ex.org/> .\n"
      "\n"
      ":a-subject-with-a-long-name a :s ;\n"
      "    :p \"object number 10\", \"object number 11\", \"object number 12\", "
      "\"object number 13\",\n"
      "        \"object number 14\", \"object number 15\", \"object number 16\", "
      "\"object number 17\",\n"
      "        \"object number 18\", \"object number 19\", \"object number 20\", "
      "\"object number 21\",\n"
      "        \"" +
      text +
      "\",\n"
      "        :s .\n"
      ":s :p \"" +
      text + "\" .\n";
  CHECK(written(quads, {.format = Format::Turtle, .prefixes = {{"", "http://ex.org/"}}}) ==
        expected);
}

TEST_CASE("TriG writes graphs in braces and the default graph without") {
  const Term g = Term::iri("http://ex.org/g");
  CHECK(written({{kS, kP, kS}, {kS, kP, kS, g}, {kS, kP, kP, g}, {kS, kP, kS, Term::blank("h")}},
                {.format = Format::TriG, .prefixes = {{"", "http://ex.org/"}}}) ==
        "@prefix : <http://ex.org/> .\n"
        "\n"
        ":s :p :s .\n"
        ":g {\n"
        ":s :p :s, :p .\n"
        "}\n"
        "_:h {\n"
        ":s :p :s .\n"
        "}\n");
}

TEST_CASE("The longest namespace that leaves a local name is used") {
  const auto subject = [](const std::string& iri) {
    const std::string text =
        written({{Term::iri(iri), kP, kS}}, {.format = Format::Turtle,
                                             .prefixes = {{"a", "http://ex.org/"},
                                                          {"b", "http://ex.org/b/"},
                                                          {"c", "http://ex.org/b/c"},
                                                          {"z", "http://ex.org/z"},
                                                          {"h", "http://"}}});
    return text.substr(text.find("\n\n") + 2, text.find(" a:p ") - text.find("\n\n") - 2);
  };
  CHECK(subject("http://ex.org/x") == "a:x");
  CHECK(subject("http://ex.org/b/x") == "b:x");
  CHECK(subject("http://ex.org/b/cx") == "c:x");
  CHECK(subject("http://ex.org/b/c-x") == "b:c-x");
  CHECK(subject("http://ex.org/zz") == "z:z");
  CHECK(subject("http://ex.org/b/x/y") == "<http://ex.org/b/x/y>");
  CHECK(subject("http://ex.com") == "h:ex.com");
  CHECK(subject("gopher://x") == "<gopher://x>");
}

TEST_CASE("A format with one graph refuses another one") {
  const Term g = Term::iri("http://ex.org/g"), h = Term::iri("http://ex.org/h");
  for (const Format format : {Format::NTriples, Format::Turtle}) {
    CHECK(read_lines(written({{kS, kP, kS, g}, {kS, kP, kP, g}}, {.format = format}), format)
              .size() == 2);
    CHECK_THROWS_WITH(written({{kS, kP, kS, g}, {kS, kP, kS, h}}, {.format = format}),
                      Catch::Contains("<http://ex.org/h>"));
    CHECK_THROWS_AS(written({{kS, kP, kS, g}, {kS, kP, kS}}, {.format = format}), Error);
  }
}

TEST_CASE("Blank nodes of two sources stay apart") {
  for (const Format format : {Format::NTriples, Format::TriG}) {
    std::ostringstream out;
    const auto writer = make_rdf_writer(out, {.format = format});
    const std::vector<Quad> quads{{Term::blank("x"), kP, Term::blank("x")},
                                  {Term::blank("x.s2"), kP, Term::blank("y")}};
    for (int source = 0; source < 3; ++source) {
      writer->begin_source();
      for (const Quad& quad : quads)
        writer->add(view_of_quad(quad));
    }
    writer->finish();
    const auto lines = read_lines(out.str(), format);
    CHECK(std::set<std::string>(lines.begin(), lines.end()).size() == 6);
  }
}

TEST_CASE("Labels that can't be written are spelled out, each in its own way") {
  std::vector<Quad> quads;
  for (const char* label : {"", "a b", "a.", ".a", "-a", "x-61", "a", "é", "a\nb", "x-", "_", "0"})
    quads.push_back({Term::blank(label), kP, kS});
  for (const Format format : {Format::NTriples, Format::Turtle}) {
    const auto lines = read_lines(written(quads, {.format = format}), format);
    CHECK(std::set<std::string>(lines.begin(), lines.end()).size() == quads.size());
  }
}

TEST_CASE("A stream that fails is an error, not a short file") {
  std::ostringstream out;
  out.setstate(std::ios::badbit);
  const auto writer = make_rdf_writer(out, {.format = Format::NQuads});
  writer->begin_source();
  writer->add(view_of_quad({kS, kP, kS}));
  try {
    writer->finish();
    FAIL("nothing can be written");
  } catch (const Error& error) {
    CHECK(error.code == ErrorCode::Io);
  }
}

TEST_CASE("A format that holds no graph can't be written as RDF") {
  std::ostringstream out;
  CHECK_THROWS_AS(make_rdf_writer(out, {.format = Format::Csv}), Error);
  CHECK_THROWS_AS(make_rdf_writer(out, {.format = Format::RdfXml}), Error);
}
