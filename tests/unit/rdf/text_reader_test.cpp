#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/unit/rdf/collected.h"

using namespace tripten;
using namespace std::string_literals;
using Lines = std::vector<std::string>;

namespace {

const std::string kBase = "http://ex.org/dir/people";

/// Reads in pieces of one statement, of a few bytes, and as read_rdf() does: the same each time.
Lines read_in_all_pieces(const std::string& text, Format format) {
  const Lines lines = read_lines(text, format, kBase);
  for (const std::size_t piece_bytes : {1, 50}) {
    Collected sink;
    read_rdf_text(*text_input(text, "people"), reading(format, kBase), sink, piece_bytes);
    CAPTURE(text, piece_bytes);
    CHECK(sink.lines == lines);
  }
  return lines;
}

}  // namespace

TEST_CASE("Turtle's abbreviations are written out") {
  CHECK(read_in_all_pieces("@prefix ex: <http://ex.org/> .\n"
                           "ex:a a ex:B ; ex:p ex:c , 'd'@en-GB .",
                           Format::Turtle) ==
        Lines{"<http://ex.org/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
              "<http://ex.org/B> .",
              "<http://ex.org/a> <http://ex.org/p> <http://ex.org/c> .",
              "<http://ex.org/a> <http://ex.org/p> \"d\"@en-GB ."});
}

TEST_CASE("Literals come as they are written") {
  const std::string xsd = "http://www.w3.org/2001/XMLSchema#";
  const auto object = [](const std::string& text) {
    const Lines lines = read_lines(
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        "<x:s> <x:p> " +
            text + " .",
        Format::Turtle);
    REQUIRE(lines.size() == 1);
    return lines[0].substr(12, lines[0].size() - 14);
  };
  CHECK(object("\"01\"^^xsd:integer") == "\"01\"^^<" + xsd + "integer>");
  CHECK(object("\"1\"^^xsd:int") == "\"1\"^^<" + xsd + "int>");
  CHECK(object("\"1\"^^xsd:string") == "\"1\"");
  CHECK(object("007") == "\"007\"^^<" + xsd + "integer>");
  CHECK(object("-5") == "\"-5\"^^<" + xsd + "integer>");
  CHECK(object("+5") == "\"+5\"^^<" + xsd + "integer>");
  CHECK(object("1.50") == "\"1.50\"^^<" + xsd + "decimal>");
  CHECK(object(".5") == "\".5\"^^<" + xsd + "decimal>");
  CHECK(object("1e0") == "\"1e0\"^^<" + xsd + "double>");
  CHECK(object("1.E+3") == "\"1.E+3\"^^<" + xsd + "double>");
  CHECK(object("true") == "\"true\"^^<" + xsd + "boolean>");
  CHECK(object("'''a'b''c\n\"d\\u00e9'''") == "\"a'b''c\\n\\\"dé\"");
  CHECK(object("\"\"\"a\"b\"\"c\"\"\"") == "\"a\\\"b\\\"\\\"c\"");
  CHECK(object("\"\\t\\b\\n\\r\\f\\\"\\'\\\\\\U0001F600\"") == "\"\\t\\b\\n\\r\\f\\\"'\\\\😀\"");
  CHECK(object("\"chat\"@FR-be") == "\"chat\"@FR-be");
}

TEST_CASE("NUL in a string is kept, raw and escaped") {
  const Lines expected{"<x:s> <x:p> \"a\\u0000b\" ."};
  CHECK(read_in_all_pieces("<x:s> <x:p> \"a\0b\" . # \0 \n"s, Format::NTriples) == expected);
  CHECK(read_in_all_pieces("<x:s> <x:p> \"a\\u0000b\" .\n", Format::NTriples) == expected);
  CHECK(read_in_all_pieces("<x:s> <x:p> \"\"\"a\0b\"\"\" ."s, Format::Turtle) == expected);
  CHECK(read_error("<x:s\0> <x:p> 1 ."s, Format::Turtle).code == ErrorCode::Invalid);
  CHECK(read_error("<x:s> \0 <x:p> 1 ."s, Format::Turtle).code == ErrorCode::Syntax);
}

TEST_CASE("Relative IRIs resolve against the base, and @base changes it") {
  CHECK(read_in_all_pieces("<> <#p> <../b> . @base <http://other.org/x/> . <a> <a> <a> .\n"
                           "BASE <y/> <a> <a> <//h/> . @prefix p: <z#> . p:a p:b p: .",
                           Format::Turtle) ==
        Lines{"<http://ex.org/dir/people> <http://ex.org/dir/people#p> <http://ex.org/b> .",
              "<http://other.org/x/a> <http://other.org/x/a> <http://other.org/x/a> .",
              "<http://other.org/x/y/a> <http://other.org/x/y/a> <http://h/> .",
              "<http://other.org/x/y/z#a> <http://other.org/x/y/z#b> <http://other.org/x/y/z#> ."});
}

