#include "differential/naive/operators.h"

#include <algorithm>

namespace tripten::naive {

Solutions filter(const Condition& condition, const Solutions& solutions) {
  Solutions kept;
  for (const Solution& solution : solutions)
    if (condition(solution)) kept.push_back(solution);
  return kept;
}

Solutions join(const Solutions& left, const Solutions& right, Effort& effort) {
  effort.spend(left.size() * right.size());
  Solutions joined;
  for (const Solution& a : left)
    for (const Solution& b : right)
      if (compatible(a, b)) joined.push_back(merge(a, b));
  return joined;
}

Solutions diff(const Solutions& left, const Solutions& right, const Condition& condition,
               Effort& effort) {
  effort.spend(left.size() * right.size());
  Solutions kept;
  for (const Solution& a : left)
    if (std::none_of(right.begin(), right.end(),
                     [&](const Solution& b) { return compatible(a, b) && condition(merge(a, b)); }))
      kept.push_back(a);
  return kept;
}

Solutions left_join(const Solutions& left, const Solutions& right, const Condition& condition,
                    Effort& effort) {
  return set_union(filter(condition, join(left, right, effort)),
                   diff(left, right, condition, effort));
}

Solutions set_union(const Solutions& left, const Solutions& right) {
  Solutions all = left;
  all.insert(all.end(), right.begin(), right.end());
  return all;
}

Solutions minus(const Solutions& left, const Solutions& right, Effort& effort) {
  effort.spend(left.size() * right.size());
  Solutions kept;
  for (const Solution& a : left)
    if (std::all_of(right.begin(), right.end(),
                    [&](const Solution& b) { return !compatible(a, b) || disjoint_domains(a, b); }))
      kept.push_back(a);
  return kept;
}

Solutions project(const Solutions& solutions, const std::vector<Variable>& variables) {
  Solutions projected;
  for (const Solution& solution : solutions)
    projected.push_back(restricted_to(solution, variables));
  return projected;
}

Solutions distinct(const Solutions& solutions) {
  std::set<Solution> seen;
  Solutions different;
  for (const Solution& solution : solutions)
    if (seen.insert(solution).second) different.push_back(solution);
  return different;
}

}  // namespace tripten::naive
