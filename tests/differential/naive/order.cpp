#include "differential/naive/order.h"

#include <algorithm>

#include "differential/naive/value.h"

namespace tripten::naive {

namespace {

using Keys = std::vector<Term>;  // unbound: an error, which comes first like an unbound variable

Keys keys_of(const Solution& solution, const std::vector<OrderCondition>& conditions,
             const ActiveDataset& active) {
  Keys keys;
  for (const OrderCondition& condition : conditions)
    keys.push_back(
        value_of(condition.expression, merge(active.given, solution), active).value_or(Term()));
  return keys;
}

/// The first condition that tells them apart decides; where its terms have no order nothing does.
bool keys_before(const Keys& a, const Keys& b, const std::vector<OrderCondition>& conditions) {
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    if (a[i] == b[i]) continue;
    const bool below = naive::certainly_before(a[i], b[i]);
    const bool above = naive::certainly_before(b[i], a[i]);
    if (!below && !above) return false;
    return conditions[i].descending ? above : below;
  }
  return false;
}

}  // namespace

bool certainly_before(const Solution& a, const Solution& b,
                      const std::vector<OrderCondition>& conditions, const ActiveDataset& active) {
  return keys_before(keys_of(a, conditions, active), keys_of(b, conditions, active), conditions);
}

Solutions order_by(const Solutions& solutions, const std::vector<OrderCondition>& conditions,
                   const ActiveDataset& active) {
  std::vector<Keys> keys;
  for (const Solution& solution : solutions)
    keys.push_back(keys_of(solution, conditions, active));
  active.effort.spend(solutions.size() * solutions.size());
  // Again and again one that none of the rest is before.
  std::vector<std::size_t> rest(solutions.size());
  for (std::size_t i = 0; i < rest.size(); ++i)
    rest[i] = i;
  Solutions ordered;
  while (!rest.empty()) {
    const auto first = std::find_if(rest.begin(), rest.end(), [&](std::size_t candidate) {
      return std::none_of(rest.begin(), rest.end(), [&](std::size_t other) {
        return keys_before(keys[other], keys[candidate], conditions);
      });
    });
    if (first == rest.end()) throw NotDetermined("an order with a cycle");
    ordered.push_back(solutions[*first]);
    rest.erase(first);
  }
  return ordered;
}

Solutions slice(const Solutions& solutions, const Slice& node,
                const std::vector<OrderCondition>& conditions, const ActiveDataset& active) {
  const std::size_t begin = std::min<std::size_t>(node.offset, solutions.size());
  const std::size_t end = node.limit
                              ? begin + std::min<std::size_t>(*node.limit, solutions.size() - begin)
                              : solutions.size();
  // At each edge, all before it must certainly stand before all behind it, or be equal.
  for (const std::size_t edge : {begin, end}) {
    if (begin == end) break;
    active.effort.spend(edge * (solutions.size() - edge));
    for (std::size_t before = 0; before < edge; ++before)
      for (std::size_t behind = edge; behind < solutions.size(); ++behind)
        if (solutions[before] != solutions[behind] &&
            !certainly_before(solutions[before], solutions[behind], conditions, active))
          throw NotDetermined("a slice of solutions without an order");
  }
  return {solutions.begin() + static_cast<std::ptrdiff_t>(begin),
          solutions.begin() + static_cast<std::ptrdiff_t>(end)};
}

}  // namespace tripten::naive
