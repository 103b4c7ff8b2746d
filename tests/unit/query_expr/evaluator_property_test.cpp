// Random expressions over random rows: a whole batch at once, row by row, and tested as conditions.
#include <random>

#include <catch2/catch.hpp>

#include "unit/query_expr/expression_fixture.h"

namespace tripten {
namespace {

/// Functions whose values depend on their arguments alone, with their numbers of arguments.
struct Callable {
  Function function;
  std::size_t least, most;
};
constexpr std::array kCallables{
    Callable{Function::If, 3, 3},           Callable{Function::Coalesce, 0, 3},
    Callable{Function::Or, 2, 2},           Callable{Function::And, 2, 2},
    Callable{Function::Not, 1, 1},          Callable{Function::Equal, 2, 2},
    Callable{Function::NotEqual, 2, 2},     Callable{Function::Less, 2, 2},
    Callable{Function::Greater, 2, 2},      Callable{Function::LessEqual, 2, 2},
    Callable{Function::SameTerm, 2, 2},     Callable{Function::In, 1, 4},
    Callable{Function::NotIn, 1, 4},        Callable{Function::Add, 2, 2},
    Callable{Function::Subtract, 2, 2},     Callable{Function::Multiply, 2, 2},
    Callable{Function::Divide, 2, 2},       Callable{Function::UnaryMinus, 1, 1},
    Callable{Function::IsIri, 1, 1},        Callable{Function::IsBlank, 1, 1},
    Callable{Function::IsLiteral, 1, 1},    Callable{Function::IsNumeric, 1, 1},
    Callable{Function::Str, 1, 1},          Callable{Function::Lang, 1, 1},
    Callable{Function::Datatype, 1, 1},     Callable{Function::StrDt, 2, 2},
    Callable{Function::StrLang, 2, 2},      Callable{Function::StrLen, 1, 1},
    Callable{Function::SubStr, 2, 3},       Callable{Function::UCase, 1, 1},
    Callable{Function::LCase, 1, 1},        Callable{Function::StrStarts, 2, 2},
    Callable{Function::StrEnds, 2, 2},      Callable{Function::Contains, 2, 2},
    Callable{Function::StrBefore, 2, 2},    Callable{Function::StrAfter, 2, 2},
    Callable{Function::EncodeForUri, 1, 1}, Callable{Function::Concat, 0, 3},
    Callable{Function::LangMatches, 2, 2},  Callable{Function::Abs, 1, 1},
    Callable{Function::Round, 1, 1},        Callable{Function::Ceil, 1, 1},
    Callable{Function::Floor, 1, 1},        Callable{Function::Year, 1, 1},
    Callable{Function::Seconds, 1, 1},      Callable{Function::Timezone, 1, 1},
    Callable{Function::Tz, 1, 1},           Callable{Function::Md5, 1, 1}};

Term random_value(std::mt19937& random) {
  const std::array<Term, 24> values{Term(),
                                    Term::iri("http://a"),
                                    Term::iri(kXsdInteger),
                                    Term::blank("x"),
                                    Term::literal(""),
                                    Term::literal("abc"),
                                    Term::literal("Straße 食"),
                                    Term::literal("en"),
                                    Term::tagged("abc", "en"),
                                    Term::tagged("ABC", "EN"),
                                    Term::integer(0),
                                    Term::integer(3),
                                    Term::typed("03", kXsdInteger),
                                    Term::typed("99999999999999999999", kXsdInteger),
                                    Term::typed("2.5", kXsdDecimal),
                                    Term::number(0.1),
                                    Term::typed("NaN", kXsdDouble),
                                    Term::typed("-1.5", kXsdFloat),
                                    Term::boolean(true),
                                    Term::boolean(false),
                                    Term::typed("x", kXsdInteger),
                                    Term::typed("x", "http://unknown"),
                                    Term::typed("2024-02-29T12:00:00.5Z", kXsdDateTime),
                                    Term::typed("2024-02-29", kXsdDate)};
  return values[random() % values.size()];
}

Expression random_expression(std::mt19937& random, int depth) {
  if (depth == 0 || random() % 8 == 0) {
    if (random() % 3 != 0) return var(random() % 2 ? "x" : "y");
    const Term constant = random_value(random);
    return constant ? Expression{constant} : var("z");
  }
  if (random() % 12 == 0) {
    constexpr std::array kTargets{kXsdInteger, kXsdDecimal, kXsdDouble,   kXsdString,
                                  kXsdBoolean, kXsdFloat,   kXsdDateTime, kXsdDate};
    return cast_to(kTargets[random() % kTargets.size()], random_expression(random, depth - 1));
  }
  const Callable& callable = kCallables[random() % kCallables.size()];
  FunctionCall made;
  made.function = callable.function;
  const std::size_t count = callable.least + random() % (callable.most - callable.least + 1);
  for (std::size_t i = 0; i < count; ++i)
    made.arguments.push_back(random_expression(random, depth - 1));
  return {made};
}

/// The first row from `row` on, alone.
Batch one_row(const Batch& batch, std::size_t row) {
  Batch one;
  one.reset(batch.columns.size());
  one.append_row_of(batch, row);
  return one;
}

TEST_CASE("A batch gives what its rows give one by one") {
  const auto seed = 4711u;
  std::mt19937 random(seed);
  for (int round = 0; round < 1500; ++round) {
    ExpressionFixture f;
    std::vector<Term> xs, ys;
    for (int row = 0; row < 20; ++row) {
      xs.push_back(random_value(random));
      ys.push_back(random_value(random));
    }
    f.bind("x", xs);
    f.bind("y", ys);
    const Expression expression = random_expression(random, 4);
    INFO("seed " << seed << ", round " << round);
    Evaluator whole(expression, f.schema, {}), single(expression, f.schema, {});
    Evaluator condition(expression, f.schema, {}),
        inverse(call(Function::Not, expression), f.schema, {});
    Column values, value, again;
    std::vector<Truth> truths, opposites;
    whole.evaluate(f.batch, f.context, values);
    whole.evaluate(f.batch, f.context, again);
    condition.test(f.batch, f.context, truths);
    inverse.test(f.batch, f.context, opposites);
    REQUIRE(values == again);
    for (std::size_t row = 0; row < f.batch.rows; ++row) {
      single.evaluate(one_row(f.batch, row), f.context, value);
      INFO("row " << row << ": " << f.text_of(values[row]) << " and " << f.text_of(value[0]));
      REQUIRE(values[row] == value[0]);
      // Twice !: the effective boolean value again.
      REQUIRE((truths[row] == Truth::Error) == (opposites[row] == Truth::Error));
      if (truths[row] != Truth::Error) REQUIRE(truths[row] != opposites[row]);
      if (!values[row]) REQUIRE(truths[row] == Truth::Error);
    }
  }
}

}  // namespace
}  // namespace tripten
