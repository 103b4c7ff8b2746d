// SPARQL 1.1 Query Results JSON Format.
#include "query/results/solution_reader.h"
#include "rdf/vocabulary.h"
#include "unit/query_results/reading.h"

namespace tripten {
namespace {

SolutionTable read(const std::string& text) {
  return read_text(text, Format::Json);
}
std::string fault(const std::string& text, ErrorCode code = ErrorCode::Syntax) {
  return error_of(text, Format::Json, code);
}

/// A document of one binding of ?x.
std::string binding(const std::string& term) {
  return R"({"head": {"vars": ["x"]}, "results": {"bindings": [{"x": )" + term + "}]}}";
}

TEST_CASE("JSON: every kind of term") {
  CHECK(read(binding(R"({"type": "uri", "value": "http://ex.org/a"})")).rows[0][0] ==
        Term::iri("http://ex.org/a"));
  CHECK(read(binding(R"({"value": "r1", "type": "bnode"})")).rows[0][0] == Term::blank("r1"));
  CHECK(read(binding(R"({"type": "literal", "value": "a\u00e9\ud83d\ude00\u0000"})")).rows[0][0] ==
        Term::literal(std::string("aé😀\0", 8)));
  CHECK(read(binding(R"({"type": "literal", "value": "a", "xml:lang": "en"})")).rows[0][0] ==
        Term::tagged("a", "en"));
  const Term one = Term::integer(1);
  const std::string type = R"(", "value": "1", "datatype": ")" + std::string(kXsdInteger) + "\"}";
  CHECK(read(binding("{\"type\": \"literal" + type)).rows[0][0] == one);
  CHECK(read(binding("{\"type\": \"typed-literal" + type)).rows[0][0] == one);
}

TEST_CASE("JSON: members come in any order, unknown ones are passed over") {
  const SolutionTable table = read(R"({
    "extra": [[{"results": 1}], null, 1e3, "x"],
    "results": {"ordered": true, "bindings": [{"y": {"type": "bnode", "value": "b", "more": {}}}, {}]},
    "head": {"link": ["http://ex.org/meta"], "vars": ["x", "y"]}})");
  CHECK(table.variables == std::vector<std::string>{"x", "y"});
  CHECK(table.rows == std::vector<std::vector<Term>>{{Term(), Term::blank("b")}, {Term(), Term()}});
  CHECK(read(R"({"boolean": true, "head": {"vars": []}})").boolean == true);
}

TEST_CASE("JSON: what is wrong is said with its place") {
  CHECK(fault("") == "1, column 1: the document ends before all its brackets are closed");
  CHECK(fault("{\"head\": {\n  \"vars\": [\"x\"") ==
        "2, column 15: the document ends before all its brackets are closed");
  CHECK(fault("[]") == "1, column 2: expected an object as the document, found an array");
  CHECK(fault("{}") == "1, column 3: the document has neither results nor a boolean");
  CHECK(fault(R"({"head": []})") == "1, column 11: expected an object as head, found an array");
  CHECK(fault(R"({"head": {"vars": [7]}})") ==
        "1, column 22: expected a string as the name of a variable, found a number or null");
  CHECK(fault(R"({"boolean": "true"})") ==
        "1, column 19: expected true or false as boolean, found a string");
  CHECK(fault(R"({"results": {"bindings": [[]]}})") ==
        "1, column 28: expected an object as a solution, found an array");
  CHECK(fault(R"({"results": {"bindings": []}})") ==
        "1, column 30: the document has no list of its variables (head, vars)");
  CHECK(fault(R"({"head": {"vars": []}, "boolean": true, "results": {"bindings": []}})") ==
        "1, column 69: the document has both a boolean and results");
  CHECK(fault(R"({"head": {"vars": ["x", "x"]}})", ErrorCode::Invalid) ==
        "1, column 28: the variable 'x' is there twice");
  CHECK(fault(R"({"head": {"vars": ["?x"]}})", ErrorCode::Invalid) ==
        "1, column 24: '?x' can't be the name of a variable");
  CHECK(fault(R"({"head": {}, "head": {}})") == "1, column 23: \"head\" is there twice");
  CHECK_THAT(fault("{\"head\": {\"vars\": [\"x\",]}}"),
             Catch::StartsWith("1, column 25: this is no JSON: unexpected ']'"));
  CHECK_THAT(fault("{} {}"), Catch::Contains("this is no JSON"));
  CHECK(fault(std::string(R"({"boolean": true})") + '\0' + "more") ==
        "1, column 18: this is no JSON: found the control character U+0000");
  CHECK_THAT(fault("{}}"), Catch::Contains("this is no JSON: unexpected '}'"));
  CHECK_THAT(fault(R"({"a": 1e999})"), Catch::Contains("this is no JSON: number overflow"));
}

TEST_CASE("JSON: wrong terms are refused") {
  CHECK_THAT(fault(binding("\"x\"")),
             Catch::Contains("expected an object as the term of a variable, found a string"));
  CHECK_THAT(fault(binding("{}")), Catch::EndsWith("the term of 'x' has no type"));
  CHECK_THAT(fault(binding(R"({"type": "uri"})")), Catch::EndsWith("the term of 'x' has no value"));
  CHECK_THAT(fault(binding(R"({"type": "iri", "value": "x"})")),
             Catch::EndsWith("expected uri, bnode or literal as the type of a term, found 'iri'"));
  CHECK_THAT(fault(binding(R"({"type": 7})")),
             Catch::EndsWith("expected a string as type, found a number or null"));
  CHECK_THAT(fault(binding(R"({"type": "uri", "value": "a b"})"), ErrorCode::Invalid),
             Catch::EndsWith("the IRI <a b> is not absolute"));
  CHECK_THAT(fault(binding(R"({"type": "uri", "value": "http://a b"})"), ErrorCode::Invalid),
             Catch::EndsWith("the IRI <http://a b> holds a character that no IRI can hold"));
  CHECK_THAT(
      fault(binding(R"({"type": "literal", "value": "a", "xml:lang": "e n"})"), ErrorCode::Invalid),
      Catch::EndsWith("'e n' is no language tag"));
  CHECK_THAT(fault(binding(R"({"type": "triple", "value": {}})"), ErrorCode::Invalid),
             Catch::EndsWith("a triple stands for a term, which RDF 1.1 has not"));
  CHECK_THAT(fault(binding(R"({"type": "literal", "value": "\ud800"})")),
             Catch::Contains("this is no JSON: invalid string: surrogate"));
  CHECK_THAT(fault(binding("{\"type\": \"literal\", \"value\": \"a\xFF\"}"), ErrorCode::Invalid),
             Catch::EndsWith("the text is not UTF-8: found the byte FF"));
  CHECK_THAT(fault(R"({"head": {"vars": ["x"]}, "results": {"bindings": [
                     {"y": {"type": "bnode", "value": "b"}}]}})",
                   ErrorCode::Invalid),
             Catch::EndsWith("'y' is bound, but it is no variable of the document's head"));
  CHECK_THAT(fault(R"({"head": {"vars": ["x"]}, "results": {"bindings": [
                     {"x": {"type": "bnode", "value": "b"}, "x": {"type": "bnode", "value": "c"}}]}})",
                   ErrorCode::Invalid),
             Catch::EndsWith("'x' is bound twice in one solution"));
}

