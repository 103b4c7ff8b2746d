// JoinEstimates: what is expected of a set of joined inputs.
//
// The formulas are those of query/plan/join_order.h: rows and distinct values are functions of the
// set, whichever way it was joined.
#pragma once

#include <cstdint>
#include <vector>

#include "query/plan/join_order.h"
#include "query/plan/star_corrections.h"

namespace tripten {

/// Of one set; a variable that it lacks has no distinct values.
struct JoinEstimate {
  using Filters = std::uint64_t;

  double joined = 1, rows = 1;  ///< Before and after filters.
  Filters tested = 0;           ///< Filters whose variables it binds, by bit: the first 64.
  std::vector<double> distinct{};
  std::vector<bool> certain{};         ///< Variables that are bound in every row.
  std::vector<std::uint32_t> stars{};  ///< Members of the star around the variable.
};

class JoinEstimates {
 public:
  JoinEstimates(const std::vector<JoinInput>& inputs, const std::vector<JoinFilter>& filters,
                const StoreView* view);

  /// How many variables there are.
  std::size_t variables() const { return variables_; }

  JoinEstimate of(std::size_t input) const;
  JoinEstimate combine(const JoinEstimate& a, const JoinEstimate& b);

  /// The cost of testing the set's filters but those that were tested `before` it was joined.
  double test_cost(const JoinEstimate& set, JoinEstimate::Filters before) const;

 private:
  void apply_filters(JoinEstimate& set) const;

  const std::vector<JoinInput>& inputs_;
  const std::vector<JoinFilter>& filters_;
  StarCorrections star_corrections_;
  std::size_t variables_ = 0;
};

}  // namespace tripten
