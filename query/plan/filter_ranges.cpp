#include "query/plan/filter_ranges.h"

#include <algorithm>

#include "query/expr/dependence.h"
#include "query/expr/id_truths.h"

namespace tripten {

std::vector<IdRange> filter_ranges(const std::vector<JoinGroup::Condition>& conditions,
                                   const Variable& variable, QueryTerms& terms) {
  std::vector<IdRange> ranges;
  for (const JoinGroup::Condition& condition : conditions) {
    if (id_condition_variable(condition.expression) != variable) continue;
    const auto truths = make_id_truths(condition.expression, terms);
    if (!truths) continue;
    std::vector<IdRange> candidates = truths->candidates();
    ranges = ranges.empty() ? std::move(candidates) : common_ranges(ranges, candidates);
  }
  return ranges;
}

bool reads_texts(const std::vector<JoinGroup::Condition>& conditions, const Variable& variable) {
  return std::any_of(conditions.begin(), conditions.end(),
                     [&](const JoinGroup::Condition& condition) {
                       return costly_in_one_variable(condition.expression) == variable;
                     });
}

}  // namespace tripten
