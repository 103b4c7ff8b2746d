// SPARQL 1.1 Query Results CSV and TSV Formats.
#include "rdf/vocabulary.h"
#include "unit/query_results/reading.h"

namespace tripten {
namespace {

using Rows = std::vector<std::vector<Term>>;

std::string tsv_fault(const std::string& text, ErrorCode code = ErrorCode::Syntax) {
  return error_of(text, Format::Tsv, code);
}
std::string csv_fault(const std::string& text, ErrorCode code = ErrorCode::Syntax) {
  return error_of(text, Format::Csv, code);
}
Term tsv_term(const std::string& cell) {
  return read_text("?x\n" + cell + "\n", Format::Tsv).rows.at(0).at(0);
}

TEST_CASE("TSV: terms are written as in Turtle") {
  CHECK(tsv_term("<http://ex.org/\\u00e9>") == Term::iri("http://ex.org/é"));
  CHECK(tsv_term("_:r1.a") == Term::blank("r1.a"));
  CHECK(tsv_term("\"a\\tb\\\"\\U0001F600\"") == Term::literal("a\tb\"😀"));
  CHECK(tsv_term("'it\\'s'@en-GB") == Term::tagged("it's", "en-GB"));
  CHECK(tsv_term("\"\"\"a\"b\"\"\"") == Term::literal("a\"b"));
  CHECK(tsv_term("''") == Term::literal(""));
  CHECK(tsv_term("\"1\"^^<http://ex.org/t>") == Term::typed("1", "http://ex.org/t"));
  CHECK(tsv_term("-01") == Term::typed("-01", kXsdInteger));
  CHECK(tsv_term("+.5") == Term::typed("+.5", kXsdDecimal));
  CHECK(tsv_term("1.E-6") == Term::typed("1.E-6", kXsdDouble));
  CHECK(tsv_term("true") == Term::boolean(true));
  CHECK(tsv_term("") == Term());
}

TEST_CASE("TSV: rows, with either end of lines, and with none at the end") {
  CHECK(read_text("?x\t$y\r\n1\t\r\n\t2", Format::Tsv).rows ==
        Rows{{Term::integer(1), Term()}, {Term(), Term::integer(2)}});
  CHECK(read_text("?true\n", Format::Tsv).variables == std::vector<std::string>{"true"});
}

TEST_CASE("TSV: what is wrong is said with its place") {
  CHECK(tsv_fault("") == "1, column 1: expected a row of variables, found nothing");
  CHECK(tsv_fault("?x\ty\n") == "1, column 4: expected a variable, as ?x, found 'y'");
  CHECK(tsv_fault("true\n1\n") == "1, column 1: expected a variable, as ?x, found 'true'");
  CHECK(tsv_fault("?x\t?y\n1\n") == "2, column 1: the row ends after 1 of 2 cells");
  CHECK(tsv_fault("?x\n1\t2\n") ==
        "2, column 3: the row has more cells than the head has variables (1)");
  CHECK(tsv_fault("?x\n1 2\n") == "2, column 1: expected the end of the cell, found a blank");
  CHECK(tsv_fault("?x\n\"a\n") == "2, column 1: a string has no end: found the end of the cell");
  CHECK(tsv_fault("?x\n\"\\q\"\n") == "2, column 1: a string can't hold the escape '\\q'");
  CHECK(tsv_fault("?x\n\"\\uD800\"\n") ==
        "2, column 1: an escape stands for no character: '\\uD800'");
  CHECK(tsv_fault("?x\n\"a\"^^xsd:int\n") ==
        "2, column 1: expected a datatype in angle brackets, found 'xsd:int'");
  CHECK(tsv_fault("?x\n\"a\"^^\n") ==
        "2, column 1: expected a datatype, found the end of the cell");
  CHECK(tsv_fault("?x\n\"a\"b\n") == "2, column 1: expected the end of the cell, found 'b'");
  const std::string term = "expected an IRI, a blank node, a string, a number or a boolean, found ";
  CHECK(tsv_fault("?x\nex:a\n") == "2, column 1: " + term + "'ex:a'");
  CHECK(tsv_fault("?x\n1e\n") == "2, column 1: " + term + "'1e'");
  CHECK(tsv_fault("?x\n1.\n") == "2, column 1: expected the end of the cell, found '.'");
  CHECK(tsv_fault("?x\n_:\n") == "2, column 1: " + term + "'_:'");
  CHECK(tsv_fault("?x\n<a>\n", ErrorCode::Invalid) == "2, column 1: the IRI <a> is not absolute");
  CHECK(tsv_fault("?x\n<http://a b>\n", ErrorCode::Invalid) ==
        "2, column 1: an IRI can't hold a blank");
}

TEST_CASE("CSV: quotes, line breaks and both ends of lines") {
  const SolutionTable table =
      read_text("x,\"y\"\r\n\"a,\"\"b\"\"\r\nc\",_:r\n,\"\"\nhttp://ex.org/a,1", Format::Csv);
  CHECK(table.variables == std::vector<std::string>{"x", "y"});
  CHECK(table.rows == Rows{{Term::literal("a,\"b\"\r\nc"), Term::blank("r")},
                           {Term(), Term::literal("")},
                           {Term::literal("http://ex.org/a"), Term::literal("1")}});
  CHECK(read_text("\uFEFFx\nlast", Format::Csv).rows == Rows{{Term::literal("last")}});
  CHECK(read_text("x\n\ntrue\n", Format::Csv).rows == Rows{{Term()}, {Term::literal("true")}});
  CHECK(read_text("true\ntrue\n", Format::Csv).variables == std::vector<std::string>{"true"});
}

TEST_CASE("CSV: what is wrong is said with its place") {
  CHECK(csv_fault("") == "1, column 1: expected a row of variables, found nothing");
  CHECK(csv_fault("x,y\na\n") == "2, column 1: the row ends after 1 of 2 cells");
  CHECK(csv_fault("x,y\na,b,c\n") ==
        "2, column 5: the row has more cells than the head has variables (2)");
  CHECK(csv_fault("x\n\"a") == "2, column 1: a quote has no end");
  CHECK(csv_fault("x\na\"b\"") == "2, column 2: a quote stands inside of a field without quotes");
  CHECK(csv_fault("x\n\"a\"b") == "2, column 5: expected a comma or a line break behind a quote");
  CHECK(csv_fault("x\na\rb") == "2, column 3: a carriage return stands outside of quotes");
  CHECK(csv_fault("x,x\n", ErrorCode::Invalid) == "1, column 3: the variable 'x' is there twice");
  CHECK(csv_fault("x,\n", ErrorCode::Invalid) == "1, column 3: '' can't be the name of a variable");
  CHECK(csv_fault("x\né\xC3", ErrorCode::Invalid) ==
        "2, column 2: the text is not UTF-8: found the byte C3");
}

}  // namespace
}  // namespace tripten
