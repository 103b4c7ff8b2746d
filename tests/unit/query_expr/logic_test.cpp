// Three-valued logic, functional forms, and arithmetic (§17.2 to §17.4.1).
#include <catch2/catch.hpp>

#include "unit/query_expr/expression_fixture.h"

namespace tripten {
namespace {

constexpr std::string_view kTrue = "\"true\"^^xsd:boolean";
constexpr std::string_view kFalse = "\"false\"^^xsd:boolean";

TEST_CASE("Or and And follow the truth table of §17.2") {
  ExpressionFixture f;
  const auto all = [&f](Function function) {
    std::string table;
    for (const auto& left : {boolean(true), boolean(false), error()})
      for (const auto& right : {boolean(true), boolean(false), error()}) {
        const Truth truth = f.truth(call(function, left, right));
        table += truth == Truth::Error ? 'E' : (truth == Truth::True ? 'T' : 'F');
      }
    return table;
  };
  CHECK(all(Function::Or) == "TTTTFETEE");
  CHECK(all(Function::And) == "TFEFFFEFE");
  CHECK(f.truth(call(Function::Not, boolean(true))) == Truth::False);
  CHECK(f.truth(call(Function::Not, boolean(false))) == Truth::True);
  CHECK(f.truth(call(Function::Not, error())) == Truth::Error);
}

TEST_CASE("Logic over columns decides each row for itself") {
  ExpressionFixture f;
  f.bind("a", {Term::boolean(true), Term::boolean(false), Term(), Term::boolean(false)});
  f.bind("b", {Term(), Term::boolean(true), Term::boolean(false), Term()});
  CHECK(f.truths(call(Function::Or, var("a"), var("b"))) ==
        std::vector{Truth::True, Truth::True, Truth::Error, Truth::Error});
  CHECK(f.truths(call(Function::And, var("a"), var("b"))) ==
        std::vector{Truth::Error, Truth::False, Truth::False, Truth::False});
}

TEST_CASE("Long chains of Or cost no depth, deep nesting is refused") {
  ExpressionFixture f;
  Expression chain = boolean(false);
  for (int i = 0; i < 3000; ++i)
    chain = {FunctionCall{Function::Or, {std::move(chain), boolean(i == 2999)}}};
  CHECK(f.truth(chain) == Truth::True);
  Expression deep = boolean(false);
  for (int i = 0; i < 3000; ++i)
    deep = {FunctionCall{Function::Not, {std::move(deep)}}};
  CHECK_THROWS_WITH(f.truth(deep), Catch::Contains("nested more than 1000 levels"));
}

TEST_CASE("The effective boolean value is that of §17.2.2") {
  ExpressionFixture f;
  CHECK(f.truth(integer(0)) == Truth::False);
  CHECK(f.truth(integer(-2)) == Truth::True);
  CHECK(f.truth(typed("0.0", kXsdDecimal)) == Truth::False);
  CHECK(f.truth(typed("0.5", kXsdDecimal)) == Truth::True);
  CHECK(f.truth(typed("NaN", kXsdDouble)) == Truth::False);
  CHECK(f.truth(typed("1e-300", kXsdDouble)) == Truth::True);
  CHECK(f.truth(typed("1", kXsdBoolean)) == Truth::True);
  CHECK(f.truth(typed("0", kXsdBoolean)) == Truth::False);
  CHECK(f.truth(text("")) == Truth::False);
  CHECK(f.truth(text("false")) == Truth::True);
  CHECK(f.truth(typed("abc", kXsdInteger)) == Truth::False);
  CHECK(f.truth(typed("maybe", kXsdBoolean)) == Truth::False);
  CHECK(f.truth(tagged("a", "en")) == Truth::True);
  CHECK(f.truth(tagged("", "en")) == Truth::False);
  CHECK(f.truth(iri("http://a")) == Truth::Error);
  CHECK(f.truth(typed("2024-01-01", kXsdDate)) == Truth::Error);
  CHECK(f.truth(typed("a", "http://ex.org/t")) == Truth::Error);
}

TEST_CASE("Bound, If and Coalesce look at errors") {
  ExpressionFixture f;
  f.bind("x", {Term::integer(1), Term()});
  CHECK(f.truths(call(Function::Bound, var("x"))) == std::vector{Truth::True, Truth::False});
  const auto chosen =
      f.ids(call(Function::If, call(Function::Bound, var("x")), text("yes"), text("no")));
  CHECK(f.text_of(chosen[0]) == "\"yes\"");
  CHECK(f.text_of(chosen[1]) == "\"no\"");
  CHECK(f.value(call(Function::If, error(), text("yes"), text("no"))) == "error");
  CHECK(f.value(call(Function::If, boolean(true), text("yes"), error())) == "\"yes\"");
  CHECK(f.value(call(Function::If, boolean(false), text("yes"), error())) == "error");
  const auto either = f.ids(call(Function::Coalesce, var("x"), integer(7)));
  CHECK(f.text_of(either[0]) == "\"1\"^^xsd:integer");
  CHECK(f.text_of(either[1]) == "\"7\"^^xsd:integer");
  CHECK(f.value(call(Function::Coalesce, error(), error())) == "error");
  CHECK(f.value(call(Function::Coalesce)) == "error");
}

TEST_CASE("In is true before it is an error, Not In the same turned round") {
  ExpressionFixture f;
  CHECK(f.value(call(Function::In, integer(2), integer(1), integer(2))) == kTrue);
  CHECK(f.value(call(Function::In, integer(2), error(), integer(2))) == kTrue);
  CHECK(f.value(call(Function::In, integer(2), integer(2), error())) == kTrue);
  CHECK(f.value(call(Function::In, integer(2), integer(1), error())) == "error");
  CHECK(f.value(call(Function::In, integer(2), integer(1), integer(3))) == kFalse);
  CHECK(f.value(call(Function::In, integer(2))) == kFalse);
  CHECK(f.value(call(Function::In, error(), integer(2))) == "error");
  CHECK(f.value(call(Function::In, integer(2), typed("2.0", kXsdDecimal))) == kTrue);
  CHECK(f.value(call(Function::NotIn, integer(2), error(), integer(2))) == kFalse);
  CHECK(f.value(call(Function::NotIn, integer(2), integer(1), error())) == "error");
  CHECK(f.value(call(Function::NotIn, integer(2))) == kTrue);
  CHECK(f.value(call(Function::In, iri("http://a"), iri("http://b"), iri("http://a"))) == kTrue);
  CHECK(f.value(call(Function::In, text("x"), typed("x", "http://t"))) == "error");
  CHECK(f.value(call(Function::In, typed("x", "http://t"), text("a"), text("b"))) == "error");
  CHECK(f.value(call(Function::In, tagged("x", "en"), text("a"), tagged("x", "EN"))) == kTrue);
}

TEST_CASE("sameTerm compares terms, = values") {
  ExpressionFixture f;
  f.bind("x", {Term::typed("01", kXsdInteger), Term::integer(1), Term::iri("http://a"), Term()});
  CHECK(f.truths(call(Function::SameTerm, var("x"), integer(1))) ==
        std::vector{Truth::False, Truth::True, Truth::False, Truth::Error});
  CHECK(f.truths(call(Function::Equal, var("x"), integer(1))) ==
        std::vector{Truth::True, Truth::True, Truth::False, Truth::Error});
  CHECK(f.truth(call(Function::SameTerm, call(Function::Add, integer(1), integer(1)),
                     integer(2))) == Truth::True);
}

TEST_CASE("The six comparisons agree") {
  ExpressionFixture f;
  const auto all = [&f](const Expression& left, const Expression& right) {
    std::string table;
    for (const Function function :
         {Function::Equal, Function::NotEqual, Function::Less, Function::Greater,
          Function::LessEqual, Function::GreaterEqual}) {
      const Truth truth = f.truth(call(function, left, right));
      table += truth == Truth::Error ? 'E' : (truth == Truth::True ? 'T' : 'F');
    }
    return table;
  };
  CHECK(all(integer(1), integer(2)) == "FTTFTF");
  CHECK(all(integer(2), integer(2)) == "TFFFTT");
  CHECK(all(typed("2.0", kXsdDecimal), integer(2)) == "TFFFTT");
  CHECK(all(typed("NaN", kXsdDouble), typed("NaN", kXsdDouble)) == "FTFFFF");
  CHECK(all(text("b"), text("a")) == "FTFTFT");
  // §17.3: `<=` has no entry for IRIs, so that it is an error even of one and itself.
  CHECK(all(iri("http://a"), iri("http://a")) == "TFEEEE");
  CHECK(all(iri("http://a"), iri("http://b")) == "FTEEEE");
  CHECK(all(error(), integer(1)) == "EEEEEE");
}

TEST_CASE("Arithmetic has XPath's types and errors") {
  ExpressionFixture f;
  const auto two = integer(2), zero = integer(0);
  const auto decimal = typed("2.5", kXsdDecimal), dbl = typed("1e0", kXsdDouble);
  CHECK(f.value(call(Function::Add, two, two)) == "\"4\"^^xsd:integer");
  CHECK(f.value(call(Function::Divide, two, two)) == "\"1.0\"^^xsd:decimal");
  CHECK(f.value(call(Function::Divide, integer(1), integer(3))) ==
        "\"0.333333333333333333\"^^xsd:decimal");
  CHECK(f.value(call(Function::Divide, two, zero)) == "error");
  CHECK(f.value(call(Function::Divide, dbl, zero)) == "\"INF\"^^xsd:double");
  CHECK(f.value(call(Function::Multiply, two, decimal)) == "\"5.0\"^^xsd:decimal");
  CHECK(f.value(call(Function::Add, decimal, dbl)) == "\"3.5E0\"^^xsd:double");
  CHECK(f.value(call(Function::Subtract, zero, decimal)) == "\"-2.5\"^^xsd:decimal");
  CHECK(f.value(call(Function::Add, typed("1", kXsdFloat), two)) == "\"3.0E0\"^^xsd:float");
  CHECK(f.value(call(Function::Add, typed("1", std::string(kXsdNamespace) + "byte"), two)) ==
        "\"3\"^^xsd:integer");
  CHECK(f.value(call(Function::Add, text("1"), two)) == "error");
  CHECK(f.value(call(Function::Add, typed("abc", kXsdInteger), two)) == "error");
  CHECK(f.value(call(Function::UnaryMinus, decimal)) == "\"-2.5\"^^xsd:decimal");
  CHECK(f.value(call(Function::UnaryPlus, text("1"))) == "error");
  CHECK(f.value(call(Function::Multiply, integer(4'000'000'000), integer(4'000'000'000))) ==
        "\"16000000000000000000\"^^xsd:integer");
  CHECK(f.value(call(Function::Add, typed("9223372036854775807", kXsdInteger), integer(1))) ==
        "\"9223372036854775808\"^^xsd:integer");
  CHECK(f.value(call(Function::Add, typed("0.1", kXsdDecimal), typed("0.2", kXsdDecimal))) ==
        "\"0.3\"^^xsd:decimal");
}

TEST_CASE("Numbers that grow without end become errors, not work") {
  ExpressionFixture f;
  Expression power = integer(99'999'999);
  for (int i = 0; i < 40; ++i) {
    f.batch = {.columns = {f.ids(power)}, .rows = 1};
    f.schema = Schema({Variable{"x"}});
    power = call(Function::Multiply, var("x"), var("x"));
  }
  CHECK(f.value(power) == "error");
}

TEST_CASE("Exists asks its evaluator about the rows that matter") {
  struct Odd : ExistsEvaluator {
    bool exists(const Batch& batch, std::size_t row, QueryContext&) override {
      ++asked;
      return inline_integer(batch.columns[0][row]) % 2 != 0;
    }
    int& asked;
    explicit Odd(int& count) : asked(count) {}
  };
  ExpressionFixture f;
  f.bind("x", {Term::integer(1), Term::integer(2), Term::integer(3)});
  int asked = 0;
  const auto test = [&](const Expression& expression) {
    Evaluator evaluator(expression, f.schema, [&](const GraphPattern&, const Schema&) {
      return std::make_unique<Odd>(asked);
    });
    std::vector<Truth> out;
    evaluator.test(f.batch, f.context, out);
    return out;
  };
  CHECK(test({Exists{false, {}}}) == std::vector{Truth::True, Truth::False, Truth::True});
  CHECK(test({Exists{true, {}}}) == std::vector{Truth::False, Truth::True, Truth::False});
  asked = 0;
  CHECK(test(call(Function::And, call(Function::Less, var("x"), integer(2)),
                  Expression{Exists{false, {}}})) ==
        std::vector{Truth::True, Truth::False, Truth::False});
  CHECK(asked == 1);
}

TEST_CASE("Wrong calls are refused when they are compiled") {
  ExpressionFixture f;
  CHECK_THROWS_WITH(f.value(call(Function::StrLen)), "STRLEN cannot take 0 arguments");
  CHECK_THROWS_WITH(f.value(cast_to("http://ex.org/f", integer(1))),
                    "the function <http://ex.org/f> is not known");
}

}  // namespace
}  // namespace tripten
