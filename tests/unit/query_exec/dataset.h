// A small dataset in a store, and the same quads as a std::set to compare with.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "query/exec/operators.h"
#include "storage/store.h"
#include "unit/query_exec/execution.h"

namespace tripten::test {

struct Dataset {
  Dataset();

  /// <http://ex.org/NAME>, known to the store from here on.
  TermId iri(const std::string& name);
  /// Names that stand for terms: digits are integers, "" the default graph, others IRIs.
  TermId id(const std::string& name);
  void add(const std::string& subject, const std::string& predicate, const std::string& object,
           const std::string& graph = "");
  void add(const Quad& quad);
  /// Makes everything added so far visible.
  void commit();
  const StoreView& view() const { return *snapshot; }

  StorePtr store;
  std::unique_ptr<StoreTransaction> change;
  SnapshotPtr snapshot;
  std::set<Quad> quads{};
};

Term iri_term(const std::string& name);

/// The triples that a pattern or path sees in an active graph, each with the graph that it binds
/// (unbound where it binds none); `current` is the graph of a GraphLoop.
std::vector<Quad> active_triples(const std::set<Quad>& quads, const ActiveGraph& graph,
                                 TermId current);

}  // namespace tripten::test
