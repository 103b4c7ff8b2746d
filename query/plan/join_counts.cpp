// Factorised counting: variables that nobody asks for above a group are counted, not listed.
//
// Two places, where the scope allows it (PlanScope):
//   a pattern    is read as its other variables and a multiplicity (CountedScan)
//   a join       of whose variables only some are still needed is grouped by these, once that is
//                expected to halve its rows (eager aggregation: Yan & Larson, "Eager Aggregation
//                and Lazy Aggregation", VLDB 1995)
// Where repetition is ignored (DISTINCT, EXISTS, MINUS), the same without multiplicities: a
// semi-join reduction (Yannakakis, "Algorithms for Acyclic Database Schemes", VLDB 1981).
#include <algorithm>
#include <array>

#include "query/algebra/scope.h"
#include "query/exec/multiplicity.h"
#include "query/optimize/expression_traits.h"
#include "query/plan/cost.h"
#include "query/plan/filter_ranges.h"
#include "query/plan/join_group.h"

namespace tripten {

namespace {

constexpr double kFewerRows = 0.8;    // of a pattern, to be worth counting
constexpr double kFewerJoined = 0.5;  // of a join, to be worth grouping
constexpr double kFewRows = 256;      // not worth an operator

}  // namespace

/// What is asked for outside of items and conditions; nothing: all.
std::optional<VariableSet> JoinGroup::needed_above() const {
  std::optional<VariableSet> needed = scope_.needed;
  if (!needed) return needed;
  for (const Expression& condition : last_) {
    if (is_volatile(condition)) return std::nullopt;
    needed->merge(variables_of(condition));
  }
  for (const Service& service : services_)
    needed->merge(mentioned_variables({service}));
  if (scope_.seed) needed->insert(scope_.seed->variables.begin(), scope_.seed->variables.end());
  return needed;
}

/// Where a pattern has variables that nobody asks for, its figures become those of the others.
void JoinGroup::count_unneeded(Item& item, JoinInput& input) {
  const auto* pattern = std::get_if<ScanPattern>(&item.node);
  if (!counts_ || !pattern) return;
  VariableSet wanted;
  for (const Variable& variable : item.variables) {
    const bool is_filtered = std::any_of(
        conditions_.begin(), conditions_.end(),
        [&](const Condition& condition) { return condition.variables.contains(variable); });
    if (is_shared(variable) || is_filtered || needed_->contains(variable)) wanted.insert(variable);
  }
  const std::array<const ScanTerm*, 3> terms{&pattern->subject, &pattern->predicate,
                                             &pattern->object};
  std::size_t places = pattern->graph.variable ? 1 : 0;
  for (const ScanTerm* term : terms)
    places += term->variable ? 1 : 0;
  const bool keeps_graph = pattern->graph.variable && wanted.contains(*pattern->graph.variable);
  if (wanted.size() == item.variables.size() || places != item.variables.size() || keeps_graph)
    return;
  PatternStatistics& statistics = planner_.environment_.statistics;
  double rows = 1;
  for (std::size_t position = 0; position < terms.size(); ++position)
    if (terms[position]->variable && wanted.contains(*terms[position]->variable))
      rows *= std::max(1.0, statistics.distinct(*pattern, position));
  if (planner_.environment_.weighed(rows) > input.rows * kFewerRows) return;
  constexpr double kRunCost = 2, kRowInRun = 0.05;
  item.repeated = input.rows / rows;
  input.cost = kOpenCost + rows * kRunCost + input.rows * kRowInRun;
  input.rows = rows;
  std::erase_if(input.variables, [&](const JoinInput::Bound& bound) {
    return !wanted.contains(numbered_[bound.variable]);
  });
  for (JoinInput::Bound& bound : input.variables)
    bound.distinct = std::min(bound.distinct, rows);
  if (input.star && !wanted.contains(numbered_[input.star->variable])) input.star.reset();
  item.counted = std::move(wanted);
}

/// `variable`: the one to be sorted by, if any.
OperatorPtr JoinGroup::read_counted(const Item& item, std::optional<std::size_t> variable) const {
  const auto& pattern = std::get<ScanPattern>(item.node);
  const std::array<const ScanTerm*, 3> terms{&pattern.subject, &pattern.predicate, &pattern.object};
  const auto is_wanted = [&](std::size_t position) {
    return terms[position]->variable && item.counted->contains(*terms[position]->variable);
  };
  // Constants, the variable to sort by, the others that are wanted, the rest.
  const auto rank = [&](std::size_t position) {
    if (!terms[position]->variable) return 0;
    if (variable && *terms[position]->variable == numbered_[*variable]) return 1;
    return is_wanted(position) ? 2 : 3;
  };
  QuadOrder order = QuadOrder::Spog;
  for (int i = 0; i < static_cast<int>(QuadOrder::Gspo); ++i) {
    const auto positions = order_positions(static_cast<QuadOrder>(i));
    if (!std::is_sorted(positions.begin(), positions.begin() + 3,
                        [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); }))
      continue;
    order = static_cast<QuadOrder>(i);
    break;
  }
  std::optional<Variable> multiplicity;
  if (scope_.repetition == Repetition::Counted)
    multiplicity = multiplicity_variable(planner_.environment_.multiplicities++);
  std::vector<IdRange> ranges;
  for (const std::size_t position : order_positions(order)) {
    if (position < terms.size() && !terms[position]->variable) continue;
    if (position < terms.size() && is_wanted(position))
      ranges = filter_ranges(conditions_, *terms[position]->variable, planner_.environment_.terms);
    break;
  }
  return counted_scan(pattern, order, *item.counted, multiplicity, std::move(ranges));
}