TEST_CASE("JSON: deep nesting and long documents take no memory") {
  const std::string deep = "{\"x\": " + std::string(1'000'000, '[');
  CHECK_THAT(fault(deep), Catch::EndsWith("the document ends before all its brackets are closed"));
  const std::string early =
      R"({"results": {"bindings": [)" + std::string(17'000'000, ' ') + R"(]}, "head": {}})";
  CHECK_THAT(fault(early, ErrorCode::Limit),
             Catch::EndsWith("what stands before the list of variables is longer than 16 MB"));
}

/// As many solutions as wanted, each a million bytes, made while they are read.
class ManySolutions : public Input {
 public:
  explicit ManySolutions(int count) : Input("many"), left_(count) {
    piece_ = R"({"head": {"vars": ["x"]}, "results": {"bindings": [{})";
  }
  std::size_t read(char* to, std::size_t size) override {
    if (at_ == piece_.size()) {
      if (left_ < 0) return 0;
      piece_ = left_ == 0 ? "]}}"
                          : R"(,{"x": {"type": "literal", "value": ")" +
                                std::string(1'000'000, 'v') + "\"}}";
      --left_;
      at_ = 0;
    }
    const std::size_t got = piece_.copy(to, size, at_);
    at_ += got;
    return got;
  }

 private:
  std::string piece_{};
  std::size_t at_ = 0;
  int left_;
};

TEST_CASE("JSON: solutions are given out one by one, however many there are") {
  struct Counting : SolutionSink {
    std::size_t rows = 0, bytes = 0;
    void begin(std::vector<std::string>) override {}
    void row(std::span<const Term> terms) override {
      ++rows;
      bytes += terms[0].value().size();
    }
    void boolean(bool) override {}
  } counting;
  ManySolutions input(40);
  read_solutions(input, Format::Json, counting);
  CHECK(counting.rows == 41);
  CHECK(counting.bytes == 40'000'000);
}

}  // namespace
}  // namespace tripten
