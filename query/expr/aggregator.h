// Aggregator: one aggregate over all groups of a Group (SPARQL 1.1 §18.5.1), a batch of rows at a
// time.
//
// A row may stand for several equal solutions; its weight says for how many. DISTINCT is the
// aggregator's own affair (query/expr/group_values.h), and it ignores weights.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "query/algebra/algebra.h"
#include "query/expr/query_context.h"

namespace tripten {

/// Solutions to be aggregated; all spans have an entry a row.
struct AggregatedRows {
  /// The argument's; kUnbound is an error of the argument. For COUNT(*) they only say which
  /// solution it is where DISTINCT asks (the caller numbers them), and may be empty elsewhere.
  std::span<const TermId> values;
  std::span<const std::uint32_t> groups;
  std::span<const std::uint64_t> weights{};  ///< Empty: each row is one solution.
};

class Aggregator {
 public:
  virtual ~Aggregator() = default;
  /// There are groups [0, groups) from here on, new ones are empty; the next call of add() brings
  /// at most `rows` rows. Throws Limit, and may be called again.
  virtual void grow(std::size_t groups, std::size_t rows) = 0;
  virtual void add(const AggregatedRows& rows, QueryContext& context) = 0;
  /// The result; kUnbound where the aggregate ends in an error.
  virtual TermId finish(std::size_t group, QueryContext& context) = 0;
  /// Forgets the groups before that one, which gets number 0.
  virtual void keep_from(std::size_t group) = 0;
};

std::unique_ptr<Aggregator> make_aggregator(const Aggregate& aggregate, MemoryBudget& budget);

/// Whether n equal solutions can be given to the aggregate as one row of weight n.
bool takes_weights(const Aggregate& aggregate);
/// Whether n equal solutions are the same to the aggregate as one.
bool ignores_repetition(const Aggregate& aggregate);

}  // namespace tripten
