#include "query/plan/join_order.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "tripten/error.h"

#include "base/check.h"
#include "query/plan/cost.h"
#include "query/plan/join_estimate.h"
#include "query/plan/multiway_order.h"

namespace tripten {

namespace {

constexpr std::size_t kUnsorted = ~std::size_t{0};
constexpr double kMostValues = 1e300;
constexpr double kMostMultiwayRows = 2e7;  // kept in memory

/// One way to a set of inputs.
struct Way {
  std::size_t sorted = kUnsorted;
  double cost = 0;
  std::size_t step = 0;
};
using Ways = std::vector<Way>;

struct Part {
  JoinEstimate estimate{};
  Ways ways{};
  double rows() const { return estimate.rows; }
};

class JoinSearch {
 public:
  JoinSearch(const std::vector<JoinInput>& inputs, const std::vector<JoinFilter>& filters,
             const StoreView* view, const std::vector<std::size_t>& grouped)
      : inputs_(inputs),
        estimates_(inputs, filters, view),
        variables_(estimates_.variables()),
        uses_(variables_),
        is_grouped_(variables_) {
    for (const JoinInput& input : inputs)
      for (const JoinInput::Bound& bound : input.variables)
        ++uses_[bound.variable];
    for (const std::size_t variable : grouped)
      is_grouped_[variable] = true;
  }

  JoinPlan run() {
    std::vector<Part> parts;
    for (const std::vector<std::size_t>& component : components())
      parts.push_back(component.size() <= kMostExhaustive ? search(component)
                                                          : go_greedily(component));
    std::stable_sort(parts.begin(), parts.end(),
                     [](const Part& a, const Part& b) { return a.rows() < b.rows(); });
    Part all = std::move(parts[0]);
    for (std::size_t i = 1; i < parts.size(); ++i) {
      Part product{estimates_.combine(all.estimate, parts[i].estimate), {}};
      join(all, parts[i], product);
      all = std::move(product);
    }
    const Way& best = *std::min_element(all.ways.begin(), all.ways.end(), [&](auto& a, auto& b) {
      return a.cost + cost_to_group(all, a) < b.cost + cost_to_group(all, b);
    });
    return trace(best.step);
  }

 private:
  /// The inputs, grouped by whether shared variables connect them.
  std::vector<std::vector<std::size_t>> components() const {
    std::vector<std::size_t> part_of(inputs_.size());
    std::vector<std::size_t> first_use(variables_, kUnsorted);
    std::vector<std::vector<std::size_t>> parts;
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      part_of[i] = i;
      for (const JoinInput::Bound& bound : inputs_[i].variables) {
        std::size_t& first = first_use[bound.variable];
        if (first == kUnsorted) first = i;
        const std::size_t from = std::max(part_of[first], part_of[i]);
        const std::size_t to = std::min(part_of[first], part_of[i]);
        if (from != to) std::replace(part_of.begin(), part_of.begin() + i + 1, from, to);
      }
    }
    for (std::size_t part = 0; part < inputs_.size(); ++part) {
      std::vector<std::size_t> members;
      for (std::size_t i = 0; i < inputs_.size(); ++i)
        if (part_of[i] == part) members.push_back(i);
      if (!members.empty()) parts.push_back(std::move(members));
    }
    return parts;
  }

  /// What grouping costs by where its tables are: those of a part, where the rows come sorted by
  /// one of the variables.
  double cost_to_group(const Part& part, const Way& way) const {
    double values = 1;
    for (std::size_t variable = 0; variable < variables_; ++variable)
      if (is_grouped_[variable])
        values = std::min(kMostValues, values * std::max(1.0, part.estimate.distinct[variable]));
    double groups = values * -std::expm1(-part.rows() / values);
    if (way.sorted != kUnsorted && is_grouped_[way.sorted])
      groups /= std::max(1.0, part.estimate.distinct[way.sorted]);
    return part.rows() * kKeptGroupRowCost * doublings_beyond_caches(groups);
  }