TEST_CASE("An absolute IRI is not changed") {
  CHECK(read_lines("<http://a/b/../c> <HTTP://a/%7e> <urn:x:../y> .", Format::Turtle, kBase) ==
        Lines{"<http://a/b/../c> <HTTP://a/%7e> <urn:x:../y> ."});
}

TEST_CASE("A relative IRI without base is an error, and always one in N-Triples") {
  const Error error = read_error("<http://a> <p> <http://b> .", Format::Turtle);
  CHECK(error.code == ErrorCode::Invalid);
  CHECK(error.what() == "people, line 1, column 12: the relative IRI <p> has no base"s);
  const Error in_lines = read_error("<http://a> <p> <http://b> .", Format::NTriples, kBase);
  CHECK(in_lines.code == ErrorCode::Invalid);
  CHECK(in_lines.what() == "people, line 1, column 12: the IRI '<p>' is not absolute"s);
}

TEST_CASE("Labels in the text and generated ones never meet") {
  const Lines lines = read_in_all_pieces(
      "_:b1 <x:p> [] . _:B1 <x:p> (1) . _:genid1 <x:p> _:genid_1 . _:z <x:p> _:zb1 .",
      Format::Turtle);
  REQUIRE(lines.size() == 6);
  CHECK(lines[0] == "_:b1 <x:p> _:genid1 .");
  CHECK(lines[1].starts_with("_:B1 <x:p> _:genid2"));
  CHECK(lines[4] == "_:genid_1 <x:p> _:genid__1 .");
  CHECK(lines[5] == "_:z <x:p> _:zb1 .");
}

TEST_CASE("Labels that differ in case only are different nodes") {
  CHECK(read_in_all_pieces("_:B1 <x:p> _:b1 .", Format::Turtle) == Lines{"_:B1 <x:p> _:b1 ."});
  CHECK(read_in_all_pieces("_:b1 <x:p> _:B1 .", Format::NTriples) == Lines{"_:b1 <x:p> _:B1 ."});
}

