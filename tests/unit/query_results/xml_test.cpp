// SPARQL Query Results XML Format.
#include "query/results/solution_reader.h"
#include "rdf/vocabulary.h"
#include "unit/query_results/reading.h"

namespace tripten {
namespace {

const std::string kOpen = "<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\">";

SolutionTable read(const std::string& text) {
  return read_text(text, Format::Xml);
}
std::string fault(const std::string& text, ErrorCode code = ErrorCode::Syntax) {
  return error_of(text, Format::Xml, code);
}

/// A document of one result.
std::string result(const std::string& inside) {
  return kOpen + "<head><variable name=\"x\"/></head><results>\n<result>" + inside +
         "</result></results></sparql>";
}
std::string binding(const std::string& term) {
  return result("<binding name=\"x\">" + term + "</binding>");
}

TEST_CASE("XML: every kind of term") {
  CHECK(read(binding("<uri>http://ex.org/?a&amp;b</uri>")).rows[0][0] ==
        Term::iri("http://ex.org/?a&b"));
  CHECK(read(binding("\n <uri>\n http://ex.org/a </uri> ")).rows[0][0] ==
        Term::iri("http://ex.org/a"));
  CHECK(read(binding("<bnode>r1</bnode>")).rows[0][0] == Term::blank("r1"));
  CHECK(read(binding("<literal> a <![CDATA[<b>]]>&#13;&#x1F600;</literal>")).rows[0][0] ==
        Term::literal(" a <b>\r😀"));
  CHECK(read(binding("<literal/>")).rows[0][0] == Term::literal(""));
  CHECK(read(binding("<literal xml:lang='en'>a</literal>")).rows[0][0] == Term::tagged("a", "en"));
  CHECK(read(binding("<literal datatype='" + std::string(kXsdInteger) + "'>1</literal>"))
            .rows[0][0] == Term::integer(1));
}

TEST_CASE("XML: prefixes, comments, links and other encodings are understood") {
  const SolutionTable table = read(
      "<?xml version='1.0' encoding='ISO-8859-1'?>\n<!-- c --><?p i?>"
      "<s:sparql xmlns:s='http://www.w3.org/2005/sparql-results#' xmlns:xsi='http://ex.org/xsi' "
      "xsi:schemaLocation='x'><s:head><s:variable name='x'/><s:link href='m'/></s:head>"
      "<s:results ordered='true' distinct='false'><s:result/><s:result><s:binding name='x'>"
      "<s:literal>\xE9</s:literal></s:binding></s:result></s:results></s:sparql>");
  CHECK(table.rows == std::vector<std::vector<Term>>{{Term()}, {Term::literal("é")}});
  CHECK(read(kOpen + "<head/><boolean> true </boolean></sparql>").boolean == true);
}

TEST_CASE("XML: what is wrong is said with its place") {
  CHECK_THAT(fault(""), Catch::EndsWith("expected an XML element, found none"));
  CHECK_THAT(fault(kOpen + "<head>"),
             Catch::EndsWith("the document ends before all its elements do"));
  CHECK_THAT(fault("<sparql/>"), Catch::Contains("<sparql> is not of the namespace"));
  CHECK_THAT(fault("<html/>"), Catch::EndsWith("expected <sparql>, found <html>"));
  CHECK_THAT(fault(kOpen + "<head/></sparql>"),
             Catch::EndsWith("the document has neither results nor a boolean"));
  CHECK_THAT(fault(kOpen + "<results/></sparql>"),
             Catch::EndsWith("expected <head> before the answer"));
  CHECK_THAT(fault(kOpen + "<head/><results/><boolean>true</boolean></sparql>"),
             Catch::EndsWith("the document has more than one answer"));
  CHECK_THAT(fault(kOpen + "<head/><boolean>yes</boolean></sparql>"),
             Catch::EndsWith("expected true or false as <boolean>, found 'yes'"));
  CHECK(fault(result("<row/>")) == "2, column 13: expected <binding>, found <row>");
  CHECK_THAT(fault(result("text")), Catch::EndsWith("expected an element, found the text 'text'"));
  CHECK_THAT(fault(binding("<uri>http://ex.org/<b/></uri>")),
             Catch::EndsWith("expected </uri>, found <b>"));
  CHECK_THAT(fault(binding("<literal></uri>")),
             Catch::EndsWith("expected </literal>, found </uri>"));
  CHECK_THAT(fault(result("<binding name='y'><bnode>b</bnode></binding>"), ErrorCode::Invalid),
             Catch::EndsWith("'y' is bound, but it is no variable of the document's head"));
  CHECK_THAT(fault(binding("")), Catch::EndsWith("the binding of 'x' has no term"));
  CHECK_THAT(fault(binding("<bnode>a</bnode><bnode>b</bnode>")),
             Catch::EndsWith("the binding of 'x' has two terms"));
  CHECK_THAT(fault(binding("<uri>a</uri>"), ErrorCode::Invalid),
             Catch::EndsWith("the IRI <a> is not absolute"));
  CHECK_THAT(fault(binding("<literal xml:lang='e n'>a</literal>"), ErrorCode::Invalid),
             Catch::EndsWith("'e n' is no language tag"));
  CHECK_THAT(fault(binding("<literal>a\xFF</literal>"), ErrorCode::Invalid),
             Catch::EndsWith("the text is not UTF-8"));
  CHECK_THAT(fault(binding("<literal>&nbsp;</literal>")), Catch::Contains("Entity 'nbsp'"));
  CHECK(fault(binding("<literal>&#0;</literal>")) != "no error");
}

TEST_CASE("XML: a document type is refused before its entities are looked at") {
  std::string laughs = "<!DOCTYPE sparql [<!ENTITY a 'ha'>";
  for (char c = 'b'; c < 'l'; ++c)
    laughs += std::string("<!ENTITY ") + c + " '" + [&] {
      std::string ten;
      for (int i = 0; i < 10; ++i)
        ten += std::string("&") + static_cast<char>(c - 1) + ";";
      return ten;
    }() + "'>";
  CHECK_THAT(fault(laughs + "]>" + binding("<literal>&k;</literal>"), ErrorCode::Invalid),
             Catch::EndsWith("a document type declaration is not read"));
  CHECK_THAT(fault("<!DOCTYPE sparql SYSTEM 'file:///etc/passwd'>" + binding("<bnode>b</bnode>"),
                   ErrorCode::Invalid),
             Catch::EndsWith("a document type declaration is not read"));
}

TEST_CASE("XML: a source that gives a byte at a time gives the same") {
  class Bytes : public Input {
   public:
    explicit Bytes(std::string text) : Input("bytes"), text_(std::move(text)) {}
    std::size_t read(char* to, std::size_t size) override {
      return at_ < text_.size() && size > 0 ? text_.copy(to, 1, at_++) : 0;
    }

   private:
    std::string text_;
    std::size_t at_ = 0;
  } input("<?xml version='1.0'?>\n" + binding("<literal xml:lang='en'>&amp;é</literal>"));
  struct Last : SolutionSink {
    Term term{};
    void begin(std::vector<std::string>) override {}
    void row(std::span<const Term> terms) override { term = terms[0]; }
    void boolean(bool) override {}
  } last;
  read_solutions(input, Format::Xml, last);
  CHECK(last.term == Term::tagged("&é", "en"));
}

TEST_CASE("XML: literals of many megabytes are read, deep nesting is refused") {
  const std::string text(20'000'000, 'x');
  CHECK(read(binding("<literal>" + text + "</literal>")).rows[0][0].value().size() == text.size());
  std::string deep = kOpen;
  for (int i = 0; i < 100'000; ++i)
    deep += "<head>";
  CHECK_THAT(fault(deep), Catch::EndsWith("expected <variable> or <link>, found <head>"));
}

}  // namespace
}  // namespace tripten
