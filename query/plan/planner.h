// Planner: from algebra to operators.
//
// Basic graph patterns, paths, and what is joined with them form a group, whose order is searched
// as a whole (plan_group.cpp, join_order.h). OPTIONAL, MINUS and EXISTS take the group as their
// left side and choose between a lookup, a hash table and a BindJoin (plan_sides.cpp). GRAPH either
// becomes the graph of every scan or a loop (plan_graph.cpp). All other nodes are an operator each.
//
// With optimising off, operators follow the text: lookups pattern by pattern, hash tables between
// groups.
#pragma once

#include <map>
#include <memory>
#include <optional>

#include "query/exec/operators.h"
#include "query/optimize/variable_set.h"
#include "query/plan/bind_join.h"
#include "query/plan/dataset.h"
#include "query/plan/pattern_statistics.h"
#include "query/plan/service_calls.h"

namespace tripten {

/// What all plans of one query share; outlives its operators.
struct PlanEnvironment {
  PlanEnvironment(const DatasetClause& clause, const StoreView& store, QueryTerms& query_terms,
                  ServiceOptions service_options = {})
      : view(store),
        terms(query_terms),
        dataset(clause, store, query_terms),
        statistics(store, dataset),
        services(std::move(service_options)) {}
  PlanEnvironment(const PlanEnvironment&) = delete;
  PlanEnvironment& operator=(const PlanEnvironment&) = delete;

  const StoreView& view;
  QueryTerms& terms;
  Dataset dataset;
  PatternStatistics statistics;
  ServiceCalls services;
  bool optimise = true;
  bool profile = false;
  std::uint32_t plan_seed = 0;  ///< See RunOptions.
  std::size_t threads = 1;      ///< That one plan may run on,
  double parallel_cost = 0;     ///< if it costs so much.
  std::size_t memory_bytes = MemoryBudget::kUnlimited;
  int plans = 0;           ///< Patterns planned so far: past a number, no alternatives are tried.
  int multiplicities = 0;  ///< Columns of them so far.
  int nesting = 0;         ///< Plans that run inside plans (query/plan/nesting.h).

  /// What a way of doing something is taken to cost: the cost, but for plan_seed.
  double weighed(double cost);
};

/// An operator with what is expected of it.
struct Planned {
  OperatorPtr root{};
  double rows = 1, cost = 0;
  std::map<Variable, double> distinct{};  ///< Where known; at most `rows` elsewhere.
  bool is_grouped = false;                ///< The scope's `group` is done.

  double distinct_of(const Variable& variable) const;
};

/// Keys that a plan may restrict itself to: rows with other keys are not asked for.
struct Seed {
  std::shared_ptr<const Chunk> chunk{};
  std::vector<Variable> variables{};  ///< All of them bound for certain by the pattern.
  double rows = 1;
};

/// How often a solution may come.
enum class Repetition : std::uint8_t {
  Exact,    ///< As often as the algebra says, a row each.
  Counted,  ///< A row may stand for several (query/exec/multiplicity.h).
  Ignored   ///< At least once, where the algebra has it at all.
};

/// What a pattern is planned for.
struct PlanScope {
  ActiveGraph graph{};
  const Seed* seed = nullptr;
  /// Nobody looks at other variables: rows may leave them out. Nothing: all are needed.
  std::optional<VariableSet> needed{};
  Repetition repetition = Repetition::Exact;
  VariableSet grouped{};  ///< What rows are grouped by: how many values they have is asked for.
  /// What takes the rows of its pattern, where a plan that comes in parts may do it in each.
  const Group* group = nullptr;
};

class JoinGroup;

class Planner {
 public:
  explicit Planner(PlanEnvironment& environment) : environment_(environment) {}

  /// With a seed, the rows are some of the pattern's, and all that have one of the seed's keys.
  Planned plan(const GraphPattern& pattern, const PlanScope& scope);

  /// The evaluators of EXISTS for expressions that are evaluated in a graph.
  ExistsFactory exists_in(const ActiveGraph& graph);

 private:
  friend class JoinGroup;

