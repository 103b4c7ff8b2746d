#include "load/transaction_sink.h"

#include <catch2/catch.hpp>

using namespace tripten;

namespace {

Statement blank_statement(std::string_view subject, std::string_view object) {
  return {.subject = {TermKind::Blank, subject},
          .predicate = {TermKind::Iri, "urn:p"},
          .object = {TermKind::Blank, object},
          .graph = {}};
}

}  // namespace

TEST_CASE("A transaction sink keeps blank node labels apart between sources") {
  const StorePtr store = Store::in_memory({});
  auto transaction = store->begin();
  TransactionSink sink(*transaction, Term(), nullptr);
  sink.begin_source();
  sink.add(blank_statement("a", "b"));
  sink.add(blank_statement("a", "b"));
  sink.begin_source();
  sink.add(blank_statement("a", "b"));
  CHECK(sink.statements() == 3);
  CHECK(sink.inserted() == 2);
  transaction->commit();
  CHECK(store->snapshot()->count({}) == 2);
}

TEST_CASE("A transaction sink puts statements without a graph into the graph it was given") {
  const StorePtr store = Store::in_memory({});
  auto transaction = store->begin();
  TransactionSink sink(*transaction, Term::iri("urn:g"), nullptr);
  Statement statement = blank_statement("a", "b");
  sink.add(statement);
  statement.graph = {TermKind::Iri, "urn:h"};
  sink.add(statement);
  transaction->commit();
  const SnapshotPtr snapshot = store->snapshot();
  std::vector<std::string> graphs;
  for (const TermId graph : snapshot->graphs())
    graphs.push_back(snapshot->term(graph).value());
  CHECK(graphs == std::vector<std::string>{"urn:g", "urn:h"});
  CHECK(snapshot->count(QuadPattern{{kUnbound, kUnbound, kUnbound, kDefaultGraph}}) == 0);
}
