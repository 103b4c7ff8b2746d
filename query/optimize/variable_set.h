// Sets of variables, and the questions that passes ask of them.
#pragma once

#include <algorithm>
#include <iterator>
#include <set>

#include "query/algebra/algebra.h"

namespace tripten {

using VariableSet = std::set<Variable>;

inline bool is_subset(const VariableSet& small, const VariableSet& large) {
  return std::includes(large.begin(), large.end(), small.begin(), small.end());
}

inline VariableSet intersection(const VariableSet& a, const VariableSet& b) {
  VariableSet common;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(),
                        std::inserter(common, common.end()));
  return common;
}

inline bool intersects(const VariableSet& a, const VariableSet& b) {
  return std::any_of(a.begin(), a.end(),
                     [&](const Variable& variable) { return b.contains(variable); });
}

}  // namespace tripten
