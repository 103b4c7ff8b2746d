#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/unit/rdf/collected.h"

using namespace tripten;
using namespace std::string_literals;
using Lines = std::vector<std::string>;

namespace {

const std::string kRoot =
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:e=\"http://e/\"";

/// A document with this content, whose first line is the root's tag.
std::string document(const std::string& content, const std::string& attributes = "") {
  return kRoot + attributes + ">\n" + content + "</rdf:RDF>\n";
}

std::string node(const std::string& content) {
  return document("<rdf:Description rdf:about=\"http://s\">" + content + "</rdf:Description>");
}

Lines read_xml(const std::string& text, std::string base = "") {
  return read_lines(text, Format::RdfXml, std::move(base));
}

Error xml_error(const std::string& text) {
  return read_error(text, Format::RdfXml);
}

void check_error(const std::string& text, ErrorCode code, const std::string& message) {
  CAPTURE(text);
  const Error error = xml_error(text);
  CHECK(error.what() == "people, " + message);
  CHECK(error.code == code);
  CHECK(error.position);
}

}  // namespace

TEST_CASE("RDF/XML is read") {
  CHECK(read_xml(document("<e:Gene rdf:about=\"http://s\" e:symbol=\"PTEN\">\n"
                          "  <e:in rdf:resource=\"http://o\"/>\n"
                          "  <e:n rdf:datatype=\"http://t\">01</e:n>\n"
                          "  <e:l rdf:parseType=\"Literal\">a<b>c</b></e:l>\n"
                          "</e:Gene>")) ==
        Lines{"<http://s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/Gene> .",
              "<http://s> <http://e/symbol> \"PTEN\" .", "<http://s> <http://e/in> <http://o> .",
              "<http://s> <http://e/n> \"01\"^^<http://t> .",
              "<http://s> <http://e/l> \"a<b>c</b>\"^^<http://www.w3.org/1999/02/"
              "22-rdf-syntax-ns#XMLLiteral> ."});
}

TEST_CASE("rdf:ID, rdf:about and xml:base make absolute IRIs") {
  const std::string content =
      "<rdf:Description rdf:ID=\"a\"><e:p rdf:resource=\"b\"/></rdf:Description>";
  CHECK(read_xml(document(content), "http://x/d/f") ==
        Lines{"<http://x/d/f#a> <http://e/p> <http://x/d/b> ."});
  CHECK(read_xml(document(content, " xml:base=\"http://y/\""), "http://x/d/f") ==
        Lines{"<http://y/#a> <http://e/p> <http://y/b> ."});
  CHECK(read_xml(document(content, " xml:base=\"http://y/\"")) ==
        Lines{"<http://y/#a> <http://e/p> <http://y/b> ."});
}

TEST_CASE("The language in scope holds for elements and property attributes alike") {
  CHECK(read_xml(document("<rdf:Description rdf:about=\"http://s\" e:p=\"1\"><e:q>2</e:q>"
                          "<e:q xml:lang=\"EN-gb\">3</e:q><e:q xml:lang=\"\">4</e:q>"
                          "<e:q rdf:datatype=\"http://t\">5</e:q></rdf:Description>"
                          "<rdf:Description rdf:about=\"http://s\" e:p=\"6\" xml:lang=\"fr\"/>"
                          "<rdf:Description rdf:about=\"http://s\" e:p=\"7\"/>",
                          " xml:lang=\"de\"")) ==
        Lines{"<http://s> <http://e/p> \"1\"@de .", "<http://s> <http://e/q> \"2\"@de .",
              "<http://s> <http://e/q> \"3\"@EN-gb .", "<http://s> <http://e/q> \"4\" .",
              "<http://s> <http://e/q> \"5\"^^<http://t> .", "<http://s> <http://e/p> \"6\"@fr .",
              "<http://s> <http://e/p> \"7\"@de ."});
  CHECK(read_xml(node("<e:p xml:lang=\"en_US\">x</e:p>")) ==
        Lines{"<http://s> <http://e/p> \"x\"@en-US ."});
  CHECK(xml_error(node("<e:p xml:lang=\"e n\">x</e:p>")).code == ErrorCode::Invalid);
  CHECK(xml_error(node("<e:p xml:lang=\"12\" e:q=\"x\"/>")).code == ErrorCode::Invalid);
}

