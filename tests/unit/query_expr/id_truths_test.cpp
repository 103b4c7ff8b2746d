// What ids tell of conditions, against the values of the terms.
#include "query/expr/id_truths.h"

#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

#include "query/expr/compare.h"
#include "query/expr/comparison.h"
#include "query/expr/id_condition.h"
#include "unit/query_expr/expression_fixture.h"
#include "unit/query_expr/loaded_terms.h"

namespace tripten {
namespace {

Truth truth_of_answer(IdTruths::Answer answer) {
  return answer == IdTruths::Answer::True    ? Truth::True
         : answer == IdTruths::Answer::False ? Truth::False
                                             : Truth::Error;
}

bool is_candidate(const IdTruths& truths, TermId id) {
  const auto ranges = truths.candidates();
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const IdRange& range) { return range.contains(id); });
}

struct KnownAnswers {
  std::size_t known = 0, all = 0;
};

/// Each answer that ids give is the one of `truth`, and no id that it is true for is missing among
/// the candidates.
template <typename TruthOf>
void require_answers(const IdTruths& truths, const std::vector<TermId>& ids, QueryTerms& terms,
                     const TruthOf& truth_of_id, KnownAnswers& answers) {
  for (const TermId id : ids) {
    const Truth truth = truth_of_id(id);
    const auto answer = truths.of(id);
    CAPTURE(terms.term(id).to_string());
    ++answers.all;
    if (answer != IdTruths::Answer::Unknown) {
      ++answers.known;
      REQUIRE(truth_of_answer(answer) == truth);
    }
    if (truth == Truth::True) REQUIRE(is_candidate(truths, id));
  }
  const auto ranges = truths.candidates();
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    REQUIRE(ranges[i].first < ranges[i].end);
    if (i > 0) REQUIRE(ranges[i - 1].end < ranges[i].first);
  }
}

/// By the values, not by ids.
Truth compared(Function function, const TermView& left, const TermView& right) {
  const TypedValue a = value_of(left), b = value_of(right);
  const auto negate = [](Truth truth) {
    return truth == Truth::Error ? truth : truth == Truth::True ? Truth::False : Truth::True;
  };
  const auto at_most = [](const TypedValue& x, const TypedValue& y) {
    const Truth less = less_than(x, y);
    return less == Truth::False ? equal_values(x, y) : less;
  };
  switch (function) {
    case Function::Equal:
      return equal_values(a, b);
    case Function::NotEqual:
      return negate(equal_values(a, b));
    case Function::Less:
      return less_than(a, b);
    case Function::Greater:
      return less_than(b, a);
    case Function::LessEqual:
      return at_most(a, b);
    default:
      return at_most(b, a);
  }
}

TEST_CASE("Ids compare with constants as their values do") {
  const auto all = different_terms();
  const LoadedTerms loaded(all);
  MemoryBudget budget;
  QueryTerms terms(*loaded.snapshot, budget);
  std::vector<TermId> ids = loaded.ids;
  for (const Term& term : all)
    ids.push_back(terms.intern(view_of(term)));
  KnownAnswers answers;
  for (const Term& constant : all)
    for (const Function function :
         {Function::Equal, Function::NotEqual, Function::Less, Function::LessEqual,
          Function::Greater, Function::GreaterEqual}) {
      const auto truths = make_id_truths(call(function, var("x"), Expression{constant}), terms);
      const auto turned = make_id_truths(call(function, Expression{constant}, var("x")), terms);
      CAPTURE(constant.to_string(), static_cast<int>(function));
      REQUIRE(truths.has_value() == turned.has_value());
      if (!truths) continue;
      std::string left, right;
      const TermId constant_id = terms.intern(view_of(constant));
      require_answers(
          *truths, ids, terms,
          [&](TermId id) {
            return compared(function, terms.get(id, left), terms.get(constant_id, right));
          },
          answers);
      require_answers(
          *turned, ids, terms,
          [&](TermId id) {
            return compared(function, terms.get(constant_id, right), terms.get(id, left));
          },
          answers);
    }
  // Most answers need no look at a term.
  CHECK(answers.known * 10 > answers.all * 6);
}

