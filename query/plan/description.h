// Description: the triples about resources, for DESCRIBE (§16.4 leaves to the store which).
//
// The concise bounded description: all triples with the resource as subject, and the descriptions
// of the blank nodes among their objects, and so on. Triples come from the default graph and the
// named graphs of the dataset alike: one source is one graph here, and who asks about a gene wants
// what all of them say.
#pragma once

#include <deque>
#include <vector>

#include "query/exec/row_set.h"
#include "query/expr/query_context.h"
#include "query/plan/dataset.h"

namespace tripten {

/// Belongs to one query.
class Description {
 public:
  Description(QueryContext& context, const Dataset& dataset);

  /// Asks for a resource; literals and unbound ones have no description.
  void add(TermId resource);
  /// Adds the triples of the next resource asked for; false where all are described.
  bool describe_next(RowSet& triples);

 private:
  bool reads(TermId graph) const;

  QueryContext& context_;
  const Dataset& dataset_;
  RowSet resources_{};    // asked for so far,
  std::size_t done_ = 0;  // and how many of them are described
};

}  // namespace tripten