TEST_CASE("Blank nodes with and without rdf:nodeID never meet") {
  const Lines lines = read_xml(
      document("<rdf:Description rdf:nodeID=\"genid1\"><e:p><rdf:Description e:q=\"1\"/></e:p>"
               "</rdf:Description><rdf:Description rdf:nodeID=\"genid1\" e:q=\"2\"/>"));
  REQUIRE(lines.size() == 3);
  CHECK(std::count(lines.begin(), lines.end(), "_:genid1 <http://e/q> \"1\" .") == 1);
  CHECK(std::count(lines.begin(), lines.end(), "_:genid_1 <http://e/p> _:genid1 .") == 1);
  CHECK(std::count(lines.begin(), lines.end(), "_:genid_1 <http://e/q> \"2\" .") == 1);
}

TEST_CASE("Entities that a document declares for itself are read") {
  CHECK(read_xml("<!DOCTYPE rdf:RDF [\n<!ENTITY e \"http://e/\">\n<!ENTITY s '&e;s'>\n"
                 "<!-- <!ENTITY c \"'\"> -->\n]>\n" +
                 document("<rdf:Description rdf:about=\"&s;\"><e:p>a&lt;&#x62;&e;</e:p>"
                          "</rdf:Description>")) ==
        Lines{"<http://e/s> <http://e/p> \"a<bhttp://e/\" ."});
}

TEST_CASE("Texts in one-byte encodings are read, in the others refused") {
  CHECK(read_xml("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n" + node("<e:p>\xE9</e:p>")) ==
        Lines{"<http://s> <http://e/p> \"é\" ."});
  CHECK(read_xml("\xEF\xBB\xBF<?xml version='1.0' encoding='utf-8'?>" + node("<e:p>é</e:p>")) ==
        Lines{"<http://s> <http://e/p> \"é\" ."});
  check_error("<?xml version=\"1.0\" encoding=\"UTF-7\"?>\n" + node(""), ErrorCode::Invalid,
              "line 1, column 31: the encoding UTF-7 is not read; the text has to become UTF-8");
  CHECK(xml_error("\xFF\xFE<\0r\0"s).code == ErrorCode::Invalid);
}

TEST_CASE("An error of RDF/XML names its place and what is wrong") {
  constexpr auto kSyntax = ErrorCode::Syntax;
  constexpr auto kInvalid = ErrorCode::Invalid;
  check_error("", kSyntax, "line 1, column 1: expected an XML element, found none");
  check_error("hello", kSyntax, "line 1, column 6: expected an XML element, found none");
  check_error(document("\n  é<e:a rdf:about=\"http://s\"><e:p>x</e:q></e:a>"), kSyntax,
              "line 3, column 36: expected </e:p>, found </e:q>");
  check_error(kRoot + ">\n<e:a>", kSyntax,
              "line 2, column 6: the document ends before all its elements do");
  check_error(document("<e:a rdf:about=\"s\"/>"), kInvalid,
              "line 2, column 1: the relative IRI <s> has no base");
  check_error(document("<e:a rdf:about=\"http://s x\"/>"), kInvalid,
              "line 2, column 1: the IRI <http://s x> holds a character that no IRI can hold");
  check_error(node("<e:p>caf\xE9</e:p>"), kInvalid,
              "line 2, column 47: the text is not UTF-8: found the byte E9");
  CHECK(xml_error("<html><body>hello</body></html>").code == kSyntax);
  CHECK(xml_error(node("<x:p>1</x:p>")).code == kSyntax);
  CHECK(xml_error(document("<e:a rdf:ID=\"a\"/><e:a rdf:ID=\"a\"/>", " xml:base=\"http://x/\""))
            .code == kSyntax);
  CHECK(xml_error(document("<e:a rdf:aboutEach=\"http://s\"/>")).code == kSyntax);
}

TEST_CASE("An error of RDF/XML is one line") {
  for (const std::string& text :
       {node("<e:p>&nothing;</e:p>"), node("<e:p a=1>x</e:p>"), node("<e:p>\x01</e:p>"),
        node("<e:p><![CDATA[x</e:p>"), "<a b='<'/>"s, "<?xml?>"s, "<!DOCTYPE"s}) {
    CAPTURE(text);
    const std::string message = xml_error(text).what();
    CHECK(message.find('\n') == std::string::npos);
    CHECK_THAT(message, Catch::StartsWith("people, line "));
  }
}

TEST_CASE("Nothing but the document is read") {
  for (const std::string where : {"file:///etc/passwd", "http://127.0.0.1:9/x"}) {
    const std::string type = "<!DOCTYPE r [<!ENTITY x SYSTEM \"" + where + "\">]>\n";
    check_error(type + node("<e:p>a&x;b</e:p>"), ErrorCode::Invalid,
                "line 3, column 45: the entity x is in another file, which is not read");
    CHECK(read_xml(type + node("<e:p>ab</e:p>")).size() == 1);
    CHECK(read_xml("<!DOCTYPE r SYSTEM \"" + where + "\">\n" + node("<e:p>ab</e:p>")).size() == 1);
    CHECK(
        xml_error("<!DOCTYPE r [<!ENTITY % x SYSTEM \"" + where + "\"> %x;]>\n" + node("")).code ==
        ErrorCode::Invalid);
  }
}

