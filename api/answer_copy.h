// AnswerCopy: fills a KeptAnswer while the answer is written.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tripten/solutions.h"

#include "query/expr/batch.h"
#include "query/expr/query_terms.h"

namespace tripten {

/// Does nothing where there is no place to copy to.
class AnswerCopy {
 public:
  /// Begins `to` anew; null is no place.
  AnswerCopy(KeptAnswer* to, const std::vector<std::string>& columns, bool is_graph,
             const std::map<std::string, std::string>& prefixes);

  /// Adds the rows of a batch, or forgets them all where they become too many.
  void add(const Batch& batch, const QueryTerms& terms);
  /// The answer of an ASK.
  void set(bool answer);
  /// All rows have come.
  void finish();

 private:
  KeptAnswer* to_;  // null, too, once the answer was too large
  std::size_t bytes_ = 0;
};

}  // namespace tripten
