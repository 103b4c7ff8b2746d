// JoinGroup: everything that is joined in one place of a query, as a list of inputs and filters.
//
// Joins, basic graph patterns, paths, GRAPH over these, and filters whose variables are all bound
// are flattened into it; whatever else is joined is planned for itself and becomes a relation.
// Inputs are sorted by what they say, so that no plan depends on the order of the text. Services
// are asked last, for the values that the others leave.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "query/plan/join_order.h"
#include "query/plan/planner.h"

namespace tripten {

class JoinGroup {
 public:
  struct Relation {
    GraphPattern pattern{};
    ActiveGraph graph{};
    Planned planned{};
    bool is_keys = false;  ///< The seed's keys: no pattern.
  };
  struct Item {
    std::string name;
    std::variant<ScanPattern, PathPattern, Relation> node{};
    VariableSet variables{}, certain{};
    /// Of a pattern whose other variables nobody asks for: those to be read, counted.
    std::optional<VariableSet> counted{};
    double repeated = 1;  ///< Solutions a row, where counted.
  };
  struct Condition {
    Expression expression;
    VariableSet variables;
  };

  JoinGroup(Planner& planner, const PlanScope& scope) : planner_(planner), scope_(scope) {}

  /// Plans the pattern, all of it.
  Planned plan(const GraphPattern& pattern);

 private:
  struct Built {
    OperatorPtr root{};
    double rows = 1;
    VariableSet certain{};
    std::vector<bool> filtered{};      // by condition
    std::vector<std::size_t> items{};  // joined in it
    bool keeps_all = false;            // whoever reads it wants every column
    bool is_narrowed = false;          // rows may be equal in the columns that are left
  };

  // join_group.cpp: from the pattern to items.
  void add(const GraphPattern& pattern, const ActiveGraph& graph);
  void add_node(const Filter& node, const GraphPattern& pattern, const ActiveGraph& graph);
  void add_node(const Extend& node, const GraphPattern& pattern, const ActiveGraph& graph);
  void add_node(const Graph& node, const GraphPattern& pattern, const ActiveGraph& graph);
  void add_service(const Service& service, const ActiveGraph& graph);
  void add_triple(const TriplePattern& triple, const ActiveGraph& graph);
  void add_path(const Path& path, const ActiveGraph& graph);
  void add_relation(const GraphPattern& pattern, const ActiveGraph& graph);
  const GraphPattern* take_filters(const GraphPattern& pattern);
  void settle_constants();
  void plan_relations();
  std::optional<VariableSet> asked_of(const Item& item) const;
  void add_keys();

  // join_figures.cpp: from items to figures.
  void number_variables();
  JoinInput input_of(Item& item);
  bool joins_cycles(const Item& item) const;
  JoinInput input_of_node(const Item& item, const ScanPattern& pattern);
  JoinInput input_of_node(const Item& item, const PathPattern& pattern);
  JoinInput input_of_node(const Item& item, const Relation& relation);
  bool is_shared(const Variable& variable) const;
  JoinFilter filter_of(const Condition& condition) const;
  bool is_scanned(const Variable& variable) const;
  double selectivity(const Condition& condition) const;

  // join_counts.cpp: what nobody above asks for is counted, not listed.
  std::optional<VariableSet> needed_above() const;
  void count_unneeded(Item& item, JoinInput& input);
  OperatorPtr read_counted(const Item& item, std::optional<std::size_t> variable) const;
  std::map<Variable, std::size_t> uses_beyond(const Built& built) const;
  void leave_out(Built& built) const;
  void merge_equal(Built& built, bool is_last) const;

  // plan_group.cpp: from the join plan to operators.
  Planned build();
  Built build_step(std::size_t step);
  Built build_all();
  Built read(const JoinStep& step, bool is_cut = false);
  Built look_up(const JoinStep& step);
  Built join(const JoinStep& step);
  struct Access {
    QuadOrder order{};
    std::vector<IdRange> ranges{};  // all, where there is none
  };
  Access access_of(const ScanPattern& pattern, std::optional<std::size_t> variable) const;
  OperatorPtr read_pattern(const ScanPattern& pattern, const JoinStep& step, bool is_cut) const;
  void apply_conditions(Built& built) const;
  void attach_services(Built& built);
  Planned finish(Built built);

  // plan_cycle.cpp
  Built join_cycle(const JoinStep& step);
  // plan_parallel.cpp: several of the same operators, for a thread each.
  struct Cut {
    std::vector<bool> steps{};          // reads that give a part of their rows,
    std::optional<Variable> leading{};  // all sorted by this variable;
    std::size_t first = 0;              // one of them
    double repeated = 0;                // cost of what every thread does for itself,
    double kept_rows = 0;               // and rows that it keeps
  };
  std::optional<Cut> find_cut() const;
  bool mark_cut(std::size_t number, Cut& cut) const;
  bool mark_read(std::size_t number, const ScanPattern& pattern, Cut& cut) const;
  Built build_parallel(const Cut& cut);
  bool groups_parts(const Cut& cut, const Built& built) const;
  double groups_of(const Built& built) const;

  Planner& planner_;
  PlanScope scope_;
  std::vector<Item> items_{};
  std::vector<Service> services_{};                     // asked when all else is joined
  std::vector<Condition> conditions_{};                 // every variable of them is bound
  std::vector<Expression> last_{};                      // other filters of the whole group
  std::vector<std::pair<Variable, Term>> constants_{};  // BIND of a term
  double service_cost_ = 0;
  bool empty_ = false;  // some item has no solutions

  std::vector<Variable> numbered_{};  // variables by their number
  std::map<Variable, std::size_t> numbers_{};
  std::map<Variable, std::size_t> uses_{};  // items that have the variable
  std::optional<VariableSet> needed_{};     // above the joins; nothing: all
  bool counts_ = false;                     // what is not needed need not be listed
  std::vector<JoinInput> inputs_{};
  JoinPlan order_{};
  std::vector<bool> cut_{};           // Cut::steps, while a pipeline is built,
  std::shared_ptr<ScanPart> part_{};  // and its part
  bool is_grouped_ = false;           // rows are those of the scope's Group
};

}  // namespace tripten
