// QueryTerms: ids of terms that the database has, and of those that only the query has.
#include "query/expr/query_terms.h"

#include <array>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/query_expr/expression_fixture.h"

namespace tripten {
namespace {

TEST_CASE("A term has one id in a query, wherever it comes from") {
  DictionaryView view;
  MemoryBudget budget;
  const TermId stored = view.add(Term::literal("stored"));
  QueryTerms terms(view, budget);
  CHECK(terms.intern(view_of(Term::literal("stored"))) == stored);
  const TermId computed = terms.intern(view_of(Term::literal("computed")));
  CHECK(computed.kind() == IdKind::Local);
  CHECK(terms.intern(view_of(Term::literal("computed"))) == computed);
  CHECK(terms.intern(view_of(Term::tagged("computed", "en"))) != computed);
  CHECK(terms.intern(view_of(Term::integer(5))).kind() == IdKind::Integer);
  CHECK(terms.intern({}) == kUnbound);
}

TEST_CASE("All threads of a query mean the same by an id") {
  DictionaryView view;
  MemoryBudget budget;
  QueryTerms terms(view, budget);
  const TermId early = terms.intern(view_of(Term::literal("early")));
  const auto others = QueryTerms::for_other_thread(terms);
  CHECK(others->term(early) == Term::literal("early"));
  constexpr int kTerms = 2000;
  std::array<std::vector<TermId>, 2> ids;
  const auto intern_all = [&](QueryTerms& mine, std::vector<TermId>& out) {
    for (int i = 0; i < kTerms; ++i)
      out.push_back(mine.intern(view_of(Term::literal("text " + std::to_string(i)))));
  };
  {
    const std::jthread thread([&] { intern_all(*others, ids[1]); });
    intern_all(terms, ids[0]);
  }
  CHECK(ids[0] == ids[1]);
  CHECK(terms.term(ids[1].back()) == Term::literal("text " + std::to_string(kTerms - 1)));
  CHECK(terms.fresh_blank() != others->fresh_blank());
}

TEST_CASE("Every kind of id gives its term back") {
  DictionaryView view;
  MemoryBudget budget;
  QueryTerms terms(view, budget);
  for (const Term& term :
       {Term::iri("http://ex.org/a"), Term::literal("x"), Term::tagged("x", "en-GB"),
        Term::typed("x", "http://ex.org/type"), Term::typed("01", kXsdInteger), Term::integer(-7),
        Term::boolean(true), Term::number(0.1), Term::number(0.5), Term::blank("mine"),
        Term::literal(std::string(1000, 'y')), Term::literal("")}) {
    if (term.is_iri()) view.add(term);
    CHECK(terms.term(terms.intern(view_of(term))) == term);
  }
  CHECK_FALSE(terms.term(kUnbound));
  CHECK_FALSE(terms.term(kDefaultGraph));
}

TEST_CASE("Fresh blank nodes differ from stored ones and from each other") {
  DictionaryView view;
  MemoryBudget budget;
  QueryTerms terms(view, budget);
  CHECK(terms.intern({.kind = TermKind::Blank, .value = "b7"}) == TermId(IdKind::Blank, 7));
  CHECK(terms.term(TermId(IdKind::Blank, 7)) == Term::blank("b7"));
  const TermId taken = terms.intern({.kind = TermKind::Blank, .value = "q1"});
  const TermId first = terms.fresh_blank(), second = terms.fresh_blank();
  CHECK(first != second);
  CHECK(first != taken);
  CHECK(terms.term(first).is_blank());
  CHECK(terms.term(first).value().front() == 'q');
  CHECK(terms.term(first) != terms.term(second));
  CHECK(terms.term(first) != terms.term(taken));
  CHECK(terms.intern(view_of(terms.term(first))) == first);
}

TEST_CASE("A term that is asked for again and again costs two lookups") {
  DictionaryView view;
  MemoryBudget budget;
  const TermId id = view.add(Term::literal("stored"));
  const TermId large = view.add(Term::literal(std::string(5000, 'x')));
  QueryTerms terms(view, budget);
  std::string scratch;
  for (int i = 0; i < 10; ++i)
    CHECK(terms.get(id, scratch).value == "stored");
  CHECK(view.lookups == 2);
  for (int i = 0; i < 3; ++i)
    CHECK(terms.get(large, scratch).value.size() == 5000);
}

TEST_CASE("Computed terms count against the memory budget") {
  DictionaryView view;
  MemoryBudget budget(1'000'000);
  QueryTerms terms(view, budget);
  const std::string large(600'000, 'x');
  terms.intern({.kind = TermKind::Literal, .value = large + '1'});
  try {
    terms.intern({.kind = TermKind::Literal, .value = large + '2'});
    FAIL("the limit was not noticed");
  } catch (const Error& error) {
    CHECK(error.code == ErrorCode::Limit);
  }
}

TEST_CASE("Views of two terms in two scratches live side by side") {
  DictionaryView view;
  MemoryBudget budget;
  std::vector<TermId> ids;
  for (int i = 0; i < 20000; ++i)
    ids.push_back(view.add(Term::literal("term " + std::to_string(i))));
  QueryTerms terms(view, budget);
  std::string first_bytes, bytes;
  const TermView first = terms.get(ids[0], first_bytes);
  for (std::size_t i = 0; i < ids.size(); ++i)
    REQUIRE(terms.get(ids[i], bytes).value == "term " + std::to_string(i));
  CHECK(first.value == "term 0");
}

}  // namespace
}  // namespace tripten