  /// Whether someone outside the part may want it sorted by the variable.
  bool is_wanted(std::size_t variable) const {
    return uses_[variable] > 1 || is_grouped_[variable];
  }

  Part part_of_input(std::size_t i) {
    const JoinInput& input = inputs_[i];
    Part part{estimates_.of(i), {}};
    const double cost = input.cost + estimates_.test_cost(part.estimate, 0);
    JoinStep step{JoinMethod::Read, i, std::nullopt, 0, 0, part.rows(), cost};
    add(part.ways, kUnsorted, step);
    for (const JoinInput::Bound& bound : input.variables) {
      if (!bound.sortable || !is_wanted(bound.variable)) continue;
      step.variable = bound.variable;
      add(part.ways, bound.variable, step);
    }
    return part;
  }

  /// Keeps the way if none of its order is cheaper; an unsorted one if none at all is.
  void add(Ways& ways, std::size_t sorted, const JoinStep& step) {
    for (const Way& way : ways)
      if (way.cost <= step.cost && (way.sorted == sorted || sorted == kUnsorted)) return;
    steps_.push_back(step);
    std::erase_if(ways, [&](const Way& way) {
      return way.sorted == sorted || (way.sorted == kUnsorted && step.cost < way.cost);
    });
    ways.push_back({sorted, step.cost, steps_.size() - 1});
  }

  static const Way& cheapest(const Ways& ways) {
    return *std::min_element(ways.begin(), ways.end(),
                             [](const Way& a, const Way& b) { return a.cost < b.cost; });
  }

  /// Adds the ways to join left and right, in these roles, to `both`, whose rows are known.
  void join(const Part& left, const Part& right, Part& both) {
    const double out = both.rows() * kOutputRowCost + tests_of(left, right, both);
    const Way& cheap_left = cheapest(left.ways);
    const Way& cheap_right = cheapest(right.ways);
    JoinStep step{JoinMethod::Hash, 0, std::nullopt, 0, cheap_right.step, both.rows(), 0};
    for (const Way& way : left.ways) {  // the probing side keeps its order
      step.left = way.step;
      step.cost = way.cost + cheap_right.cost + build_cost(right.rows()) +
                  probe_cost(left.rows(), right.rows()) + out;
      add(both.ways, way.sorted, step);
    }
    step.method = JoinMethod::HashLeft;
    step.left = cheap_left.step;
    for (const Way& way : right.ways) {
      step.right = way.step;
      step.cost = way.cost + cheap_left.cost + build_cost(left.rows()) +
                  probe_cost(right.rows(), left.rows()) + out;
      add(both.ways, way.sorted, step);
    }
    merge(left, right, both);
  }

  void merge(const Part& left, const Part& right, Part& both) {
    const double out = both.rows() * kOutputRowCost + tests_of(left, right, both);
    for (const Way& a : left.ways)
      for (const Way& b : right.ways) {
        if (a.sorted == kUnsorted || a.sorted != b.sorted) continue;
        if (!left.estimate.certain[a.sorted] || !right.estimate.certain[a.sorted]) continue;
        const double cost = a.cost + b.cost + (left.rows() + right.rows()) * kMergeRowCost +
                            pairs_cost(left, right, a.sorted, b) + out;
        add(both.ways, a.sorted,
            {JoinMethod::Merge, 0, a.sorted, a.step, b.step, both.rows(), cost});
      }
  }

  /// Of the filters that are tested on the rows of a join.
  double tests_of(const Part& left, const Part& right, const Part& both) const {
    return estimates_.test_cost(both.estimate, left.estimate.tested | right.estimate.tested);
  }

