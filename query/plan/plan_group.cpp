// From a group's join plan to operators, with each filter as early as its variables are bound.
#include <algorithm>
#include <array>
#include <utility>

#include "base/check.h"
#include "query/algebra/scope.h"
#include "query/plan/cost.h"
#include "query/plan/filter_ranges.h"
#include "query/plan/join_group.h"

namespace tripten {

Planned Planner::plan_group(const GraphPattern& pattern, const PlanScope& scope) {
  PlanScope usable = scope;
  if (scope.group && &*scope.group->pattern != &pattern) usable.group = nullptr;
  return JoinGroup(*this, usable).plan(pattern);
}

/// One lookup after the other, in the order of the text.
Planned Planner::plan_as_written(const Bgp& bgp, const PlanScope& scope) {
  check_joined(bgp.patterns.size());
  OperatorPtr root;
  for (const TriplePattern& triple : bgp.patterns) {
    const ScanPattern pattern = scan_pattern(triple, scope.graph);
    const QuadPattern constants{
        {pattern.subject.id, pattern.predicate.id, pattern.object.id, kUnbound}};
    const bool unknown = std::any_of(constants.terms.begin(), constants.terms.end(),
                                     [](TermId id) { return id.kind() == IdKind::Local; });
    root = root      ? index_join(std::move(root), pattern, false)
           : unknown ? index_join(one_solution(), pattern, false)
                     : index_scan(pattern, best_order(constants));
    root = made(std::move(root), -1);
  }
  if (!root) root = made(one_solution(), 1);
  return {std::move(root), 1, 1, {}};
}

Planned JoinGroup::build() {
  if (items_.empty()) {
    Built unit{planner_.made(one_solution(), 1), 1, {}, std::vector<bool>(conditions_.size()), {}};
    attach_services(unit);
    return finish(std::move(unit));
  }
  std::stable_sort(items_.begin(), items_.end(),
                   [](const Item& a, const Item& b) { return a.name < b.name; });
  number_variables();
  needed_ = needed_above();
  counts_ = needed_ && scope_.repetition != Repetition::Exact;
  for (Item& item : items_)
    inputs_.push_back(input_of(item));
  std::vector<JoinFilter> filters;
  for (const Condition& condition : conditions_)
    filters.push_back(filter_of(condition));
  std::vector<std::size_t> grouped;
  for (const Variable& variable : scope_.grouped)
    if (const auto number = numbers_.find(variable); number != numbers_.end() && items_.size() > 1)
      grouped.push_back(number->second);
  order_ = order_joins(inputs_, filters, &planner_.environment_.view, grouped);
  Built built = build_all();
  attach_services(built);
  return finish(std::move(built));
}

/// One after the other: first a service whose IRI is known and that shares variables.
void JoinGroup::attach_services(Built& built) {
  while (!services_.empty()) {
    const Schema& schema = built.root->schema();
    const auto rank = [&](const Service& service) {
      const auto* name = std::get_if<Variable>(&service.name);
      const VariableSet asked = visible_variables(*service.pattern);
      const bool shares = std::any_of(asked.begin(), asked.end(), [&](const Variable& variable) {
        return schema.find(variable).has_value();
      });
      return (name && !schema.find(*name) ? 2 : 0) + (shares ? 0 : 1);
    };
    const auto next =
        std::min_element(services_.begin(), services_.end(),
                         [&](const Service& a, const Service& b) { return rank(a) < rank(b); });
    const VariableSet certain = certain_variables({*next});
    Planned joined = planner_.attach_service({std::move(built.root), built.rows, 0, {}}, *next,
                                             JoinKind::Inner, std::nullopt, scope_);
    services_.erase(next);
    built.root = std::move(joined.root);
    built.rows = joined.rows;
    service_cost_ += joined.cost;
    built.certain.insert(certain.begin(), certain.end());
    apply_conditions(built);
  }
}

JoinGroup::Built JoinGroup::build_all() {
  if (const auto cut = find_cut()) return build_parallel(*cut);
  return build_step(order_.steps.size() - 1);
}

JoinGroup::Built JoinGroup::build_step(std::size_t number) {
  const JoinStep& step = order_.steps[number];
  Built built = step.method == JoinMethod::Read       ? read(step, part_ && cut_[number])
                : step.method == JoinMethod::Lookup   ? look_up(step)
                : step.method == JoinMethod::Multiway ? join_cycle(step)
                                                      : join(step);
  built.rows = step.rows;
  leave_out(built);
  apply_conditions(built);
  merge_equal(built, number + 1 == order_.steps.size());
  return built;
}

JoinGroup::Access JoinGroup::access_of(const ScanPattern& pattern,
                                       std::optional<std::size_t> variable) const {
  const std::array<const ScanTerm*, 3> terms{&pattern.subject, &pattern.predicate, &pattern.object};
  const QuadPattern triple{{terms[0]->id, terms[1]->id, terms[2]->id, kUnbound}};
  std::size_t first = terms.size();
  for (std::size_t position = terms.size(); position-- > 0;) {
    if (!terms[position]->variable) continue;
    const bool wanted = !variable || *terms[position]->variable == numbered_[*variable];
    if (wanted) first = position;
  }
  // Nobody asks for an order: that of a variable that filters decide about saves rows and looks.
  std::vector<IdRange> ranges;
  for (std::size_t position = 0; position < terms.size(); ++position) {
    if (!terms[position]->variable) continue;
    const Variable& name = *terms[position]->variable;
    if (!variable && items_.size() == 1) {
      ranges = filter_ranges(conditions_, name, planner_.environment_.terms);
      if (!ranges.empty() || reads_texts(conditions_, name)) first = position;
      if (!ranges.empty()) break;
    } else if (position == first) {
      ranges = filter_ranges(conditions_, name, planner_.environment_.terms);
    }
  }
  return {order_for(triple, first), std::move(ranges)};
}

JoinGroup::Built JoinGroup::read(const JoinStep& step, bool is_cut) {
  Item& item = items_[step.input];
  Built built{{}, step.rows, item.certain, std::vector<bool>(conditions_.size()), {step.input}};
  if (item.counted)
    built.root = planner_.made(read_counted(item, step.variable), step.rows);
  else if (const auto* pattern = std::get_if<ScanPattern>(&item.node))
    built.root = read_pattern(*pattern, step, is_cut);
  else if (const auto* path = std::get_if<PathPattern>(&item.node))
    built.root = planner_.made(path_scan(*path), step.rows);
  else
    built.root = std::move(std::get<Relation>(item.node).planned.root);
  return built;
}

OperatorPtr JoinGroup::read_pattern(const ScanPattern& pattern, const JoinStep& step,
                                    bool is_cut) const {
  Access access = access_of(pattern, step.variable);
  return planner_.made(
      index_scan(pattern, access.order, std::move(access.ranges), is_cut ? part_ : nullptr),
      step.rows);
}

JoinGroup::Built JoinGroup::look_up(const JoinStep& step) {
  const Item& item = items_[step.input];
  Built left = build_step(step.left);
  if (const auto* pattern = std::get_if<ScanPattern>(&item.node)) {
    left.root =
        planner_.made(index_join(std::move(left.root), *pattern, false), step.rows * item.repeated);
  } else if (const auto* path = std::get_if<PathPattern>(&item.node)) {
    left.root = planner_.made(path_join(std::move(left.root), *path), step.rows);
  } else {
    const auto& relation = std::get<Relation>(item.node);
    const std::vector<Variable> keys = Planner::common_keys(*left.root, relation.pattern);
    Planned rows{std::move(left.root), left.rows, 0, {}};
    const PlanScope scope{relation.graph, nullptr};
    left.root = keys.empty()
                    ? planner_
                          .attach_by_hash(std::move(rows), planner_.plan(relation.pattern, scope),
                                          JoinKind::Inner, std::nullopt, scope)
                          .root
                    : planner_
                          .attach_bound(std::move(rows), relation.pattern, JoinKind::Inner,
                                        std::nullopt, keys, scope)
                          .root;
    left.root->estimate = step.rows;
  }
  left.certain.insert(item.certain.begin(), item.certain.end());
  left.items.push_back(step.input);
  return left;
}

namespace {

/// Whether the operator keeps what a merge join asks for.
bool can_merge(const Operator& input, const Variable& variable) {
  const auto column = input.schema().find(variable);
  return column && !input.sorted_by().empty() && input.sorted_by()[0] == *column &&
         input.always_bound(*column);
}

}  // namespace

JoinGroup::Built JoinGroup::join(const JoinStep& step) {
  Built left = build_step(step.left);
  Built right = build_step(step.right);
  const bool merges = step.method == JoinMethod::Merge &&
                      can_merge(*left.root, numbered_[*step.variable]) &&
                      can_merge(*right.root, numbered_[*step.variable]);
  const bool build_left = step.method == JoinMethod::HashLeft ||
                          (step.method == JoinMethod::Merge && left.rows < right.rows);
  // Where a merge was planned both sides are cut: each part has a table of its own.
  const bool keeps_table = part_ && step.method != JoinMethod::Merge;
  OperatorPtr root =
      merges ? merge_join(std::move(left.root), std::move(right.root), numbered_[*step.variable])
             : hash_join(std::move(left.root), std::move(right.root), JoinKind::Inner, std::nullopt,
                         {}, build_left, keeps_table);
  left.root = planner_.made(std::move(root), step.rows);
  left.certain.merge(right.certain);
  left.is_narrowed = left.is_narrowed || right.is_narrowed;
  left.items.insert(left.items.end(), right.items.begin(), right.items.end());
  for (std::size_t i = 0; i < conditions_.size(); ++i)
    left.filtered[i] = left.filtered[i] || right.filtered[i];
  return left;
}

void JoinGroup::apply_conditions(Built& built) const {
  for (std::size_t i = 0; i < conditions_.size(); ++i) {
    if (built.filtered[i] || !is_subset(conditions_[i].variables, built.certain)) continue;
    built.filtered[i] = true;
    built.root = planner_.made(filter_rows(std::move(built.root), conditions_[i].expression,
                                           planner_.exists_in(scope_.graph)),
                               built.rows);
    leave_out(built);
  }
}

/// Constants, then the filters that had to wait for them or for everything.
Planned JoinGroup::finish(Built built) {
  const ExistsFactory exists = planner_.exists_in(scope_.graph);
  for (const auto& [variable, term] : constants_) {
    built.root = planner_.made(
        extend_rows(std::move(built.root), variable, Expression{term}, exists), built.rows);
    built.certain.insert(variable);
  }
  apply_conditions(built);
  check(std::find(built.filtered.begin(), built.filtered.end(), false) == built.filtered.end(),
        "a filter of a group was not applied");
  const double cost = order_.steps.empty() ? 1 : order_.steps.back().cost;
  Planned planned{std::move(built.root), built.rows, cost + service_cost_, {}};
  for (const JoinInput& input : inputs_)
    for (const JoinInput::Bound& bound : input.variables) {
      const auto [found, is_new] =
          planned.distinct.try_emplace(numbered_[bound.variable], bound.distinct);
      if (!is_new) found->second = std::min(found->second, bound.distinct);
    }
  for (const auto& [variable, term] : constants_)
    planned.distinct[variable] = 1;
  planned.is_grouped = is_grouped_;
  return planner_.filter(std::move(planned), last_, scope_);
}

}  // namespace tripten
