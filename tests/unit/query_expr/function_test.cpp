// The functions of §17.4.2 to §17.4.6. Expected values are the recommendation's own examples where
// it gives some.
#include <regex>
#include <set>

#include <catch2/catch.hpp>

#include "unit/query_expr/expression_fixture.h"

namespace tripten {
namespace {

constexpr std::string_view kTrue = "\"true\"^^xsd:boolean";
constexpr std::string_view kFalse = "\"false\"^^xsd:boolean";

TEST_CASE("Terms are told by their kind") {
  ExpressionFixture f;
  f.bind("x", {Term::iri("http://a"), Term::blank("b"), Term::literal("x"), Term::integer(1),
               Term::typed("x", kXsdInteger), Term()});
  const auto kinds = [&f](Function function) {
    std::string out;
    for (const Truth truth : f.truths(call(function, var("x"))))
      out += truth == Truth::Error ? 'E' : (truth == Truth::True ? 'T' : 'F');
    return out;
  };
  CHECK(kinds(Function::IsIri) == "TFFFFE");
  CHECK(kinds(Function::IsBlank) == "FTFFFE");
  CHECK(kinds(Function::IsLiteral) == "FFTTTE");
  CHECK(kinds(Function::IsNumeric) == "FFFTFE");
}

TEST_CASE("Str, Lang and Datatype take terms apart") {
  ExpressionFixture f;
  CHECK(f.value(call(Function::Str, iri("http://a"))) == "\"http://a\"");
  CHECK(f.value(call(Function::Str, typed("01", kXsdInteger))) == "\"01\"");
  CHECK(f.value(call(Function::Str, tagged("x", "en"))) == "\"x\"");
  CHECK(f.value(call(Function::Lang, tagged("x", "en-GB"))) == "\"en-GB\"");
  CHECK(f.value(call(Function::Lang, text("x"))) == "\"\"");
  CHECK(f.value(call(Function::Lang, iri("http://a"))) == "error");
  CHECK(f.value(call(Function::Datatype, text("x"))) ==
        "<http://www.w3.org/2001/XMLSchema#string>");
  CHECK(f.value(call(Function::Datatype, tagged("x", "en"))) ==
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>");
  CHECK(f.value(call(Function::Datatype, integer(1))) ==
        "<http://www.w3.org/2001/XMLSchema#integer>");
  CHECK(f.value(call(Function::Datatype, iri("http://a"))) == "error");
  f.bind("b", {Term::blank("x")});
  CHECK(f.value(call(Function::Str, var("b"))) == "error");
}

TEST_CASE("Iri resolves against the query's base") {
  ExpressionFixture f;
  CHECK(f.value(call(Function::Iri, text("http://a"))) == "<http://a>");
  CHECK(f.value(call(Function::Iri, text("a"))) == "error");
  f.context.base = "http://ex.org/b/c";
  CHECK(f.value(call(Function::Iri, text("a"))) == "<http://ex.org/b/a>");
  CHECK(f.value(call(Function::Iri, iri("http://a"))) == "<http://a>");
  CHECK(f.value(call(Function::Iri, text("a b"))) == "error");
  CHECK(f.value(call(Function::Iri, integer(1))) == "error");
}

TEST_CASE("StrDt and StrLang make literals of simple ones") {
  ExpressionFixture f;
  CHECK(f.value(call(Function::StrDt, text("123"), iri(kXsdInteger))) == "\"123\"^^xsd:integer");
  CHECK(f.value(call(Function::StrDt, text("x"), iri(kXsdString))) == "\"x\"");
  CHECK(f.value(call(Function::StrDt, text("iiii"), iri("http://example/romanNumeral"))) ==
        "\"iiii\"^^<http://example/romanNumeral>");
  CHECK(f.value(call(Function::StrDt, tagged("x", "en"), iri(kXsdString))) == "error");
  CHECK(f.value(call(Function::StrDt, text("x"), text("y"))) == "error");
  CHECK(f.value(call(Function::StrLang, text("chat"), text("en"))) == "\"chat\"@en");
  CHECK(f.value(call(Function::StrLang, tagged("chat", "fr"), text("en"))) == "error");
  CHECK(f.value(call(Function::StrLang, integer(1), text("en"))) == "error");
  CHECK(f.value(call(Function::StrLang, text("chat"), text("e n"))) == "error");
}

TEST_CASE("StrLen and SubStr count code points") {
  ExpressionFixture f;
  CHECK(f.value(call(Function::StrLen, text("chat"))) == "\"4\"^^xsd:integer");
  CHECK(f.value(call(Function::StrLen, tagged("食べ物", "ja"))) == "\"3\"^^xsd:integer");
  CHECK(f.value(call(Function::StrLen, text("\U0001F600"))) == "\"1\"^^xsd:integer");
  CHECK(f.value(call(Function::StrLen, integer(1))) == "error");
  CHECK(f.value(call(Function::SubStr, text("foobar"), integer(4))) == "\"bar\"");
  CHECK(f.value(call(Function::SubStr, tagged("foobar", "en"), integer(4))) == "\"bar\"@en");
  CHECK(f.value(call(Function::SubStr, text("foobar"), integer(4), integer(1))) == "\"b\"");
  CHECK(f.value(call(Function::SubStr, text("食べ物"), integer(2), integer(1))) == "\"べ\"");
  CHECK(f.value(call(Function::SubStr, text("abc"), integer(0), integer(2))) == "\"a\"");
  CHECK(f.value(call(Function::SubStr, text("abc"), integer(-5), integer(100))) == "\"abc\"");
  CHECK(f.value(call(Function::SubStr, text("abc"), integer(4))) == "\"\"");
  CHECK(f.value(call(Function::SubStr, text("abc"), integer(2), integer(-1))) == "\"\"");
  CHECK(f.value(call(Function::SubStr, text("12345"), typed("1.5", kXsdDecimal),
                     typed("2.6", kXsdDecimal))) == "\"234\"");
  CHECK(f.value(call(Function::SubStr, text("abc"), typed("NaN", kXsdDouble))) == "\"\"");
  CHECK(f.value(call(Function::SubStr, text("abc"), integer(1), typed("INF", kXsdDouble))) ==
        "\"abc\"");
  CHECK(f.value(call(Function::SubStr, text("abc"), typed("1e300", kXsdDouble))) == "\"\"");
  CHECK(f.value(call(Function::SubStr, text("abc"), typed("-INF", kXsdDouble),
                     typed("INF", kXsdDouble))) == "\"\"");
  CHECK(f.value(call(Function::SubStr, text("abc"), text("1"))) == "error");
}

TEST_CASE("UCase and LCase know Unicode") {
  ExpressionFixture f;
  CHECK(f.value(call(Function::UCase, text("foo"))) == "\"FOO\"");
  CHECK(f.value(call(Function::UCase, tagged("straße é", "de"))) == "\"STRASSE É\"@de");
  CHECK(f.value(call(Function::LCase, text("BAR ÀÉ МЕК"))) == "\"bar àé мек\"");
  CHECK(f.value(call(Function::LCase, iri("http://A"))) == "error");
}

TEST_CASE("Two strings need compatible languages (§17.4.3.1.2)") {
  ExpressionFixture f;
  const auto starts = [&f](const Expression& a, const Expression& b) {
    return f.value(call(Function::StrStarts, a, b));
  };
  CHECK(starts(text("foobar"), text("foo")) == kTrue);
  CHECK(starts(tagged("foobar", "en"), text("foo")) == kTrue);
  CHECK(starts(tagged("foobar", "en"), tagged("foo", "EN")) == kTrue);
  CHECK(starts(tagged("foobar", "en"), tagged("foo", "fr")) == "error");
  CHECK(starts(text("foobar"), tagged("foo", "en")) == "error");
  CHECK(starts(text("foobar"), integer(1)) == "error");
  CHECK(starts(text("foobar"), text("bar")) == kFalse);
  CHECK(f.value(call(Function::StrEnds, text("foobar"), text("bar"))) == kTrue);
  CHECK(f.value(call(Function::StrEnds, text("foobar"), text("foo"))) == kFalse);
  CHECK(f.value(call(Function::Contains, text("foobar"), text("oba"))) == kTrue);
  CHECK(f.value(call(Function::Contains, text("foobar"), text(""))) == kTrue);
  CHECK(f.value(call(Function::Contains, text("foobar"), text("x"))) == kFalse);
}

TEST_CASE("StrBefore and StrAfter keep the language of what they find") {
  ExpressionFixture f;
  const auto before = [&f](const Expression& a, const Expression& b) {
    return f.value(call(Function::StrBefore, a, b));
  };
  CHECK(before(text("abc"), text("b")) == "\"a\"");
  CHECK(before(tagged("abc", "en"), text("bc")) == "\"a\"@en");
  CHECK(before(tagged("abc", "en"), tagged("b", "cy")) == "error");
  CHECK(before(text("abc"), text("xyz")) == "\"\"");
  CHECK(before(tagged("abc", "en"), tagged("z", "en")) == "\"\"");
  CHECK(before(tagged("abc", "en"), text("")) == "\"\"@en");
  const auto after = [&f](const Expression& a, const Expression& b) {
    return f.value(call(Function::StrAfter, a, b));
  };
  CHECK(after(text("abc"), text("b")) == "\"c\"");
  CHECK(after(tagged("abc", "en"), text("ab")) == "\"c\"@en");
  CHECK(after(text("abc"), text("xyz")) == "\"\"");
  CHECK(after(tagged("abc", "en"), text("")) == "\"abc\"@en");
}

TEST_CASE("EncodeForUri, Concat and LangMatches") {
  ExpressionFixture f;
  CHECK(f.value(call(Function::EncodeForUri, text("Los Angeles"))) == "\"Los%20Angeles\"");
  CHECK(f.value(call(Function::EncodeForUri, tagged("ä~-._/", "de"))) == "\"%C3%A4~-._%2F\"");
  CHECK(f.value(call(Function::Concat, text("foo"), text("bar"))) == "\"foobar\"");
  CHECK(f.value(call(Function::Concat, tagged("foo", "en"), tagged("bar", "en"))) ==
        "\"foobar\"@en");
  CHECK(f.value(call(Function::Concat, tagged("foo", "en"), text("bar"))) == "\"foobar\"");
  CHECK(f.value(call(Function::Concat)) == "\"\"");
  CHECK(f.value(call(Function::Concat, text("foo"), integer(1))) == "error");
  CHECK(f.value(call(Function::LangMatches, text("en-GB"), text("EN"))) == kTrue);
  CHECK(f.value(call(Function::LangMatches, text("eng"), text("en"))) == kFalse);
  CHECK(f.value(call(Function::LangMatches, text("en"), text("*"))) == kTrue);
  CHECK(f.value(call(Function::LangMatches, text(""), text("*"))) == kFalse);
  CHECK(f.value(call(Function::LangMatches, text("de-CH"), text("de-ch"))) == kTrue);
}

TEST_CASE("Regex matches anywhere and knows XPath's flags") {
  ExpressionFixture f;
  const auto matches = [&f](std::string_view subject, std::string_view pattern,
                            std::string_view flags) {
    return f.value(call(Function::Regex, text(subject), text(pattern), text(flags)));
  };
  CHECK(f.value(call(Function::Regex, text("Alice"), text("li"))) == kTrue);
  CHECK(f.value(call(Function::Regex, tagged("Alice", "en"), text("^ali"), text("i"))) == kTrue);
  CHECK(matches("Alice", "^ali", "") == kFalse);
  CHECK(matches("a\nb", "a.b", "") == kFalse);
  CHECK(matches("a\nb", "a.b", "s") == kTrue);
  CHECK(matches("a\nb", "^b", "") == kFalse);
  CHECK(matches("a\nb", "^b", "m") == kTrue);
  CHECK(matches("ab", "a b", "x") == kTrue);
  CHECK(matches("a b", "a[ ]b", "x") == kTrue);
  CHECK(matches("a.b", "a.b", "q") == kTrue);
  CHECK(matches("axb", "a.b", "q") == kFalse);
  CHECK(matches("A.B", "a.b", "qi") == kTrue);
  CHECK(matches("食べ物", "^...$", "") == kTrue);
  CHECK(matches("é", "^\\p{L}$", "") == kTrue);
  CHECK(f.value(call(Function::Regex, integer(5), text("5"))) == "error");
  CHECK(f.value(call(Function::Regex, text("a"), tagged("a", "en"))) == "error");
}

TEST_CASE("A wrong constant pattern is refused, a wrong computed one is an error") {
  ExpressionFixture f;
  const auto pattern = [](std::string_view text_of_pattern) {
    return call(Function::Regex, text("a"), text(text_of_pattern));
  };
  CHECK_THROWS_WITH(f.value(pattern("(")), Catch::Contains("the pattern \"(\" cannot be used"));
  CHECK_THROWS_WITH(f.value(pattern("(a)\\1")), Catch::Contains("back references"));
  CHECK_THROWS_WITH(f.value(pattern("(?=a)")), Catch::Contains("look-around"));
  CHECK_THROWS_WITH(f.value(call(Function::Regex, text("a"), text("a"), text("z"))),
                    Catch::Contains("flags \"z\""));
  f.bind("p", {Term::literal("("), Term::literal("a"), Term::literal("(a)\\1")});
  CHECK(f.truths(call(Function::Regex, text("a"), var("p"))) ==
        std::vector{Truth::Error, Truth::True, Truth::Error});
}

TEST_CASE("Patterns that would be slow elsewhere are not, and large ones are refused") {
  ExpressionFixture f;
  const std::string subject(2000, 'a');
  CHECK(f.value(call(Function::Regex, text(subject), text("(a*)*b"))) == kFalse);
  CHECK_THROWS_AS(f.value(call(Function::Regex, text("a"), text("((a{100}){100}){100}"))), Error);
}

TEST_CASE("Replace has groups, escapes and the errors of XPath") {
  ExpressionFixture f;
  const auto replaced = [&f](std::string_view subject, std::string_view pattern,
                             std::string_view by) {
    return f.value(call(Function::Replace, text(subject), text(pattern), text(by)));
  };
  CHECK(replaced("abcd", "b", "Z") == "\"aZcd\"");
  CHECK(replaced("abracadabra", "bra", "*") == "\"a*cada*\"");
  CHECK(replaced("abracadabra", "a.*?a", "*") == "\"*c*bra\"");
  CHECK(replaced("abracadabra", "a(.)", "a$1$1") == "\"abbraccaddabbra\"");
  CHECK(replaced("abc", "(b)", "<$0|$1|$2>") == "\"a<b|b|>c\"");
  CHECK(replaced("abc", "(b)", "$12") == "\"ab2c\"");
  CHECK(replaced("abc", "b", "\\$\\\\") == "\"a$\\\\c\"");
  CHECK(replaced("abc", "x", "y") == "\"abc\"");
  CHECK(replaced("abc", "x*", "y") == "error");
  CHECK(replaced("abc", "b", "$") == "error");
  CHECK(replaced("abc", "b", "\\x") == "error");
  CHECK(replaced("aaa", "^a", "b") == "\"baa\"");
  CHECK(replaced("食べ物", "べ", "x") == "\"食x物\"");
  CHECK(f.value(call(Function::Replace, tagged("aBc", "en"), text("b"), text("x"), text("i"))) ==
        "\"axc\"@en");
  CHECK(f.value(call(Function::Replace, text("a.c"), text("."), text("$1"), text("q"))) ==
        "\"a$1c\"");
}

TEST_CASE("Rounding keeps the type") {
  ExpressionFixture f;
  const auto decimal = typed("-2.5", kXsdDecimal);
  CHECK(f.value(call(Function::Abs, decimal)) == "\"2.5\"^^xsd:decimal");
  CHECK(f.value(call(Function::Round, decimal)) == "\"-2.0\"^^xsd:decimal");
  CHECK(f.value(call(Function::Ceil, decimal)) == "\"-2.0\"^^xsd:decimal");
  CHECK(f.value(call(Function::Floor, decimal)) == "\"-3.0\"^^xsd:decimal");
  CHECK(f.value(call(Function::Round, integer(7))) == "\"7\"^^xsd:integer");
  CHECK(f.value(call(Function::Floor, typed("2.7", kXsdDouble))) == "\"2.0E0\"^^xsd:double");
  CHECK(f.value(call(Function::Abs, text("x"))) == "error");
}

TEST_CASE("Dates and times have their parts") {
  ExpressionFixture f;
  const auto date_time = typed("2011-01-10T14:45:13.815-05:00", kXsdDateTime);
  CHECK(f.value(call(Function::Year, date_time)) == "\"2011\"^^xsd:integer");
  CHECK(f.value(call(Function::Month, date_time)) == "\"1\"^^xsd:integer");
  CHECK(f.value(call(Function::Day, date_time)) == "\"10\"^^xsd:integer");
  CHECK(f.value(call(Function::Hours, date_time)) == "\"14\"^^xsd:integer");
  CHECK(f.value(call(Function::Minutes, date_time)) == "\"45\"^^xsd:integer");
  CHECK(f.value(call(Function::Seconds, date_time)) == "\"13.815\"^^xsd:decimal");
  CHECK(f.value(call(Function::Timezone, date_time)) == "\"-PT5H\"^^xsd:dayTimeDuration");
  CHECK(f.value(call(Function::Tz, date_time)) == "\"-05:00\"");
  const auto utc = typed("2011-01-10T14:45:13Z", kXsdDateTime);
  CHECK(f.value(call(Function::Timezone, utc)) == "\"PT0S\"^^xsd:dayTimeDuration");
  CHECK(f.value(call(Function::Tz, utc)) == "\"Z\"");
  const auto local = typed("2011-01-10T14:45:13", kXsdDateTime);
  CHECK(f.value(call(Function::Timezone, local)) == "error");
  CHECK(f.value(call(Function::Tz, local)) == "\"\"");
  CHECK(f.value(call(Function::Year, typed("-0044-03-15", kXsdDate))) == "\"-44\"^^xsd:integer");
  CHECK(f.value(call(Function::Hours, typed("2011-01-10", kXsdDate))) == "error");
  CHECK(f.value(call(Function::Year, text("2011-01-10"))) == "error");
}

TEST_CASE("Now is the same instant all through a query") {
  ExpressionFixture f;
  f.context.now_milliseconds = 1'000'000'000'120;
  CHECK(f.value(call(Function::Now)) == "\"2001-09-09T01:46:40.12Z\"^^xsd:dateTime");
  f.context.now_milliseconds = -1;
  CHECK(f.value(call(Function::Now)) == "\"1969-12-31T23:59:59.999Z\"^^xsd:dateTime");
}

TEST_CASE("Hashes are those of the UTF-8 bytes") {
  ExpressionFixture f;
  CHECK(f.value(call(Function::Md5, text("abc"))) == "\"900150983cd24fb0d6963f7d28e17f72\"");
  CHECK(f.value(call(Function::Sha1, text("abc"))) ==
        "\"a9993e364706816aba3e25717850c26c9cd0d89d\"");
  CHECK(f.value(call(Function::Sha256, text("abc"))) ==
        "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"");
  CHECK(f.value(call(Function::Sha384, text("abc"))).size() == 98);
  CHECK(f.value(call(Function::Sha512, text("abc"))).substr(0, 9) == "\"ddaf35a1");
  CHECK(f.value(call(Function::Md5, tagged("abc", "en"))) == "error");
}

TEST_CASE("Random functions give new values for every row") {
  ExpressionFixture f;
  f.bind("x", std::vector<Term>(50, Term::integer(1)));
  const std::regex uuid("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  std::set<std::string> seen;
  for (const TermId id : f.ids(call(Function::StrUuid))) {
    CHECK(std::regex_match(f.terms.term(id).value(), uuid));
    seen.insert(f.terms.term(id).value());
  }
  CHECK(seen.size() == 50);
  for (const TermId id : f.ids(call(Function::Uuid))) {
    CHECK(f.terms.term(id).is_iri());
    CHECK(f.terms.term(id).value().substr(0, 9) == "urn:uuid:");
  }
  std::set<TermId> numbers;
  for (const TermId id : f.ids(call(Function::Rand))) {
    const double value = std::stod(f.terms.term(id).value());
    CHECK(value >= 0);
    CHECK(value < 1);
    numbers.insert(id);
  }
  CHECK(numbers.size() == 50);
}

TEST_CASE("BNode gives one node for one label in one solution") {
  ExpressionFixture f;
  f.bind("a", {Term::literal("foo"), Term::literal("foo"), Term::literal("foo")});
  f.bind("b", {Term::literal("foo"), Term::literal("bar"), Term::literal("foo")});
  const auto first = f.ids(call(Function::BNode, var("a")));
  // The second one sees rows that have the first one's column, and others.
  f.schema.add(Variable{"first"});
  f.batch.columns.push_back(first);
  const auto second = f.ids(call(Function::BNode, var("b")));
  CHECK(first[0] == second[0]);
  CHECK(first[1] != second[1]);
  CHECK(first[2] == second[2]);
  CHECK(std::set<TermId>{first[0], first[1], first[2], second[1]}.size() == 4);
  CHECK(f.terms.term(first[0]).is_blank());
  const auto fresh = f.ids(call(Function::BNode));
  CHECK(std::set<TermId>(fresh.begin(), fresh.end()).size() == 3);
  CHECK(f.value(call(Function::BNode, integer(1))) == "error");
}

TEST_CASE("Casts follow XPath") {
  ExpressionFixture f;
  const auto cast = [&f](std::string_view name, const Expression& argument) {
    return f.value(cast_to(std::string(kXsdNamespace).append(name), argument));
  };
  CHECK(cast("string", iri("http://a")) == "\"http://a\"");
  CHECK(cast("string", typed("1.0", kXsdDecimal)) == "\"1\"");
  CHECK(cast("string", typed("0E1", kXsdDouble)) == "\"0\"");
  CHECK(cast("string", typed("-0.0", kXsdDouble)) == "\"-0\"");
  CHECK(cast("string", typed("1.25", kXsdFloat)) == "\"1.25\"");
  CHECK(cast("string", typed("0.1", kXsdFloat)) == "\"0.1\"");
  CHECK(cast("string", typed("1e6", kXsdDouble)) == "\"1.0E6\"");
  CHECK(cast("string", typed("999999.5", kXsdDouble)) == "\"999999.5\"");
  CHECK(cast("string", typed("0.000001", kXsdDouble)) == "\"0.000001\"");
  CHECK(cast("string", typed("0.0000001", kXsdDouble)) == "\"1.0E-7\"");
  CHECK(cast("string", typed("0", kXsdBoolean)) == "\"false\"");
  CHECK(cast("string", typed("007", kXsdInteger)) == "\"7\"");
  CHECK(cast("string", typed("x", "http://ex.org/t")) == "\"x\"");
  CHECK(cast("boolean", text(" true ")) == kTrue);
  CHECK(cast("boolean", text("0")) == kFalse);
  CHECK(cast("boolean", text("TRUE")) == "error");
  CHECK(cast("boolean", typed("NaN", kXsdDouble)) == kFalse);
  CHECK(cast("boolean", integer(5)) == kTrue);
  CHECK(cast("integer", text("13")) == "\"13\"^^xsd:integer");
  CHECK(cast("integer", text("1.5")) == "error");
  CHECK(cast("integer", typed("-7.875", kXsdFloat)) == "\"-7\"^^xsd:integer");
  CHECK(cast("integer", typed("1e30", kXsdDouble)) ==
        "\"1000000000000000019884624838656\"^^xsd:integer");
  CHECK(cast("integer", typed("INF", kXsdDouble)) == "error");
  CHECK(cast("integer", boolean(true)) == "\"1\"^^xsd:integer");
  CHECK(cast("byte", integer(300)) == "error");
  CHECK(cast("byte", integer(30)) == "\"30\"^^xsd:byte");
  CHECK(cast("decimal", text("+33.3300")) == "\"33.33\"^^xsd:decimal");
  CHECK(cast("decimal", typed("0.1", kXsdDouble)) == "\"0.1\"^^xsd:decimal");
  CHECK(cast("decimal", text("-10.2E3")) == "error");
  CHECK(cast("double", text("-10.2E3")) == "\"-1.02E4\"^^xsd:double");
  CHECK(cast("double", integer(1)) == "\"1.0E0\"^^xsd:double");
  CHECK(cast("double", tagged("1", "en")) == "error");
  CHECK(cast("double", text("not a double")) == "error");
  CHECK(cast("float", typed("0.1", kXsdDouble)) == "\"1.0E-1\"^^xsd:float");
  CHECK(cast("float", typed("1e300", kXsdDouble)) == "\"INF\"^^xsd:float");
  CHECK(cast("dateTime", text("2002-10-10T17:00:00Z")) == "\"2002-10-10T17:00:00Z\"^^xsd:dateTime");
  CHECK(cast("dateTime", typed("2002-10-10", kXsdDate)) == "\"2002-10-10T00:00:00\"^^xsd:dateTime");
  CHECK(cast("date", typed("2002-10-10T17:00:00+01:00", kXsdDateTime)) ==
        "\"2002-10-10+01:00\"^^xsd:date");
  CHECK(cast("time", typed("2002-10-10", kXsdDate)) == "error");
  CHECK(cast("gYear", typed("2002-10-10", kXsdDate)) == "\"2002\"^^xsd:gYear");
  CHECK(cast("dateTime", text("yesterday")) == "error");
  CHECK(cast("integer", iri("http://a")) == "error");
  CHECK(cast("dayTimeDuration", text("PT36H")) == "\"P1DT12H\"^^xsd:dayTimeDuration");
}

TEST_CASE("Strings inside an expression need no lookup in the dictionary") {
  ExpressionFixture f;
  f.bind("x", {Term::literal("Some Label"), Term::literal("Another Label")});
  f.view.finds = 0;
  const auto inner = call(Function::Concat, call(Function::LCase, var("x")), text("!"));
  const auto truths = f.truths(call(Function::Contains, inner, text("some label!")));
  CHECK(truths == std::vector{Truth::True, Truth::False});
  CHECK(f.view.finds == 2);  // the two constants
}

TEST_CASE("Results remembered for an id are right for every row") {
  ExpressionFixture f;
  std::vector<Term> values;
  for (int i = 0; i < 5000; ++i)
    values.push_back(Term::literal("V" + std::to_string(i % 3000)));
  f.bind("x", values);
  Evaluator evaluator(call(Function::LCase, var("x")), f.schema, {});
  for (int round = 0; round < 2; ++round) {
    Column out;
    evaluator.evaluate(f.batch, f.context, out);
    for (std::size_t i = 0; i < values.size(); ++i)
      REQUIRE(f.terms.term(out[i]).value() == "v" + std::to_string(i % 3000));
  }
}

TEST_CASE("A replacement much longer than its text meets the memory limit") {
  DictionaryView view;
  MemoryBudget budget(50'000'000);
  Interrupt interrupt;
  QueryTerms terms(view, budget);
  QueryContext context{.view = view, .terms = terms, .interrupt = interrupt, .budget = budget};
  Evaluator evaluator(call(Function::Replace, text(std::string(100'000, 'x')), text("x"),
                           text(std::string(100'000, 'y'))),
                      Schema(), {});
  Column out;
  try {
    evaluator.evaluate({.columns = {}, .rows = 1}, context, out);
    FAIL("the limit was not noticed");
  } catch (const Error& limit) {
    CHECK(limit.code == ErrorCode::Limit);
  }
}

TEST_CASE("Texts that grow without end meet the memory limit") {
  DictionaryView view;
  MemoryBudget budget(50'000'000);
  Interrupt interrupt;
  QueryTerms terms(view, budget);
  QueryContext context{.view = view, .terms = terms, .interrupt = interrupt, .budget = budget};
  Expression doubled = text(std::string(1000, 'x'));
  for (int i = 0; i < 30; ++i) {
    Evaluator evaluator(call(Function::Concat, doubled, doubled), Schema(), {});
    Column out;
    try {
      evaluator.evaluate({.columns = {}, .rows = 1}, context, out);
    } catch (const Error& limit) {
      CHECK(limit.code == ErrorCode::Limit);
      return;
    }
    doubled = {terms.term(out[0])};
  }
  FAIL("the limit was not noticed");
}

}  // namespace
}  // namespace tripten
