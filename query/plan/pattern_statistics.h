// PatternStatistics: how many quads match a pattern, and how many different values its variables
// take.
//
// Counts come from the store exactly, except where only reading the quads could tell which graph
// they are in; distinct values from a look at the first rows and, where a value fills these, from a
// few jumps over values. Belongs to one query; remembers what it was asked. What queries of the
// same database found out before may be shared (query/plan/known_values.h).
#pragma once

#include <array>
#include <map>

#include "query/plan/dataset.h"
#include "query/plan/known_values.h"

namespace tripten {

class PatternStatistics {
 public:
  PatternStatistics(const StoreView& view, const Dataset& dataset)
      : view_(view),
        dataset_(dataset) {}

  /// `values` outlives this, or is null.
  void share(KnownValues* values) { known_ = values; }

  struct Count {
    double rows = 0;
    bool exact = false;
  };
  /// Rows of the pattern; a variable that stands twice is taken for two.
  Count count(const ScanPattern& pattern);

  /// Different terms at a position (0 subject .. 2 object) that is a variable, in any graph.
  double distinct(const ScanPattern& pattern, std::size_t position);

  std::uint64_t all_quads() { return free_count({}); }
  /// Quads of a predicate, in any graph.
  double predicate_count(TermId predicate);

 private:
  std::uint64_t free_count(const QuadPattern& triple);
  Count count_in(const QuadPattern& triple, TermId graph);
  double look(const QuadPattern& triple, std::size_t position);

  const StoreView& view_;
  const Dataset& dataset_;
  KnownValues* known_ = nullptr;
  std::map<Quad, std::uint64_t> counts_{};
  std::array<std::map<Quad, double>, 3> distinct_{};
};

/// The order whose first columns are the pattern's constants and whose next one is `position`.
QuadOrder order_for(const QuadPattern& triple, std::size_t position);

}  // namespace tripten
