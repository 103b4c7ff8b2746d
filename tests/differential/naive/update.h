// Update operations on a graph store (SPARQL 1.1 Update §4).
#pragma once

#include "differential/naive/solution.h"

namespace tripten::naive {

/// The operation failed: the request as a whole has no effect.
struct UpdateFailed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The graph store after the operations of the request, one after another. Blank nodes that it
/// makes have labels that begin with "new".
TermQuads execute(const Update& update, TermQuads quads, Effort& effort);

/// The triples of a CONSTRUCT (§16.2); blank nodes of the template as execute() makes them.
TermQuads construct(const std::vector<QuadTemplate>& quads, const Solutions& solutions);

}  // namespace tripten::naive