TEST_CASE("Ids tell prefixes and kinds of terms") {
  const auto all = different_terms();
  const LoadedTerms loaded(all);
  MemoryBudget budget;
  QueryTerms terms(*loaded.snapshot, budget);
  std::vector<TermId> ids = loaded.ids;
  for (const Term& term : all)
    ids.push_back(terms.intern(view_of(term)));
  const Interrupt interrupt;
  QueryContext context{
      .view = *loaded.snapshot, .terms = terms, .interrupt = interrupt, .budget = budget};
  const Schema schema({Variable{"x"}});
  std::vector<Expression> conditions;
  for (const Function function :
       {Function::IsIri, Function::IsBlank, Function::IsLiteral, Function::IsNumeric})
    conditions.push_back(call(function, var("x")));
  for (const char* prefix : {"a", "ab", "http://", "2020", "5", "abé", "z"})
    for (const Expression& subject : {var("x"), call(Function::Str, var("x"))}) {
      conditions.push_back(call(Function::StrStarts, subject, text(prefix)));
      conditions.push_back(call(Function::Regex, subject, text("^" + std::string(prefix))));
      conditions.push_back(call(Function::Regex, subject, text("^" + std::string(prefix) + "*c")));
      conditions.push_back(call(Function::Regex, subject, text("^" + std::string(prefix) + ".")));
      conditions.push_back(call(Function::Regex, subject, text("^" + std::string(prefix) + "|b")));
    }
  KnownAnswers answers;
  for (const Expression& condition : conditions) {
    const auto truths = make_id_truths(condition, terms);
    if (!truths) continue;
    require_answers(
        *truths, ids, terms,
        [&](TermId id) {
          // One row alone is evaluated as it is written.
          Evaluator evaluator(condition, schema, {});
          std::vector<Truth> truth;
          evaluator.test({.columns = {{id}}, .rows = 1}, context, truth);
          return truth[0];
        },
        answers);
  }
  CHECK(answers.known * 2 > answers.all);
  // Many rows, for which the ids are asked, have the same truths.
  for (const Expression& condition : conditions) {
    std::vector<Truth> together, alone;
    Evaluator(condition, schema, {})
        .test({.columns = {ids}, .rows = ids.size()}, context, together);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      Evaluator(condition, schema, {}).test({.columns = {{ids[i]}}, .rows = 1}, context, alone);
      CAPTURE(terms.term(ids[i]).to_string());
      REQUIRE(together[i] == alone[0]);
    }
  }
}

TEST_CASE("A required prefix of a pattern leaves out what may be missing") {
  const auto prefix_of = [](const char* pattern) {
    const auto known = id_condition(call(Function::Regex, var("x"), text(pattern)));
    return known ? std::string(known->constant.value()) + (known->is_sufficient ? "" : "~") : "-";
  };
  CHECK(prefix_of("^abc") == "abc");
  CHECK(prefix_of("^abc.*x") == "abc~");
  CHECK(prefix_of("^abc?d") == "ab~");
  CHECK(prefix_of("^abé*") == "ab~");
  CHECK(prefix_of("^http://ex\\.org/") == "http://ex.org/");
  CHECK(prefix_of("^ab$") == "ab~");
  CHECK(prefix_of("^a\\d") == "a~");
  CHECK(prefix_of("^a|b") == "-");
  CHECK(prefix_of("abc") == "-");
  CHECK(prefix_of("^") == "-");
  CHECK(prefix_of("^(abc)") == "-");
  CHECK(prefix_of("^a*") == "-");
}

TEST_CASE("Common ranges are those in both lists") {
  std::mt19937 random(7);
  const auto some = [&] {
    std::vector<IdRange> ranges;
    std::uint64_t at = random() % 4;
    while (at < 60) {
      const std::uint64_t end = at + 1 + random() % 8;
      ranges.push_back({TermId(at), TermId(end)});
      at = end + 1 + random() % 8;
    }
    return ranges;
  };
  const auto has = [](const std::vector<IdRange>& ranges, TermId id) {
    return std::any_of(ranges.begin(), ranges.end(),
                       [&](const IdRange& range) { return range.contains(id); });
  };
  for (int round = 0; round < 200; ++round) {
    const auto a = some(), b = some(), both = common_ranges(a, b);
    for (std::uint64_t bits = 0; bits < 80; ++bits)
      REQUIRE(has(both, TermId(bits)) == (has(a, TermId(bits)) && has(b, TermId(bits))));
  }
}

TEST_CASE("An expression of one variable is evaluated once a term") {
  ExpressionFixture run;
  std::vector<Term> values;
  for (const char* name : {"one", "two", "three", "four"})
    run.view.add(Term::literal(name));
  for (int i = 0; i < 1000; ++i)
    values.push_back(Term::literal(std::vector{"one", "two", "three", "four"}[i * i / 3 % 4]));
  run.bind("x", values);
  const Expression upper = call(Function::UCase, var("x"));
  const Column column = run.ids(call(Function::Concat, upper, text("!"), upper));
  run.view.lookups = 0;
  const auto lengths = run.ids(call(Function::StrLen, var("x")));
  CHECK(run.view.lookups <= 4);
  for (std::size_t row = 0; row < values.size(); ++row) {
    const std::string name(values[row].value());
    std::string raised;
    for (const char c : name)
      raised += static_cast<char>(c - 'a' + 'A');
    REQUIRE(run.terms.term(column[row]).value() == raised + "!" + raised);
    REQUIRE(run.terms.term(lengths[row]) == Term::integer(static_cast<std::int64_t>(name.size())));
  }
}

}  // namespace
}  // namespace tripten