  Planned plan_node(const Bgp& node, const GraphPattern& pattern, const PlanScope& scope);
  Planned plan_node(const Path& node, const GraphPattern& pattern, const PlanScope& scope);
  Planned plan_node(const Join& node, const GraphPattern& pattern, const PlanScope& scope);
  Planned plan_node(const LeftJoin& node, const GraphPattern& pattern, const PlanScope& scope);
  Planned plan_node(const Filter& node, const GraphPattern& pattern, const PlanScope& scope);
  Planned plan_node(const Union& node, const GraphPattern& pattern, const PlanScope& scope);
  Planned plan_node(const Minus& node, const GraphPattern& pattern, const PlanScope& scope);
  Planned plan_node(const Lateral& node, const GraphPattern& pattern, const PlanScope& scope);
  Planned plan_node(const Graph& node, const GraphPattern& pattern, const PlanScope& scope);
  Planned plan_node(const Extend& node, const GraphPattern& pattern, const PlanScope& scope);
  Planned plan_node(const Values& node, const GraphPattern& pattern, const PlanScope& scope);
  Planned plan_node(const Group& node, const GraphPattern& pattern, const PlanScope& scope);
  Planned plan_node(const OrderBy& node, const GraphPattern& pattern, const PlanScope& scope);
  Planned plan_node(const Project& node, const GraphPattern& pattern, const PlanScope& scope);
  Planned plan_node(const Distinct& node, const GraphPattern& pattern, const PlanScope& scope);
  Planned plan_node(const Reduced& node, const GraphPattern& pattern, const PlanScope& scope);
  Planned plan_node(const Slice& node, const GraphPattern& pattern, const PlanScope& scope);
  Planned plan_node(const Service& node, const GraphPattern& pattern, const PlanScope& scope);

  // plan_count.cpp
  /// The plan of a Group that only counts the rows of one triple pattern; else nothing.
  std::optional<Planned> plan_count(const Group& node, const PlanScope& scope);
  /// What a Group asks of its pattern; the aggregates may be rewritten.
  static PlanScope scope_below(Group& node, const PlanScope& scope);
  /// Whether threads may group for themselves: aggregates of columns, but no long texts.
  static bool groups_columns(const Group& node);
  /// The scope of a pattern below a node that also looks at the variables of `expression`; all of
  /// them, a row each, where its value may change from one evaluation to the next.
  static PlanScope with_expression(PlanScope scope, const Expression& expression);

  // plan_group.cpp
  Planned plan_group(const GraphPattern& pattern, const PlanScope& scope);
  Planned plan_as_written(const Bgp& bgp, const PlanScope& scope);

  // plan_sides.cpp
  /// The rows for which all conditions hold: one after the other, each a conjunct where plans are
  /// optimised.
  Planned filter(Planned input, const std::vector<Expression>& conditions, const PlanScope& scope);
  Planned attach(Planned left, const GraphPattern& right, JoinKind kind,
                 const std::optional<Expression>& condition, const PlanScope& scope);
  Planned attach_by_hash(Planned left, Planned right, JoinKind kind,
                         const std::optional<Expression>& condition, const PlanScope& scope);
  std::optional<Planned> attach_by_lookup(Planned& left, const GraphPattern& right,
                                          const PlanScope& scope);
  /// Joins by the keys; `expected` keys a chunk.
  Planned attach_bound(Planned left, const GraphPattern& right, JoinKind kind,
                       const std::optional<Expression>& condition,
                       const std::vector<Variable>& keys, const PlanScope& scope);
  /// The variables that both sides bind in every row.
  static std::vector<Variable> common_keys(const Operator& left, const GraphPattern& right);
  /// What the pattern costs for that many keys; nothing where alternatives are no longer tried.
  std::optional<Planned> try_bound(const GraphPattern& pattern, const std::vector<Variable>& keys,
                                   double key_count, PlanScope scope);
  /// What a right side is planned for: of EXISTS and MINUS only what left has, once.
  PlanScope scope_of_side(const Planned& left, JoinKind kind,
                          const std::optional<Expression>& condition, const PlanScope& scope);

  // plan_service.cpp
  /// Rows joined with what a service answers for them.
  Planned attach_service(Planned left, const Service& service, JoinKind kind,
                         const std::optional<Expression>& condition, const PlanScope& scope);
  /// All operands in the order of the text, the services last.
  Planned plan_services_last(const GraphPattern& join, const PlanScope& scope);
  static bool joins_service(const GraphPattern& pattern);

  // plan_graph.cpp
  Planned plan_graph_loop(const Graph& node, const PlanScope& scope);

  /// A seed for an inner pattern, where it binds all its variables for certain.
  static const Seed* usable_seed(const Seed* seed, const GraphPattern& pattern);
  Planned modified(Planned input, OperatorPtr root, double rows, double cost);
  /// Notes the estimate, and measures the operator where the query is profiled.
  OperatorPtr made(OperatorPtr root, double rows) const;
  /// Without the columns that nobody above looks at, where it can leave them out.
  static OperatorPtr narrowed(OperatorPtr root, const PlanScope& scope);
  ScanPattern scan_pattern(const TriplePattern& triple, const ActiveGraph& graph);
  ScanTerm scan_term(const PatternTerm& term);
  Planned nothing(const VariableSet& variables) const;

  PlanEnvironment& environment_;
};

}  // namespace tripten
