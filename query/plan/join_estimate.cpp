#include "query/plan/join_estimate.h"

#include <algorithm>

namespace tripten {

namespace {

constexpr std::size_t kFilterBits = 64;

JoinEstimate::Filters bit_of(std::size_t filter) {
  return JoinEstimate::Filters{1} << filter;
}

}  // namespace

JoinEstimates::JoinEstimates(const std::vector<JoinInput>& inputs,
                             const std::vector<JoinFilter>& filters, const StoreView* view)
    : inputs_(inputs),
      filters_(filters),
      star_corrections_(inputs, view) {
  for (const JoinInput& input : inputs)
    for (const JoinInput::Bound& bound : input.variables)
      variables_ = std::max(variables_, bound.variable + 1);
}

JoinEstimate JoinEstimates::of(std::size_t number) const {
  const JoinInput& input = inputs_[number];
  JoinEstimate set{input.rows,
                   input.rows,
                   0,
                   std::vector<double>(variables_),
                   std::vector<bool>(variables_),
                   std::vector<std::uint32_t>(variables_)};
  if (input.star) set.stars[input.star->variable] = star_corrections_.member(number);
  for (const JoinInput::Bound& bound : input.variables) {
    set.distinct[bound.variable] = std::clamp(bound.distinct, 1.0, std::max(1.0, input.rows));
    set.certain[bound.variable] = bound.certain;
  }
  apply_filters(set);
  return set;
}

JoinEstimate JoinEstimates::combine(const JoinEstimate& a, const JoinEstimate& b) {
  JoinEstimate both{a.joined * b.joined, 0, 0, a.distinct, a.certain, a.stars};
  for (std::size_t v = 0; v < variables_; ++v) {
    if (b.distinct[v] > 0 && a.distinct[v] > 0) {
      both.joined /= std::max(a.distinct[v], b.distinct[v]);
      both.distinct[v] = std::min(a.distinct[v], b.distinct[v]);
    } else if (b.distinct[v] > 0) {
      both.distinct[v] = b.distinct[v];
    }
    both.certain[v] = both.certain[v] || b.certain[v];
    both.stars[v] |= b.stars[v];
    if (a.stars[v] && b.stars[v])
      both.joined *=
          star_corrections_.factor(v, both.stars[v]) /
          (star_corrections_.factor(v, a.stars[v]) * star_corrections_.factor(v, b.stars[v]));
  }
  for (double& distinct : both.distinct)
    if (distinct > 0) distinct = std::max(1.0, std::min(distinct, both.joined));
  apply_filters(both);
  return both;
}

void JoinEstimates::apply_filters(JoinEstimate& set) const {
  set.rows = set.joined;
  for (std::size_t i = 0; i < filters_.size(); ++i) {
    const std::vector<std::size_t>& variables = filters_[i].variables;
    if (!std::all_of(variables.begin(), variables.end(), [&](std::size_t variable) {
          return variable < variables_ && set.certain[variable];
        }))
      continue;
    set.rows *= filters_[i].selectivity;
    if (i < kFilterBits) set.tested |= bit_of(i);
  }
}

double JoinEstimates::test_cost(const JoinEstimate& set, JoinEstimate::Filters before) const {
  double cost = 0, rows = set.joined;
  for (const bool is_new : {false, true})
    for (std::size_t i = 0; i < std::min(filters_.size(), kFilterBits); ++i) {
      const JoinFilter& filter = filters_[i];
      if (!(set.tested & bit_of(i)) || is_new != !(before & bit_of(i))) continue;
      if (is_new && filter.row_cost > 0) cost += rows * filter.row_cost;
      if (is_new && filter.value_cost > 0)
        cost += std::min(rows, set.distinct[filter.variables[0]]) * filter.value_cost;
      rows *= filter.selectivity;
    }
  return cost;
}

}  // namespace tripten
