#include "tripten/format.h"

#include <catch2/catch.hpp>

using namespace tripten;

TEST_CASE("Every format has a name that gives it back, in any case") {
  for (const Format format :
       {Format::NTriples, Format::NQuads, Format::Turtle, Format::TriG, Format::RdfXml,
        Format::Figure, Format::Csv, Format::Tsv, Format::Json, Format::Xml, Format::JsonLines,
        Format::Markdown, Format::Table, Format::Box, Format::Line, Format::Html}) {
    CAPTURE(name_of(format));
    CHECK(format_named(name_of(format)) == format);
  }
  CHECK(format_named("TTL") == Format::Turtle);
  CHECK(format_named("jsonl") == Format::JsonLines);
  CHECK_FALSE(format_named("turtle!"));
  CHECK_FALSE(format_named(""));
}

TEST_CASE("A file's format is known by its name, compressed or not") {
  CHECK(format_of_file("a.nt") == Format::NTriples);
  CHECK(format_of_file("a.nq.gz") == Format::NQuads);
  CHECK(format_of_file("dir.ttl/a.TTL.BZ2") == Format::Turtle);
  CHECK(format_of_file("a.trig.zst") == Format::TriG);
  CHECK(format_of_file("biolink_model.owl.ttl") == Format::Turtle);
  CHECK(format_of_file("owl.owl.rdf") == Format::RdfXml);
  CHECK(format_of_file("a.owl") == Format::RdfXml);
  CHECK(format_of_file("a.xml") == Format::RdfXml);
  CHECK(format_of_file("PMC1__f1.md") == Format::Figure);
  CHECK(format_of_file("a.txt") == Format::Figure);
  CHECK(format_of_file("a.tsv.gz") == Format::Tsv);
  CHECK(format_of_file("a.csv") == Format::Csv);
  CHECK(format_of_file("a.gz") == Format::Guess);
  CHECK(format_of_file("a") == Format::Guess);
  CHECK(format_of_file("a.jsonld") == Format::Guess);
  CHECK(format_of_file("a.json") == Format::Guess);
  CHECK(format_of_file("-") == Format::Guess);
}

TEST_CASE("Graphs and tables of solutions are told apart") {
  CHECK(holds_graph(Format::TriG));
  CHECK(holds_graph(Format::RdfXml));
  CHECK_FALSE(holds_graph(Format::Tsv));
  CHECK_FALSE(holds_graph(Format::Guess));
}
