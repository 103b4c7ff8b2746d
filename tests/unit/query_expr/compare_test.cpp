// =, < and the order of ORDER BY.
#include "query/expr/compare.h"

#include <array>
#include <random>

#include <catch2/catch.hpp>

#include "query/expr/comparison.h"
#include "unit/query_expr/expression_fixture.h"
#include "unit/query_expr/loaded_terms.h"

namespace Catch {
template <>
struct StringMaker<tripten::Truth> {
  static std::string convert(tripten::Truth truth) {
    return truth == tripten::Truth::Error ? "Error"
                                          : (truth == tripten::Truth::True ? "True" : "False");
  }
};
}  // namespace Catch

namespace tripten {
namespace {

struct Terms {
  DictionaryView view{};
  MemoryBudget budget{};
  QueryTerms terms{view, budget};

  Truth equal(const Term& a, const Term& b) { return equal_values(id(a), id(b), terms); }
  Truth less(const Term& a, const Term& b) { return less_than(id(a), id(b), terms); }
  std::strong_ordering order(const Term& a, const Term& b) {
    return order_terms(id(a), id(b), terms);
  }
  TermId id(const Term& term) { return terms.intern(view_of(term)); }
};

Term xsd(std::string_view lexical, std::string_view name) {
  return Term::typed(lexical, std::string(kXsdNamespace).append(name));
}

TEST_CASE("Equality is by value for the datatypes that SPARQL knows") {
  Terms t;
  CHECK(t.equal(xsd("1", "integer"), xsd("01", "integer")) == Truth::True);
  CHECK(t.equal(xsd("1", "integer"), xsd("1.0", "decimal")) == Truth::True);
  CHECK(t.equal(xsd("1", "integer"), xsd("1.0E0", "double")) == Truth::True);
  CHECK(t.equal(xsd("0.1", "float"), xsd("0.1", "decimal")) == Truth::True);
  CHECK(t.equal(xsd("1", "byte"), xsd("1", "unsignedLong")) == Truth::True);
  CHECK(t.equal(xsd("1", "integer"), xsd("2", "int")) == Truth::False);
  CHECK(t.equal(xsd("true", "boolean"), xsd("1", "boolean")) == Truth::True);
  CHECK(t.equal(xsd("0.0E0", "double"), xsd("-0.0E0", "double")) == Truth::True);
  CHECK(t.equal(xsd("NaN", "double"), xsd("NaN", "double")) == Truth::False);
  CHECK(t.equal(xsd("NaN", "float"), xsd("NaN", "float")) == Truth::False);
  CHECK(t.equal(xsd("2024-01-01T12:00:00Z", "dateTime"),
                xsd("2024-01-01T13:00:00+01:00", "dateTime")) == Truth::True);
  CHECK(t.equal(xsd("PT36H", "duration"), xsd("P1DT12H", "dayTimeDuration")) == Truth::True);
  CHECK(t.equal(Term::literal("a"), Term::literal("a")) == Truth::True);
  CHECK(t.equal(Term::tagged("a", "en"), Term::tagged("a", "EN")) == Truth::True);
  CHECK(t.equal(xsd("99999999999999999999", "integer"), xsd("099999999999999999999", "integer")) ==
        Truth::True);
}

TEST_CASE("Terms of different kinds are not equal where their values are known") {
  Terms t;
  CHECK(t.equal(Term::iri("http://a"), Term::iri("http://b")) == Truth::False);
  CHECK(t.equal(Term::iri("http://a"), Term::literal("http://a")) == Truth::False);
  CHECK(t.equal(Term::blank("x"), Term::iri("x")) == Truth::False);
  CHECK(t.equal(Term::literal("1"), xsd("1", "integer")) == Truth::False);
  CHECK(t.equal(xsd("2006-08-23", "date"), xsd("2006-08-23T00:00:00", "dateTime")) == Truth::False);
  CHECK(t.equal(Term::tagged("a", "en"), Term::literal("a")) == Truth::False);
  CHECK(t.equal(Term::tagged("a", "en"), Term::typed("a", "http://ex.org/t")) == Truth::False);
  CHECK(t.equal(Term::tagged("a", "en"), xsd("a", "integer")) == Truth::False);
}

TEST_CASE("Equality with what is not known is an error, but a term equals itself") {
  Terms t;
  const Term unknown = Term::typed("a", "http://ex.org/t"), ill = xsd("xyz", "integer");
  CHECK(t.equal(unknown, unknown) == Truth::True);
  CHECK(t.equal(ill, ill) == Truth::True);
  CHECK(t.equal(unknown, Term::typed("b", "http://ex.org/t")) == Truth::Error);
  CHECK(t.equal(unknown, Term::literal("a")) == Truth::Error);
  CHECK(t.equal(unknown, ill) == Truth::Error);
  CHECK(t.equal(ill, Term::literal("xyz")) == Truth::Error);
  CHECK(t.equal(ill, Term::integer(1)) == Truth::Error);
  CHECK(t.equal(unknown, Term::iri("a")) == Truth::False);
  CHECK(t.equal(xsd("2006-08-23", "date"), xsd("2006-08-23Z", "date")) == Truth::Error);
  CHECK(equal_values(kUnbound, kUnbound, t.terms) == Truth::Error);
}

TEST_CASE("Less-than compares numbers, strings, booleans, dates and durations of one kind") {
  Terms t;
  CHECK(t.less(Term::integer(1), xsd("1.5", "decimal")) == Truth::True);
  CHECK(t.less(xsd("1.5", "decimal"), Term::integer(1)) == Truth::False);
  CHECK(t.less(Term::integer(-5), Term::integer(3)) == Truth::True);
  CHECK(t.less(xsd("NaN", "double"), Term::integer(1)) == Truth::False);
  CHECK(t.less(Term::literal("a"), Term::literal("b")) == Truth::True);
  CHECK(t.less(Term::literal("\uFFFD"), Term::literal("\U0001F600")) == Truth::True);
  CHECK(t.less(Term::boolean(false), Term::boolean(true)) == Truth::True);
  CHECK(t.less(xsd("2006-08-22", "date"), xsd("2006-08-23Z", "date")) == Truth::True);
  CHECK(t.less(xsd("2006-08-23", "date"), xsd("2006-08-23Z", "date")) == Truth::Error);
  CHECK(t.less(xsd("2024-01-01T12:00:00+02:00", "dateTime"),
               xsd("2024-01-01T11:00:00Z", "dateTime")) == Truth::True);
  CHECK(t.less(xsd("1999", "gYear"), xsd("2024", "gYear")) == Truth::True);
  CHECK(t.less(xsd("PT1H", "duration"), xsd("P1D", "duration")) == Truth::True);
  CHECK(t.less(xsd("P1M", "duration"), xsd("P31D", "duration")) == Truth::Error);
  CHECK(t.less(Term::iri("http://a"), Term::iri("http://b")) == Truth::Error);
  CHECK(t.less(Term::literal("1"), Term::integer(2)) == Truth::Error);
  CHECK(t.less(Term::tagged("a", "en"), Term::tagged("b", "en")) == Truth::Error);
  CHECK(t.less(xsd("x", "integer"), Term::integer(2)) == Truth::Error);
  CHECK(t.less(xsd("2006-08-22", "date"), xsd("2006-08-23T00:00:00", "dateTime")) == Truth::Error);
}

TEST_CASE("ORDER BY puts unbound first, then blank nodes, IRIs and literals") {
  Terms t;
  const std::vector<Term> sorted{Term(),
                                 Term::blank("x"),
                                 Term::iri("http://a"),
                                 Term::iri("http://b"),
                                 xsd("-INF", "double"),
                                 Term::integer(-3),
                                 xsd("2.5", "decimal"),
                                 Term::integer(3),
                                 xsd("99999999999999999999999", "integer"),
                                 xsd("INF", "float"),
                                 xsd("NaN", "double"),
                                 Term::boolean(false),
                                 Term::boolean(true),
                                 Term::literal(""),
                                 Term::literal("a"),
                                 Term::tagged("a", "de"),
                                 Term::tagged("a", "en"),
                                 xsd("2000-01-01T00:00:00Z", "dateTime"),
                                 xsd("2024-01-01T00:00:00", "dateTime"),
                                 xsd("2000-01-01", "date")};
  for (std::size_t i = 0; i < sorted.size(); ++i)
    for (std::size_t j = 0; j < sorted.size(); ++j) {
      INFO(sorted[i].to_string() << " and " << sorted[j].to_string());
      CHECK((t.order(sorted[i], sorted[j]) == (i <=> j)));
    }
}

TEST_CASE("Equal values are equal in ORDER BY, so that the next condition decides") {
  Terms t;
  CHECK((t.order(Term::integer(1), xsd("1.0", "decimal")) == 0));
  CHECK((t.order(Term::integer(1), xsd("01", "int")) == 0));
}

Term random_term(std::mt19937& random) {
  const auto number = [&random] { return std::to_string(static_cast<int>(random() % 7) - 3); };
  switch (random() % 12) {
    case 0:
      return Term::iri("http://" + number());
    case 1:
      return Term::literal(number());
    case 2:
      return Term::tagged(number(), random() % 2 ? "en" : "EN");
    case 3:
      return Term::typed(number(), kXsdInteger);
    case 4:
      return Term::typed(number() + "." + std::to_string(random() % 3), kXsdDecimal);
    case 5:
      return Term::typed(number() + ".1", kXsdDouble);
    case 6:
      return Term::typed(number() + "e0", kXsdFloat);
    case 7:
      return Term::typed(random() % 2 ? "NaN" : "INF", kXsdDouble);
    case 8:
      return Term::typed("200" + std::to_string(random() % 3) + "-01-01" +
                             (random() % 2 ? "Z" : (random() % 2 ? "" : "+13:00")),
                         kXsdDate);
    case 9:
      return Term::typed(number() + "x", kXsdInteger);
    case 10:
      return Term::typed(number(), "http://unknown");
    default:
      return Term::typed("PT" + std::to_string(random() % 3) + "H", kXsdDuration);
  }
}

TEST_CASE("The order of terms is transitive, and < and = agree with it") {
  const auto seed = 99u;
  INFO("seed " << seed);
  std::mt19937 random(seed);
  Terms t;
  std::vector<Term> terms;
  for (int i = 0; i < 90; ++i)
    terms.push_back(random_term(random));
  for (const Term& a : terms)
    for (const Term& b : terms) {
      INFO(a.to_string() << " and " << b.to_string());
      const auto order = t.order(a, b);
      REQUIRE((order == 0 ? t.order(b, a) == 0 : (order < 0) == (t.order(b, a) > 0)));
      // NaN is ordered, and compares with nothing.
      if (a.value() != "NaN" && b.value() != "NaN") {
        if (t.less(a, b) == Truth::True) REQUIRE((order < 0));
        if (t.equal(a, b) == Truth::True && a.language().empty() && a.datatype() != kXsdDouble &&
            b.datatype() != kXsdDouble)
          REQUIRE((order == 0));
      }
      for (const Term& c : terms)
        if (order <= 0 && t.order(b, c) <= 0) REQUIRE((t.order(a, c) <= 0));
    }
}

Term random_inline_term(std::mt19937& random) {
  const auto number = [&random](int most) {
    return std::to_string(random() % static_cast<unsigned>(most));
  };
  const std::string sign = random() % 2 ? "-" : "";
  constexpr std::array<const char*, 5> kZones{"", "Z", "+01:00", "-11:30", "+14:00"};
  const std::string zone = kZones[random() % kZones.size()];
  switch (random() % 6) {
    case 0:
      return Term::integer(static_cast<int>(random() % 9) - 4);
    case 1:
      return Term::typed(sign + number(4) + "." + number(10), kXsdDecimal);
    case 2:
      return Term::typed(sign + number(4) + "." + number(10) + "E0", kXsdDouble);
    case 3:
      return Term::typed(
          "2024-01-0" + std::to_string(1 + random() % 2) + "T1" + number(10) + ":00:00" + zone,
          kXsdDateTime);
    case 4:
      return Term::typed("2024-01-0" + std::to_string(1 + random() % 3) + zone, kXsdDate);
    default:
      return Term::boolean(random() % 2 == 0);
  }
}

TEST_CASE("What ids tell is what their values tell") {
  const auto seed = 8u;
  INFO("seed " << seed);
  std::mt19937 random(seed);
  Terms t;
  int known = 0;
  for (int i = 0; i < 50'000; ++i) {
    const Term a = random_inline_term(random), b = random_inline_term(random);
    INFO(a.to_string() << " and " << b.to_string());
    const TypedValue left = value_of(view_of(a)), right = value_of(view_of(b));
    if (const auto equal = equal_ids(t.id(a), t.id(b))) {
      REQUIRE(*equal == equal_values(left, right));
      ++known;
    }
    if (const auto less = less_ids(t.id(a), t.id(b))) REQUIRE(*less == less_than(left, right));
    if (const auto order = order_ids(t.id(a), t.id(b)))
      REQUIRE((*order == order_values(left, right)));
  }
  CHECK(known > 5'000);
}

TEST_CASE("Ids of terms that were loaded together compare as the terms do") {
  const auto all = different_terms();
  const LoadedTerms loaded(all);
  MemoryBudget budget;
  QueryTerms terms(*loaded.snapshot, budget);
  std::vector<TermId> ids = loaded.ids;
  for (const Term& term : all)
    ids.push_back(terms.intern(view_of(term)));  // some are the query's own
  std::size_t by_ids = 0, in_no_run = 0;
  std::string left, right;
  for (const TermId a : ids) {
    in_no_run += a.in_dictionary() && !terms.run_of(a);
    for (const TermId b : ids) {
      const TypedValue x = value_of(terms.get(a, left)), y = value_of(terms.get(b, right));
      CAPTURE(terms.term(a).to_string(), terms.term(b).to_string());
      REQUIRE(order_terms(a, b, terms) == order_values(x, y));
      REQUIRE(less_than(a, b, terms) == less_than(x, y));
      by_ids += a != b && terms.order_by_ids(a, b);
    }
  }
  CHECK(by_ids > 20);
  CHECK(in_no_run > 5);
}

}  // namespace
}  // namespace tripten
