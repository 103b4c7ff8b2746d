// Aggregator: the state of one aggregate over one group (SPARQL 1.1 §18.5.1).
#pragma once

#include <memory>

#include "query/algebra/algebra.h"
#include "query/expr/query_context.h"

namespace tripten {

/// DISTINCT is the aggregator's own affair (it keeps a set of ids).
class Aggregator {
 public:
  virtual ~Aggregator() = default;
  /// The argument's value for one more solution; kUnbound is an error of the argument. For COUNT(*)
  /// `value` only says which solution it is where DISTINCT asks (the caller numbers them).
  virtual void add(TermId value, QueryContext& context) = 0;
  /// The result; kUnbound where the aggregate ends in an error.
  virtual TermId finish(QueryContext& context) = 0;
};

std::unique_ptr<Aggregator> make_aggregator(const Aggregate& aggregate);

}  // namespace tripten