TEST_CASE("A label means one node all through the text") {
  std::string text = "_:b1 <x:p> 0 .\n";
  for (int i = 0; i < 20'000; ++i)
    text += "[] <x:p> " + std::to_string(i) + " .\n";
  const Lines lines = read_lines(text + "_:b1 <x:q> 1 .\n", Format::Turtle);
  REQUIRE(lines.size() == 20'002);
  CHECK(lines.front().starts_with("_:b1 <x:p>"));
  CHECK(lines.back().starts_with("_:b1 <x:q>"));
  CHECK(lines[20'000].starts_with("_:genid20000 "));
}

TEST_CASE("A dot ends a statement where no more of a name or number follows") {
  CHECK(read_in_all_pieces("@prefix : <x:> . :a.b :p 1.:c :p true. :d :p :e.f.<x:g><x:p>'h'@en.[]"
                           ":p 1.5.",
                           Format::Turtle) ==
        Lines{"<x:a.b> <x:p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .",
              "<x:c> <x:p> \"true\"^^<http://www.w3.org/2001/XMLSchema#boolean> .",
              "<x:d> <x:p> <x:e.f> .", "<x:g> <x:p> \"h\"@en .",
              "_:genid1 <x:p> \"1.5\"^^<http://www.w3.org/2001/XMLSchema#decimal> ."});
}

TEST_CASE("Numbers keep their datatype whatever follows them at once") {
  const std::string integer = "\"1\"^^<http://www.w3.org/2001/XMLSchema#integer>";
  CHECK(read_in_all_pieces("{<x:s><x:p>1}<x:g>{<x:s><x:p>1,1;<x:q>1.<x:t><x:p>1}", Format::TriG) ==
        Lines{"<x:s> <x:p> " + integer + " .", "<x:s> <x:p> " + integer + " <x:g> .",
              "<x:s> <x:p> " + integer + " <x:g> .", "<x:s> <x:q> " + integer + " <x:g> .",
              "<x:t> <x:p> " + integer + " <x:g> ."});
  CHECK(read_in_all_pieces("<x:s><x:p>1.", Format::Turtle) ==
        Lines{"<x:s> <x:p> " + integer + " ."});
}

TEST_CASE("Quotes and escapes stand side by side in a string in three quotes") {
  CHECK(read_in_all_pieces(R"(<x:s> <x:p> """a"\nb""\"c\"""" , ''''\u0041'\t''' .)",
                           Format::Turtle) ==
        Lines{R"(<x:s> <x:p> "a\"\nb\"\"\"c\"" .)", R"(<x:s> <x:p> "'A'\t" .)"});
}

TEST_CASE("White space may stand inside of a literal") {
  CHECK(read_in_all_pieces("<x:s> <x:p> \"x\" @en , \"1\"^^ # why not\n<x:t> , '2'\t^^<x:t> .",
                           Format::Turtle) == Lines{"<x:s> <x:p> \"x\"@en .",
                                                    "<x:s> <x:p> \"1\"^^<x:t> .",
                                                    "<x:s> <x:p> \"2\"^^<x:t> ."});
}

TEST_CASE("TriG's graphs are read, whatever pieces they are cut into") {
  const std::string text =
      "@prefix : <x:> . :s :p :o . { :s :p 'default' }\n"
      ":g { :a :p :b . :c :p :d ; :q :e . _:x :p [ :q _:x ] }\n"
      "GRAPH _:h { :a :p :b . :c :p :d . } [] { :a :p :b . :c :p :d } :empty { }\n"
      "{ :t :p :u . :v :p :w . }";
  CHECK(read_in_all_pieces(text, Format::TriG) ==
        Lines{"<x:s> <x:p> <x:o> .", "<x:s> <x:p> \"default\" .", "<x:a> <x:p> <x:b> <x:g> .",
              "<x:c> <x:p> <x:d> <x:g> .", "<x:c> <x:q> <x:e> <x:g> .",
              "_:x <x:p> _:genid1 <x:g> .", "_:genid1 <x:q> _:x <x:g> .", "<x:a> <x:p> <x:b> _:h .",
              "<x:c> <x:p> <x:d> _:h .", "<x:a> <x:p> <x:b> _:genid2 .",
              "<x:c> <x:p> <x:d> _:genid2 .", "<x:t> <x:p> <x:u> .", "<x:v> <x:p> <x:w> ."});
}

TEST_CASE("Line breaks, byte order marks and empty texts of any kind are read") {
  CHECK(read_lines("\xEF\xBB\xBF<x:s> <x:p> 1 .", Format::Turtle).size() == 1);
  CHECK(read_lines("\xEF\xBB\xBF<x:s> <x:p> \"1\" .", Format::NTriples).size() == 1);
  CHECK(read_lines("<x:s> <x:p> \"1\" .\r\n\r\n<x:s> <x:p> \"2\" . # end\r", Format::NTriples)
            .size() == 2);
  for (const Format format : {Format::NTriples, Format::NQuads, Format::Turtle, Format::TriG}) {
    CHECK(read_lines("", format).empty());
    CHECK(read_lines(" \n# nothing\n", format).empty());
    CHECK(read_lines("# nothing", format).empty());
  }
}

TEST_CASE("A read begins one source and returns its number of statements") {
  Collected sink;
  const std::string text = "<x:s> <x:p> 1 , 2 .";
  CHECK(read_rdf(*text_input(text, "people"), reading(Format::Turtle), sink) == 2);
  CHECK(sink.sources == 1);
}

TEST_CASE("A format that is not one of RDF's and a relative base are refused") {
  CHECK(read_error("", Format::Csv).code == ErrorCode::Invalid);
  CHECK(read_error("", Format::Guess).code == ErrorCode::Invalid);
  CHECK(read_error("", Format::Turtle, "people.ttl").code == ErrorCode::Invalid);
}

TEST_CASE("What a sink throws comes through") {
  class Full : public StatementSink {
   public:
    void begin_source() override {}
    void add(const Statement&) override {
      if (++count == 3) throw Error(ErrorCode::Limit, "the disk is full");
    }
    int count = 0;
  };
  for (const bool lenient : {false, true}) {
    Full sink;
    ReadOptions options = reading(Format::Turtle);
    options.lenient = lenient;
    CHECK_THROWS_WITH(
        read_rdf(*text_input("<x:s> <x:p> 1, 2, 3, 4 . <x:s> <x:q> 5 .", "people"), options, sink),
        "the disk is full");
    CHECK(sink.count == 3);
  }
}

TEST_CASE("An interrupt ends a read") {
  std::stop_source stop;
  stop.request_stop();
  const Interrupt interrupt(stop.get_token(), std::chrono::milliseconds(0));
  ReadOptions options = reading(Format::Turtle);
  options.interrupt = &interrupt;
  CHECK(read_error("<x:s> <x:p> 1 .", options).code == ErrorCode::Cancelled);
}
