#include "tripten/term.h"

#include <limits>
#include <sstream>
#include <string>

#include <catch2/catch.hpp>

#include "rdf/statement.h"

using namespace tripten;
using namespace std::string_literals;

namespace {

const std::string kXsd = "http://www.w3.org/2001/XMLSchema#";

}  // namespace

TEST_CASE("A term that was not given is unbound and false") {
  CHECK_FALSE(Term());
  CHECK(Term().kind() == TermKind::Unbound);
  CHECK(Term().to_string().empty());
  CHECK(Term::literal(""));
}

TEST_CASE("A simple literal is one of xsd:string") {
  CHECK(Term::literal("x").datatype() == kXsd + "string");
  CHECK(Term::literal("x") == Term::typed("x", kXsd + "string"));
  CHECK(Term::literal("x") != Term::iri("x"));
}

TEST_CASE("A tagged literal is of rdf:langString and keeps its tag as written") {
  const Term term = Term::tagged("chat", "fr-BE");
  CHECK(term.datatype() == "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString");
  CHECK(term.language() == "fr-BE");
  CHECK(term.to_string() == "\"chat\"@fr-BE");
  CHECK(term != Term::literal("chat"));
}

TEST_CASE("Literals of equal value and different text are different terms") {
  CHECK(Term::typed("01", kXsd + "integer") != Term::typed("1", kXsd + "integer"));
  CHECK(Term::typed("1", kXsd + "int") != Term::typed("1", kXsd + "integer"));
}

TEST_CASE("Numbers are written in their canonical form") {
  CHECK(Term::integer(-42).value() == "-42");
  CHECK(Term::integer(std::numeric_limits<std::int64_t>::min()).value() == "-9223372036854775808");
  CHECK(Term::integer(1).datatype() == kXsd + "integer");
  CHECK(Term::boolean(true) == Term::typed("true", kXsd + "boolean"));
  CHECK(Term::number(1).value() == "1.0E0");
  CHECK(Term::number(-0.0).value() == "-0.0E0");
  CHECK(Term::number(0).value() == "0.0E0");
  CHECK(Term::number(1.5).value() == "1.5E0");
  CHECK(Term::number(123456.789).value() == "1.23456789E5");
  CHECK(Term::number(1e-7).value() == "1.0E-7");
  CHECK(Term::number(5e-324).value() == "5.0E-324");
  CHECK(Term::number(std::numeric_limits<double>::infinity()).value() == "INF");
  CHECK(Term::number(-std::numeric_limits<double>::infinity()).value() == "-INF");
  CHECK(Term::number(std::numeric_limits<double>::quiet_NaN()).value() == "NaN");
  CHECK(Term::number(2).datatype() == kXsd + "double");
}

TEST_CASE("A term is written as canonical N-Triples") {
  CHECK(Term::iri("http://ex.org/ä").to_string() == "<http://ex.org/ä>");
  CHECK(Term::blank("b1").to_string() == "_:b1");
  CHECK(Term::literal("a\"b\\c\nd\re\tf\bg\fh").to_string() == R"("a\"b\\c\nd\re\tf\bg\fh")");
  CHECK(Term::literal("\0\x01\x1F\x7F"s).to_string() == R"("\u0000\u0001\u001F\u007F")");
  CHECK(Term::literal("é漢😀").to_string() == "\"é漢😀\"");
  CHECK(Term::typed("1", "http://t").to_string() == "\"1\"^^<http://t>");
  CHECK(Term::iri("http://ex.org/a b>").to_string() == R"(<http://ex.org/a\u0020b\u003E>)");
  std::ostringstream out;
  out << Term::literal("x");
  CHECK(out.str() == "\"x\"");
}

TEST_CASE("Terms sort by kind, then by bytes") {
  CHECK(Term() < Term::blank("z"));
  CHECK(Term::blank("z") < Term::iri("a"));
  CHECK(Term::iri("z") < Term::literal("a"));
  CHECK(Term::literal("a") < Term::literal("b"));
}

TEST_CASE("A view of a term gives the term back") {
  for (const Term& term :
       {Term(), Term::iri("http://ex.org/"), Term::blank("b"), Term::literal(""),
        Term::literal("x\0y"s), Term::tagged("x", "en"), Term::typed("1", kXsd + "integer"),
        Term::typed("x", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")}) {
    CAPTURE(term);
    CHECK(term_of(view_of(term)) == term);
  }
  CHECK(view_of(Term::literal("x")).datatype.empty());
  CHECK(view_of(Term::tagged("x", "en")).datatype.empty());
}