TEST_CASE("Entities that grow without bounds are refused") {
  std::string laughs = "<!DOCTYPE r [\n<!ENTITY a0 \"lol\">\n";
  for (int i = 1; i < 30; ++i) {
    laughs += "<!ENTITY a" + std::to_string(i) + " \"";
    for (int j = 0; j < 10; ++j)
      laughs += "&a" + std::to_string(i - 1) + ";";
    laughs += "\">\n";
  }
  laughs += "]>\n";
  CHECK(xml_error(laughs + node("<e:p>&a29;</e:p>")).code == ErrorCode::Limit);
  CHECK(xml_error(laughs + node("<e:p e:q=\"&a20;\"/>")).code == ErrorCode::Limit);

  std::string often = "<!DOCTYPE r [<!ENTITY a \"" + std::string(100'000, 'x') + "\">]>\n";
  std::string content;
  for (int i = 0; i < 20'000; ++i)
    content += "&a;";
  CHECK(xml_error(often + node("<e:p>" + content + "</e:p>")).code == ErrorCode::Limit);

  const std::string loop = "<!DOCTYPE r [<!ENTITY a \"&b;\"> <!ENTITY b \"&a;\">]>\n";
  CHECK(xml_error(loop + node("<e:p>&a;</e:p>")).code == ErrorCode::Invalid);
}

TEST_CASE("Entities can't bring in tags, and attributes have no defaults") {
  for (const std::string value : {"<e:p/>", "&#60;e:p/>", "&#038;b;", "&#x0003C;e:p/>"}) {
    CAPTURE(value);
    const std::string type = "<!DOCTYPE r [<!ENTITY a \"" + value + "\"><!ENTITY b \"" +
                             std::string(1000, 'x') + "\">]>\n";
    CHECK_THAT(xml_error(type + node("&a;")).what(), Catch::Contains("stands for markup"));
  }
  CHECK(xml_error("<!DOCTYPE r [<!ATTLIST e:p e:q CDATA \"x\">]>\n" + node("<e:p/>")).code ==
        ErrorCode::Invalid);
}

TEST_CASE("Elements nested too deeply are refused") {
  std::string deep = kRoot + ">";
  for (int i = 0; i < 100'000; ++i)
    deep += "<e:a><e:b>";
  CHECK(xml_error(deep).code == ErrorCode::Limit);
  std::string literal = "<e:p rdf:parseType=\"Literal\">";
  for (int i = 0; i < 100'000; ++i)
    literal += "<b>";
  CHECK(xml_error(node(literal)).code == ErrorCode::Limit);
}

TEST_CASE("A text of megabytes without a tag is read") {
  const std::string text(5'000'000, 'x');
  const Lines lines = read_xml(node("<e:p>" + text + "&amp;é</e:p>"));
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].size() == text.size() + std::string("<http://s> <http://e/p> \"&é\" .").size());
}

TEST_CASE("Several threads read RDF/XML at a time") {
  std::vector<std::size_t> counts(4);
  {
    std::vector<std::jthread> threads;
    for (std::size_t& count : counts)
      threads.emplace_back([&count] {
        for (int i = 0; i < 50; ++i)
          count += read_xml(node("<e:p>1</e:p><e:p>2</e:p>")).size();
      });
  }
  CHECK(counts == std::vector<std::size_t>(4, 100));
}

TEST_CASE("UTF-16 is refused, behind a byte order mark of UTF-8 too") {
  for (const std::string& text :
       {std::string("\xFE\xFF\0<", 4), std::string("<\0r\0", 4), std::string("\uFEFF\0\0~", 6)})
    CHECK_THROWS_WITH(
        read_lines(text, Format::RdfXml),
        "people, line 1, column 1: the text is UTF-16 or UTF-32, which is not read; it "
        "has to become UTF-8");
}

TEST_CASE("What a sink throws comes through raptor2") {
  class Full : public StatementSink {
   public:
    void begin_source() override {}
    void add(const Statement&) override { throw Error(ErrorCode::Limit, "the disk is full"); }
  };
  Full sink;
  CHECK_THROWS_WITH(read_rdf(*text_input(node("<e:p>1</e:p><e:p>2</e:p>"), "people"),
                             reading(Format::RdfXml), sink),
                    "the disk is full");
}