  /// Of the pairs that a merge join by one variable finds and compares by the others.
  double pairs_cost(const Part& left, const Part& right, std::size_t variable,
                    const Way& way) const {
    std::size_t others = 0;
    for (std::size_t v = 0; v < variables_; ++v)
      others += v != variable && left.estimate.distinct[v] > 0 && right.estimate.distinct[v] > 0;
    if (others == 0) return 0;
    const double group = right.rows() / right.estimate.distinct[variable];
    const double values =
        std::max(left.estimate.distinct[variable], right.estimate.distinct[variable]);
    const double compared = left.rows() * right.rows() / values * kCompareCost;
    // A pattern of two variables comes sorted by the other one, too: rows are searched for.
    const JoinStep& step = steps_[way.step];
    const bool searches =
        step.method == JoinMethod::Read && others == 1 && inputs_[step.input].variables.size() == 2;
    if (!searches) return compared;
    return std::min(compared, left.rows() * kCompareCost * std::log2(2 + group) * 2);
  }

  void look_up(const Part& left, std::size_t i, Part& both) {
    const JoinInput& input = inputs_[i];
    if (!input.lookup) return;
    double keys = 1;
    bool has_certain = false;
    for (const JoinInput::Bound& bound : input.variables) {
      const double distinct = left.estimate.distinct[bound.variable];
      if (distinct == 0) continue;
      keys *= distinct;
      has_certain = has_certain || (bound.certain && left.estimate.certain[bound.variable]);
    }
    if (input.lookup->needs_certain && !has_certain) return;
    keys = std::min(keys, std::max(1.0, left.rows()));
    const double out =
        both.rows() * kOutputRowCost + estimates_.test_cost(both.estimate, left.estimate.tested);
    for (const Way& way : left.ways) {
      const bool in_order = input.lookup->needs_certain || has_variable(input, way.sorted);
      const double cost = way.cost + left.rows() * kKeyRowCost + input.lookup->start +
                          lookup_cost(keys, left.rows(), in_order, input.lookup->key,
                                      input.lookup->step, input.lookup->all) +
                          out;
      add(both.ways, way.sorted,
          {JoinMethod::Lookup, i, std::nullopt, way.step, 0, both.rows(), cost});
    }
  }

  static bool has_variable(const JoinInput& input, std::size_t variable) {
    return std::any_of(input.variables.begin(), input.variables.end(),
                       [&](const JoinInput::Bound& bound) { return bound.variable == variable; });
  }

  bool connected(const Part& a, const Part& b) const {
    for (std::size_t v = 0; v < variables_; ++v)
      if (a.estimate.distinct[v] > 0 && b.estimate.distinct[v] > 0) return true;
    return false;
  }

  VariableBits variables_of(std::size_t input) const {
    VariableBits bits = 0;
    for (const JoinInput::Bound& bound : inputs_[input].variables)
      bits |= VariableBits{1} << bound.variable;
    return bits;
  }

  bool has_cycle(const std::vector<std::size_t>& members) const {
    if (variables_ > 64) return false;
    std::vector<VariableBits> bits;
    for (const std::size_t member : members)
      bits.push_back(variables_of(member));
    return contains_cycle(std::move(bits));
  }

  /// The members of the set, where a multiway join could join them.
  std::vector<std::size_t> cycle_of(const std::vector<std::size_t>& members,
                                    std::size_t set) const {
    if (std::popcount(set) < 3) return {};
    std::vector<std::size_t> cycle;
    std::vector<VariableBits> bits;
    VariableBits all = 0;
    double rows = 0;
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (!(set >> i & 1)) continue;
      const JoinInput& input = inputs_[members[i]];
      if (!input.joins_cycles) return {};
      for (const JoinInput::Bound& bound : input.variables)
        if (!bound.certain) return {};
      cycle.push_back(members[i]);
      bits.push_back(variables_of(members[i]));
      all |= bits.back();
      rows += input.rows;
    }
    const auto variables = static_cast<std::size_t>(std::popcount(all));
    if (variables > kMostMultiwayVariables || rows > kMostMultiwayRows) return {};
    return is_cycle(std::move(bits)) ? cycle : std::vector<std::size_t>();
  }