/// How many of the items that are still to be joined have a variable.
std::map<Variable, std::size_t> JoinGroup::uses_beyond(const Built& built) const {
  std::map<Variable, std::size_t> uses = uses_;
  for (const std::size_t item : built.items)
    for (const Variable& variable : items_[item].variables)
      --uses[variable];
  return uses;
}

/// Leaves out the columns that neither other items nor filters nor what is above ask for.
void JoinGroup::leave_out(Built& built) const {
  if (!needed_ || built.keeps_all) return;
  VariableSet wanted = *needed_;
  for (const auto& [variable, uses] : uses_beyond(built))
    if (uses > 0) wanted.insert(variable);
  for (std::size_t i = 0; i < conditions_.size(); ++i)
    if (!built.filtered[i])
      wanted.insert(conditions_[i].variables.begin(), conditions_[i].variables.end());
  const std::size_t columns = built.root->schema().size();
  built.root->keep_columns(wanted);
  built.is_narrowed = built.is_narrowed || built.root->schema().size() < columns;
}

/// Groups joined rows by what is still needed of them. Not the last ones: those who asked for
/// counts do that.
void JoinGroup::merge_equal(Built& built, bool is_last) const {
  if (!counts_ || (is_last && last_.empty() && services_.empty())) return;
  std::map<Variable, std::size_t> uses = uses_beyond(built);
  const auto is_live = [&](const Variable& variable) {
    if (needed_->contains(variable) || uses[variable] > 0) return true;
    for (std::size_t i = 0; i < conditions_.size(); ++i)
      if (!built.filtered[i] && conditions_[i].variables.contains(variable)) return true;
    return false;
  };
  std::vector<Variable> live;
  bool has_others = built.is_narrowed;
  double groups = 1, rows = built.rows;
  for (const Variable& variable : built.root->schema().variables()) {
    if (is_multiplicity(variable)) continue;
    if (!is_live(variable)) {
      has_others = true;
      continue;
    }
    live.push_back(variable);
    double values = rows;
    for (const std::size_t item : built.items)
      for (const JoinInput::Bound& bound : inputs_[item].variables)
        if (numbered_[bound.variable] == variable) values = std::min(values, bound.distinct);
    groups *= std::max(1.0, values);
  }
  if (built.root->estimate > rows) rows = built.root->estimate;
  PlanEnvironment& environment = planner_.environment_;
  if (!has_others || rows < environment.weighed(kFewRows) ||
      groups > environment.weighed(rows * kFewerJoined))
    return;
  if (scope_.repetition == Repetition::Counted) {
    const Variable multiplicity = multiplicity_variable(environment.multiplicities++);
    built.root =
        group_rows(std::move(built.root), live, {{multiplicity, AggregateKind::Count}}, {});
    // Without keys there is a group of nothing, too: its multiplicity 0 is no bound value.
    if (live.empty())
      built.root =
          filter_rows(std::move(built.root),
                      Expression{FunctionCall{Function::Bound, {Expression{multiplicity}}}}, {});
  } else {
    built.root = distinct_rows(project_columns(std::move(built.root), live));
  }
  built.root = planner_.made(std::move(built.root), groups);
  built.rows = groups;
  built.is_narrowed = false;
}

}  // namespace tripten
