#include "query/plan/multiway_order.h"

#include <algorithm>
#include <bit>
#include <map>

#include "base/check.h"
#include "query/plan/cost.h"

namespace tripten {

namespace {

/// The variables that stand in two inputs or more.
VariableBits shared_variables(const std::vector<VariableBits>& inputs) {
  VariableBits once = 0, shared = 0;
  for (const VariableBits input : inputs) {
    shared |= once & input;
    once |= input;
  }
  return shared;
}

/// What the reduction leaves of the inputs: variables that stand alone go, then inputs whose
/// variables another one has all.
VariableBits core_of(std::vector<VariableBits> inputs) {
  for (bool changed = true; changed;) {
    const VariableBits shared = shared_variables(inputs);
    changed = false;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      inputs[i] &= shared;
      bool covered = inputs[i] == 0;
      for (std::size_t j = 0; j < inputs.size() && !covered; ++j)
        covered = i != j && (inputs[i] & inputs[j] & shared) == inputs[i];
      if (!covered) continue;
      inputs.erase(inputs.begin() + static_cast<std::ptrdiff_t>(i));
      changed = true;
      break;
    }
  }
  VariableBits core = 0;
  for (const VariableBits input : inputs)
    core |= input;
  return core;
}

/// The inputs with their variables numbered from 0 on.
class OrderSearch {
 public:
  explicit OrderSearch(const std::vector<MultiwayInput>& inputs) : inputs_(inputs) {
    std::map<std::size_t, std::size_t> numbers;
    for (const MultiwayInput& input : inputs)
      for (const auto& [variable, distinct] : input.distinct)
        numbers.emplace(variable, 0);
    for (auto& [variable, number] : numbers) {
      number = variables_.size();
      variables_.push_back(variable);
    }
    check(variables_.size() <= kMostMultiwayVariables, "a multiway join of too many variables");
    fewest_.resize(variables_.size());
    for (MultiwayInput& input : inputs_)
      for (auto& [variable, distinct] : input.distinct) {
        variable = numbers.at(variable);
        distinct = std::clamp(distinct, 1.0, std::max(1.0, input.rows));
        double& fewest = fewest_[variable];
        fewest = fewest == 0 ? distinct : std::min(fewest, distinct);
      }
  }

  MultiwayOrder run() const {
    struct State {
      double cost = -1;
      std::size_t last = 0;
    };
    std::vector<State> states(std::size_t{1} << variables_.size());
    states[0].cost = 0;
    for (std::size_t set = 0; set < states.size(); ++set)
      for (std::size_t next = 0; next < variables_.size(); ++next) {
        const std::size_t with = set | std::size_t{1} << next;
        if (with == set) continue;
        const double cost = states[set].cost + cost_of(set, next);
        if (states[with].cost < 0 || cost < states[with].cost) states[with] = {cost, next};
      }
    MultiwayOrder order{{}, states.back().cost};
    for (std::size_t set = states.size() - 1; set != 0;) {
      order.variables.push_back(variables_[states[set].last]);
      set ^= std::size_t{1} << states[set].last;
    }
    std::reverse(order.variables.begin(), order.variables.end());
    return order;
  }

 private:
  static bool has(std::size_t set, std::size_t variable) { return (set >> variable & 1) != 0; }

  /// The different values that an input has for the variables of the set together.
  static double size(const MultiwayInput& input, std::size_t set) {
    double values = 1;
    for (const auto& [variable, distinct] : input.distinct)
      if (has(set, variable)) values *= distinct;
    return std::min(values, input.rows);
  }

  double bindings(std::size_t set) const {
    double rows = 1;
    for (const MultiwayInput& input : inputs_) {
      rows *= size(input, set);
      for (const auto& [variable, distinct] : input.distinct)
        if (has(set, variable)) rows /= distinct;
    }
    for (std::size_t variable = 0; variable < fewest_.size(); ++variable)
      if (has(set, variable)) rows *= fewest_[variable];
    return rows;
  }

  /// Of finding the values of one more variable for each binding of the set.
  double cost_of(std::size_t set, std::size_t next) const {
    double values = -1, cursors = 0;
    for (const MultiwayInput& input : inputs_) {
      const bool takes_part =
          std::any_of(input.distinct.begin(), input.distinct.end(),
                      [&](const auto& variable) { return variable.first == next; });
      if (!takes_part) continue;
      ++cursors;
      const double below =
          size(input, set | std::size_t{1} << next) / std::max(1.0, size(input, set));
      values = values < 0 ? below : std::min(values, below);
    }
    return bindings(set) * (1 + values) * cursors * kLeapCost +
           bindings(set | std::size_t{1} << next) * kMatchCost;
  }

  std::vector<MultiwayInput> inputs_;
  std::vector<std::size_t> variables_{};
  std::vector<double> fewest_{};  // by variable: distinct values of the input that has the fewest
};

}  // namespace

bool contains_cycle(std::vector<VariableBits> inputs) {
  return core_of(std::move(inputs)) != 0;
}

bool is_cycle(std::vector<VariableBits> inputs) {
  VariableBits all = 0;
  for (const VariableBits input : inputs)
    all |= input;
  return all != 0 && core_of(std::move(inputs)) == all;
}

MultiwayOrder order_multiway(const std::vector<MultiwayInput>& inputs) {
  return OrderSearch(inputs).run();
}

}  // namespace tripten
