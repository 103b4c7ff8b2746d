// ServiceJoin: rows joined with what a SPARQL service answers (SPARQL 1.1 Federated Query §2).
//
//   ServiceJoin          pulls a chunk of rows from left, and for those of them that bind the same
//     left               variables at a time opens the join again:
//     HashJoin
//       ChunkRows        gives the rows
//       Service          sends the pattern with their values as VALUES (§2.4), kMostKeys different
//                        ones a call, and gives the answers
//
// The answers hold each solution once for each different key, and no others: rows of the chunk that
// bind the same variables meet exactly the solutions that they are compatible with. A value that
// the service can't be told (a blank node means nothing there) is left out and compared here.
#pragma once

#include <optional>

#include "query/exec/operators.h"
#include "query/plan/service_calls.h"

namespace tripten {

/// `kind` is Inner or Left. `calls` outlives the operator.
OperatorPtr service_join(OperatorPtr left, const Service& service, ServiceCalls& calls,
                         JoinKind kind, const std::optional<Expression>& condition,
                         const ExistsFactory& exists);

}  // namespace tripten
