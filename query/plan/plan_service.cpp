// SERVICE: where a call of another database stands in a plan.
//
// Behind all that it is joined with, so that their values go with it; its own rows are unknown
// before it answers.
#include <algorithm>
#include <utility>

#include "query/algebra/scope.h"
#include "query/optimize/chains.h"
#include "query/plan/cost.h"
#include "query/plan/planner.h"
#include "query/plan/service_join.h"

namespace tripten {

namespace {

constexpr double kUnknownRows = 1000;  // of an answer that nothing restricts
constexpr double kKeysOfCall = 100;

bool is_service(const GraphPattern& pattern) {
  return std::holds_alternative<Service>(pattern.node);
}

}  // namespace

Planned Planner::plan_node(const Service&, const GraphPattern& pattern, const PlanScope& scope) {
  return plan_group(pattern, scope);
}

bool Planner::joins_service(const GraphPattern& pattern) {
  const auto* join = std::get_if<Join>(&pattern.node);
  return join ? joins_service(*join->left) || joins_service(*join->right) : is_service(pattern);
}

Planned Planner::plan_services_last(const GraphPattern& join, const PlanScope& scope) {
  std::vector<GraphPattern> operands = join_operands(join);
  std::stable_partition(operands.begin(), operands.end(),
                        [](const GraphPattern& operand) { return !is_service(operand); });
  Planned all{made(one_solution(), 1), 1, 1, {}};
  for (const GraphPattern& operand : operands) {
    const auto* service = std::get_if<Service>(&operand.node);
    all = service ? attach_service(std::move(all), *service, JoinKind::Inner, std::nullopt, scope)
                  : attach_by_hash(std::move(all), plan(operand, scope), JoinKind::Inner,
                                   std::nullopt, scope);
  }
  return all;
}

Planned Planner::attach_service(Planned left, const Service& service, JoinKind kind,
                                const std::optional<Expression>& condition,
                                const PlanScope& scope) {
  const VariableSet visible = visible_variables({service});
  const auto& columns = left.root->schema().variables();
  const bool pushes = std::any_of(columns.begin(), columns.end(), [&](const Variable& variable) {
    return visible.contains(variable);
  });
  const double rows = left.rows * (pushes ? 1 : kUnknownRows);
  const double cost = kCallCost * (pushes ? 1 + left.rows / kKeysOfCall : 1);
  OperatorPtr root = service_join(std::move(left.root), service, environment_.services, kind,
                                  condition, exists_in(scope.graph));
  return modified(std::move(left), std::move(root), rows, cost);
}

}  // namespace tripten