  /// Adds the way to join a cycle at once.
  void join_cycle(const std::vector<std::size_t>& cycle, Part& both) {
    std::vector<MultiwayInput> inputs;
    double cost = both.rows() * kOutputRowCost;
    JoinEstimate::Filters tested = 0;
    for (const std::size_t member : cycle) {
      const JoinInput& input = inputs_[member];
      const bool sortable =
          std::all_of(input.variables.begin(), input.variables.end(),
                      [](const JoinInput::Bound& bound) { return bound.sortable; });
      MultiwayInput& one = inputs.emplace_back();
      const JoinEstimate estimate = estimates_.of(member);
      one.rows = estimate.rows;
      cost += estimates_.test_cost(estimate, 0);
      tested |= estimate.tested;
      for (const JoinInput::Bound& bound : input.variables)
        one.distinct.emplace_back(bound.variable, bound.distinct);
      cost += input.cost + one.rows * (sortable ? kTrieRowCost : kTrieSortRowCost);
    }
    cost += estimates_.test_cost(both.estimate, tested);
    MultiwayOrder order = order_multiway(inputs);
    const std::size_t sorted = order.variables[0];
    cycles_.push_back({cycle, std::move(order.variables)});
    add(both.ways, sorted,
        {JoinMethod::Multiway, 0, std::nullopt, cycles_.size() - 1, 0, both.rows(),
         cost + order.cost});
  }

  /// Dynamic programming: `parts[set]`, a bit an input, has ways where the set is connected.
  Part search(const std::vector<std::size_t>& members) {
    const std::size_t count = members.size();
    std::vector<Part> parts(std::size_t{1} << count);
    for (std::size_t i = 0; i < count; ++i)
      parts[std::size_t{1} << i] = part_of_input(members[i]);
    const bool cyclic = has_cycle(members);
    for (std::size_t set = 3; set < parts.size(); ++set) {
      if (std::has_single_bit(set)) continue;
      Part& both = parts[set];
      const std::size_t highest = std::bit_floor(set);
      both.estimate = estimates_.combine(parts[set ^ highest].estimate, parts[highest].estimate);
      for (std::size_t i = 0; i < count; ++i) {
        const std::size_t one = std::size_t{1} << i;
        if (!(set & one)) continue;
        const Part& rest = parts[set ^ one];
        if (rest.ways.empty() || !connected(rest, parts[one])) continue;
        look_up(rest, members[i], both);
        join(rest, parts[one], both);
      }
      if (count <= kMostBushy) join_larger(parts, set);
      if (!cyclic) continue;
      const std::vector<std::size_t> cycle = cycle_of(members, set);
      if (!cycle.empty()) join_cycle(cycle, both);
    }
    return std::move(parts.back());
  }

  /// Joins of two subsets of two or more inputs each.
  void join_larger(std::vector<Part>& parts, std::size_t set) {
    for (std::size_t left = (set - 1) & set; left > 0; left = (left - 1) & set) {
      const std::size_t right = set ^ left;
      if (left < right || std::has_single_bit(left) || std::has_single_bit(right)) continue;
      if (parts[left].ways.empty() || parts[right].ways.empty()) continue;
      if (connected(parts[left], parts[right])) join(parts[left], parts[right], parts[set]);
    }
  }

  /// From the input with the fewest rows on, always the next input that makes the cheapest way; of
  /// very many, the one that makes the fewest rows.
  Part go_greedily(std::vector<std::size_t> members) {
    std::vector<Part> singles;
    for (const std::size_t member : members)
      singles.push_back(part_of_input(member));
    const auto first = static_cast<std::size_t>(
        std::min_element(singles.begin(), singles.end(),
                         [](const Part& a, const Part& b) { return a.rows() < b.rows(); }) -
        singles.begin());
    Part all = std::move(singles[first]);
    const auto drop = [&](std::size_t i) {
      singles.erase(singles.begin() + static_cast<std::ptrdiff_t>(i));
      members.erase(members.begin() + static_cast<std::ptrdiff_t>(i));
    };
    drop(first);
    while (!singles.empty()) {
      const bool weighed = singles.size() <= kMostWeighed;
      std::size_t best = kUnsorted;
      double best_cost = 0;
      for (std::size_t i = 0; i < singles.size(); ++i) {
        if (!connected_to(all, members[i])) continue;
        const double cost = weighed ? cost_with(all, singles[i], members[i])
                                    : rows_per_row(all.estimate, inputs_[members[i]]);
        if (best != kUnsorted && cost >= best_cost) continue;
        best = i;
        best_cost = cost;
      }
      check(best != kUnsorted, "a component of joins is not connected");
      all = joined(all, singles[best], members[best]);
      drop(best);
    }
    return all;
  }

