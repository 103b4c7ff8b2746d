// IdTruths: what a condition on one variable says of each term by its id alone.
//
// Ids of inline values ascend as the values do, and ids of one run of the dictionary as its terms
// do. So a comparison with a constant, a test of a term's kind, or a prefix cuts the ids into a few
// intervals that have one answer each:
//
//   ?x >= 5      Iri ... Tagged | Typed   | Boolean | Integer: < 5 | 5 ... | Decimal: < 5 | ...
//                Error          | Unknown | Error   | False        | True  | False        | ...
//
// Unknown are terms that must be looked at: literals of other datatypes, and terms that came by
// transactions where an order of texts is asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "query/algebra/algebra.h"
#include "query/expr/evaluator.h"
#include "query/expr/query_terms.h"
#include "storage/term_ranges.h"

namespace tripten {

class IdTruths {
 public:
  enum class Answer : std::uint8_t { False, True, Error, Unknown };

  Answer of(TermId id) const;

  /// All ids for which the condition may be true; ascending, apart from each other.
  std::vector<IdRange> candidates() const;

 private:
  friend class IdTruthsMaker;

  struct Segment {
    TermId end{};  // the segment is from the one before up to this
    Answer answer = Answer::Unknown;
  };
  std::vector<Segment> segments_{};
  TermId zoned_{};  // a date or time: of ids of its kind with other zones the answer is Unknown
};

/// The variable of a condition that make_id_truths() knows something about.
std::optional<Variable> id_condition_variable(const Expression& condition);

/// Nothing where the condition is of no such form, or its constant of no such kind.
std::optional<IdTruths> make_id_truths(const Expression& condition, QueryTerms& terms);

/// Ranges that are in both lists.
std::vector<IdRange> common_ranges(const std::vector<IdRange>& a, const std::vector<IdRange>& b);

}  // namespace tripten
