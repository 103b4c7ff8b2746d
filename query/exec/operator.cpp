#include "query/exec/operator.h"

#include <algorithm>
#include <utility>

#include "query/exec/multiplicity.h"

namespace tripten {

std::vector<std::size_t> Operator::narrow(const std::set<Variable>& wanted) {
  std::vector<std::size_t> kept;
  std::vector<bool> bound;
  std::vector<Variable> variables;
  for (std::size_t column = 0; column < schema_.size(); ++column) {
    const Variable& variable = schema_[column];
    if (!wanted.contains(variable) && !is_multiplicity(variable)) {
      left_out_.push_back(variable);
      continue;
    }
    kept.push_back(column);
    bound.push_back(always_bound(column));
    variables.push_back(variable);
  }
  // Rows stay sorted by what comes before the first column that is gone.
  std::vector<std::size_t> sorted;
  for (const std::size_t column : sorted_by_) {
    const auto found = std::lower_bound(kept.begin(), kept.end(), column);
    if (found == kept.end() || *found != column) break;
    sorted.push_back(static_cast<std::size_t>(found - kept.begin()));
  }
  schema_ = Schema(std::move(variables));
  sorted_by_ = std::move(sorted);
  always_bound_ = std::move(bound);
  return kept;
}

void Operator::narrow(const std::set<Variable>& wanted, std::vector<std::size_t>& source) {
  std::vector<std::size_t> kept;
  for (const std::size_t column : narrow(wanted))
    kept.push_back(source[column]);
  source = std::move(kept);
}

void Operator::take_columns(const Operator& other) {
  schema_ = other.schema_;
  sorted_by_ = other.sorted_by_;
  always_bound_ = other.always_bound_;
  always_bound_.resize(schema_.size());
}

}  // namespace tripten
