// Lines of N-Quads from ids against those that the writer of statements makes.
#include "query/output/quad_lines.h"

#include <random>
#include <sstream>

#include <catch2/catch.hpp>

#include "rdf/writer.h"

namespace tripten {
namespace {

std::vector<Term> some_terms() {
  std::vector<Term> terms{Term::iri("http://ex.org/<strange> one"),
                          Term::literal("quotes \" and\nlines\tand \x01\x7F"),
                          Term::literal(""),
                          Term::literal("été"),
                          Term::tagged("colour", "en-GB"),
                          Term::typed("01", "http://www.w3.org/2001/XMLSchema#integer"),
                          Term::typed("x", "http://ex.org/type"),
                          Term::integer(-7),
                          Term::typed("2020-02-29", "http://www.w3.org/2001/XMLSchema#date"),
                          Term::literal(std::string(100'000, 'l'))};
  for (int i = 0; i < 3000; ++i)
    terms.push_back(Term::iri("http://ex.org/" + std::to_string(i)));
  return terms;
}

/// `count` random quads of the terms, blank nodes and graphs among them.
StorePtr random_store(std::size_t count) {
  StorePtr store = Store::in_memory({});
  const auto transaction = store->begin();
  std::vector<TermId> resources{transaction->fresh_blank(), transaction->fresh_blank()}, objects;
  for (const Term& term : some_terms()) {
    const TermId id = transaction->intern(view_of(term));
    (id.is_iri() ? resources : objects).push_back(id);
  }
  objects.insert(objects.end(), resources.begin(), resources.end());
  std::mt19937 random(31);
  for (std::size_t i = 0; i < count; ++i)
    transaction->insert({{resources[random() % resources.size()], resources[2 + random() % 20],
                          objects[random() % (random() % 2 ? 12 : objects.size())],
                          random() % 2 ? kDefaultGraph : resources[2 + random() % 3]}});
  transaction->commit();
  return store;
}

TEST_CASE("Quads of ids become the lines that statements of terms become") {
  const StorePtr store = random_store(20'000);
  const SnapshotPtr view = store->snapshot();
  for (const QuadOrder order : {QuadOrder::Spog, QuadOrder::Gspo, QuadOrder::Ospg}) {
    std::ostringstream expected, found;
    const auto writer = make_rdf_writer(expected, {.format = Format::NQuads});
    OutputBuffer buffer(found);
    QuadLines lines(*view, true);
    QuadScan scan = view->scan(order, {});
    QuadColumns rows;
    while (scan.next(rows, 1500)) {
      lines.append(rows, order, buffer);
      for (std::size_t row = 0; row < rows.rows; ++row) {
        const Quad quad = from_order({{rows.columns[0][row], rows.columns[1][row],
                                       rows.columns[2][row], rows.columns[3][row]}},
                                     order);
        const Term terms[]{view->term(quad.subject()), view->term(quad.predicate()),
                           view->term(quad.object()), view->term(quad.graph())};
        writer->add({view_of(terms[0]), view_of(terms[1]), view_of(terms[2]), view_of(terms[3])});
      }
    }
    buffer.flush();
    writer->finish();
    REQUIRE(found.str() == expected.str());
  }
}

TEST_CASE("Without graphs the lines are N-Triples") {
  const StorePtr store = Store::in_memory({});
  const auto transaction = store->begin();
  const TermId iri = transaction->intern(view_of(Term::iri("http://ex.org/a")));
  transaction->insert({{iri, iri, transaction->intern(view_of(Term::integer(1))), iri}});
  transaction->commit();
  const SnapshotPtr view = store->snapshot();
  std::ostringstream out;
  OutputBuffer buffer(out);
  QuadLines lines(*view, false);
  QuadScan scan = view->scan(QuadOrder::Spog, {});
  QuadColumns rows;
  while (scan.next(rows))
    lines.append(rows, QuadOrder::Spog, buffer);
  buffer.flush();
  CHECK(out.str() ==
        "<http://ex.org/a> <http://ex.org/a> "
        "\"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n");
}

}  // namespace
}  // namespace tripten