  double cost_with(const Part& left, const Part& right, std::size_t i) {
    const std::size_t steps = steps_.size();
    const double cost = cheapest(joined(left, right, i).ways).cost;
    steps_.resize(steps);
    return cost;
  }

  /// How many rows each row becomes by a join with the input.
  static double rows_per_row(const JoinEstimate& left, const JoinInput& input) {
    double rows = input.rows;
    for (const JoinInput::Bound& bound : input.variables)
      if (const double distinct = left.distinct[bound.variable]; distinct > 0)
        rows /= std::max({1.0, distinct, std::min(bound.distinct, input.rows)});
    return rows;
  }

  bool connected_to(const Part& part, std::size_t i) const {
    return std::any_of(
        inputs_[i].variables.begin(), inputs_[i].variables.end(),
        [&](const JoinInput::Bound& bound) { return part.estimate.distinct[bound.variable] > 0; });
  }

  Part joined(const Part& left, const Part& right, std::size_t i) {
    Part both{estimates_.combine(left.estimate, right.estimate), {}};
    look_up(left, i, both);
    join(left, right, both);
    return both;
  }

  /// The steps that lead to `last`, renumbered; children come first.
  JoinPlan trace(std::size_t last) const {
    std::map<std::size_t, std::size_t> numbers;
    std::vector<std::size_t> waiting{last};
    while (!waiting.empty()) {  // steps refer to earlier ones only: the order of numbers will do
      const std::size_t at = waiting.back();
      waiting.pop_back();
      if (!numbers.emplace(at, 0).second) continue;
      const JoinStep& step = steps_[at];
      if (has_left(step)) waiting.push_back(step.left);
      if (has_right(step)) waiting.push_back(step.right);
    }
    JoinPlan plan;
    for (auto& [at, number] : numbers) {
      number = plan.steps.size();
      JoinStep step = steps_[at];
      if (has_left(step)) step.left = numbers.at(step.left);
      if (has_right(step)) step.right = numbers.at(step.right);
      if (step.method == JoinMethod::Multiway) {
        plan.cycles.push_back(cycles_[step.left]);
        step.left = plan.cycles.size() - 1;
      }
      plan.steps.push_back(step);
    }
    return plan;
  }

  static bool has_left(const JoinStep& step) {
    return step.method != JoinMethod::Read && step.method != JoinMethod::Multiway;
  }
  static bool has_right(const JoinStep& step) {
    return has_left(step) && step.method != JoinMethod::Lookup;
  }

  const std::vector<JoinInput>& inputs_;
  JoinEstimates estimates_;
  std::size_t variables_;
  std::vector<std::size_t> uses_;    // inputs that have the variable
  std::vector<bool> is_grouped_;     // variables that the result is grouped by
  std::vector<JoinStep> steps_{};    // all that were worth keeping when they were found
  std::vector<JoinCycle> cycles_{};  // of the steps
};

}  // namespace

void check_joined(std::size_t inputs) {
  if (inputs > kMostJoined)
    throw Error(ErrorCode::Limit,
                fmt::format("more than {} joined patterns are too many", kMostJoined));
}

JoinPlan order_joins(const std::vector<JoinInput>& inputs, const std::vector<JoinFilter>& filters,
                     const StoreView* view, const std::vector<std::size_t>& grouped) {
  check(!inputs.empty(), "a join of nothing");
  check_joined(inputs.size());
  return JoinSearch(inputs, filters, view, grouped).run();
}

}  // namespace tripten
