// Group: GROUP BY and the aggregates (§18.5.1). A key may be unbound; that is a group, too.
//
// GroupKeys number the groups. They go out as soon as they are complete, in the order they came:
// where no order tells, at the end, and then what memory has no room for waits on the disk
// (SetAside).
// The aggregates take a batch of values and group numbers at a time. Rows may stand for several
// solutions (query/exec/multiplicity.h): the product of those columns is the weight of a row.
#include <algorithm>
#include <memory>
#include <set>
#include <string>

#include "tripten/error.h"

#include "query/algebra/print.h"
#include "query/exec/describe.h"
#include "query/exec/group_keys.h"
#include "query/exec/multiplicity.h"
#include "query/exec/operators.h"
#include "query/exec/row_hash.h"
#include "query/exec/row_set.h"
#include "query/exec/set_aside.h"
#include "query/expr/aggregator.h"
#include "storage/inline_term.h"

namespace tripten {

namespace {

class GroupRows : public Operator {
 public:
  GroupRows(OperatorPtr input, const std::vector<Variable>& keys,
            const std::vector<Aggregate>& aggregates, const ExistsFactory& exists) {
    const Schema& columns = input->schema();
    for (const Variable& key : keys) {
      const std::size_t before = schema_.size();
      if (schema_.add(key) < before) continue;
      key_columns_.push_back(columns.find(key));
      always_bound_.push_back(key_columns_.back() && input->always_bound(*key_columns_.back()));
    }
    for (const Aggregate& aggregate : aggregates) {
      states_.push_back({aggregate});
      if (aggregate.argument) set_argument(states_.back(), *aggregate.argument, columns, exists);
      schema_.add(aggregate.result);
      always_bound_.push_back(aggregate.kind == AggregateKind::Count);
      counts_solutions_ =
          counts_solutions_ || (aggregate.distinct && !aggregate.argument.has_value());
    }
    for (std::size_t column = 0; column < columns.size(); ++column) {
      if (is_multiplicity(columns[column])) multiplicities_.push_back(column);
      if (!columns[column].name.starts_with('.')) visible_.push_back(column);
    }
    set_order(*input);
    inputs_.push_back(std::move(input));
  }

  void open(QueryContext& context) override {
    context_ = &context;
    inputs_[0]->open(context);
    solutions_.open(visible_.size(), context.budget, context.interrupt);
    aside_.open(context);
    begin_round();
    has_ended_ = false;
  }

  bool next(Batch& out) override {
    context_->interrupt.check();
    while (at_ == complete_ && !has_ended_) {
      forget_complete();
      if (round_ended_) begin_round();
      take_input();
    }
    out.reset(schema_.size());
    const std::size_t end = std::min(complete_, at_ + context_->batch_rows);
    for (std::size_t key = 0; key < key_columns_.size(); ++key)
      for (std::size_t group = at_; group < end; ++group)
        out.columns[key].push_back(groups_.key(group, key));
    for (std::size_t i = 0; i < states_.size(); ++i)
      for (std::size_t group = at_; group < end; ++group)
        out.columns[key_columns_.size() + i].push_back(finish(states_[i], group));
    out.rows = end - at_;
    at_ = end;
    return out.rows > 0;
  }

  OperatorDescription describe() const override {
    std::vector<Variable> keys(
        schema_.variables().begin(),
        schema_.variables().begin() + static_cast<std::ptrdiff_t>(key_columns_.size()));
    std::string details = keys.empty() ? "of all rows" : "by " + describe_variables(keys);
    for (const State& state : states_)
      details += ", " + to_string(state.aggregate);
    if (!part_keys_.empty()) {
      std::vector<Variable> parted_by;
      for (const std::size_t key : part_keys_)
        parted_by.push_back(keys[key]);
      details += ", in parts of " + describe_variables(parted_by);
    }
    return {is_sorted_ ? "SortedGroup" : "Group", details};
  }

 private:
  struct State {
    Aggregate aggregate;
    std::optional<std::size_t> column{};   // the argument, where it is a column of the input,
    std::optional<Evaluator> evaluator{};  // or else how to compute it; neither: COUNT(*)
    std::unique_ptr<Aggregator> aggregator{};
    Column computed{};                    // the argument's values of a batch, where computed
    std::span<const TermId> arguments{};  // of the batch at hand
    Column known{};                       // those of groups in memory
  };

  static void set_argument(State& state, const Expression& argument, const Schema& columns,
                           const ExistsFactory& exists) {
    if (const auto* variable = std::get_if<Variable>(&argument.node))
      state.column = columns.find(*variable);
    if (!state.column) state.evaluator.emplace(argument, columns, exists);
  }

  /// By which keys the input is sorted before anything else, in whatever order they stand.
  void set_order(const Operator& input) {
    std::set<std::size_t> wanted;
    for (const auto& column : key_columns_)
      if (column) wanted.insert(*column);
    std::vector<std::size_t> order;
    for (const std::size_t column : input.sorted_by()) {
      const auto key = std::find(key_columns_.begin(), key_columns_.end(), column);
      if (key == key_columns_.end()) break;
      const auto number = static_cast<std::size_t>(key - key_columns_.begin());
      if (std::find(order.begin(), order.end(), number) == order.end()) order.push_back(number);
    }
    is_sorted_ = !wanted.empty() && order.size() == wanted.size();
    if (is_sorted_)
      sorted_by_ = std::move(order);
    else
      part_keys_ = std::move(order);
  }

  void begin_round() {
    const GroupKeys::Way way = is_sorted_                               ? GroupKeys::Way::Sorted
                               : part_keys_.empty() || aside_.is_part() ? GroupKeys::Way::Hashed
                                                                        : GroupKeys::Way::Parted;
    if (!key_columns_.empty())
      groups_.open(way, key_columns_.size(), part_keys_, context_->budget, context_->interrupt);
    for (State& state : states_)
      state.aggregator = make_aggregator(state.aggregate, context_->budget);
    count_ = complete_ = at_ = 0;
    round_ended_ = false;
    if (key_columns_.empty()) grow(1);
  }

  /// Takes a batch of the input, or of a part of it that was set aside; the groups that are known
  /// to be complete after it may go out.
  void take_input() {
    context_->interrupt.check();
    if (!(aside_.is_part() ? aside_.next(rows_) : inputs_[0]->next(rows_))) {
      complete_ = count_;
      round_ended_ = true;
      has_ended_ = !aside_.next_round();
      return;
    }
    if (aside_.is_part())
      take_row_parts();
    else
      evaluate();
    find_groups();
    for (State& state : states_)
      state.aggregator->add({state.arguments, group_of_row_, weights_}, *context_);
    if (!key_columns_.empty()) complete_ = groups_.complete();
  }

  /// Keys, arguments and weights of a batch of the input.
  void evaluate() {
    keys_.clear();
    for (const auto& column : key_columns_) {
      if (!column) unbound_.assign(rows_.rows, kUnbound);
      keys_.push_back(column ? &rows_.columns[*column] : &unbound_);
    }
    weigh();
    if (counts_solutions_) number_solutions();
    for (State& state : states_) {
      state.arguments = {};
      if (state.column) {
        state.arguments = rows_.columns[*state.column];
      } else if (state.evaluator) {
        state.evaluator->evaluate(rows_, *context_, state.computed);
        state.arguments = state.computed;
      } else if (state.aggregate.distinct) {
        state.arguments = solution_ids_;
      }
    }
  }

  // A row that is set aside: its keys, an argument for each aggregate, its multiplicity.
  std::size_t width_aside() const { return key_columns_.size() + states_.size() + 1; }

  void take_row_parts() {
    keys_.clear();
    for (std::size_t key = 0; key < key_columns_.size(); ++key)
      keys_.push_back(&rows_.columns[key]);
    for (std::size_t i = 0; i < states_.size(); ++i)
      states_[i].arguments = rows_.columns[key_columns_.size() + i];
    weights_.clear();
    for (const TermId multiplicity : rows_.columns.back())
      weights_.push_back(multiplicity_of(multiplicity));
  }

  void find_groups() {
    if (key_columns_.empty()) {
      group_of_row_.assign(rows_.rows, 0);
      grow(1);
    } else if (groups_.way() != GroupKeys::Way::Hashed) {
      aside_.keep_room();
      groups_.find(keys_, rows_.rows, group_of_row_);
      grow(groups_.size());
    } else {
      if (!aside_.has_begun()) find_all();
      if (aside_.has_begun()) set_others_aside();
    }
  }

  /// Begins to set rows aside where memory does not suffice for the batch's new groups.
  void find_all() {
    aside_.keep_room();
    try {
      for (State& state : states_)
        state.aggregator->grow(count_ + rows_.rows, rows_.rows);
      groups_.find(keys_, rows_.rows, group_of_row_);
      count_ = groups_.size();
    } catch (const Error& error) {
      if (error.code != ErrorCode::Limit || count_ == 0 || !aside_.can_begin()) throw;
      aside_.begin(width_aside());
    }
  }

  void set_others_aside() {
    groups_.find_known(keys_, rows_.rows, group_of_row_);
    hash_rows(keys_, rows_.rows, hashes_);
    std::vector<TermId> row_aside(width_aside());
    for (State& state : states_)
      state.known.clear();
    std::size_t known = 0;
    for (std::size_t row = 0; row < rows_.rows; ++row) {
      if (group_of_row_[row] == GroupTable::kNoGroup) {
        std::size_t column = 0;
        for (const Column* key : keys_)
          row_aside[column++] = (*key)[row];
        for (const State& state : states_)
          row_aside[column++] = state.arguments.empty() ? kUnbound : state.arguments[row];
        row_aside[column] = multiplicity_id(weights_.empty() ? 1 : weights_[row]);
        aside_.append_row(row_aside.data(), hashes_[row]);
        continue;
      }
      for (State& state : states_)
        if (!state.arguments.empty()) state.known.push_back(state.arguments[row]);
      if (!weights_.empty()) weights_[known] = weights_[row];
      group_of_row_[known++] = group_of_row_[row];
    }
    group_of_row_.resize(known);
    if (!weights_.empty()) weights_.resize(known);
    for (State& state : states_) {
      state.arguments = state.known;
      state.aggregator->grow(count_, known);
    }
  }

  void grow(std::size_t groups) {
    count_ = groups;
    for (State& state : states_)
      state.aggregator->grow(groups, rows_.rows);
  }

  /// All complete groups are out: keeps the others, once these are no more than what goes.
  void forget_complete() {
    if (key_columns_.empty() || groups_.way() == GroupKeys::Way::Hashed) return;
    const MemoryBudget& budget = context_->budget;
    const bool leaves =
        groups_.way() == GroupKeys::Way::Parted &&
        (count_ - at_ > groups_.most_in_part() || budget.used() > budget.limit() / 2);
    if (at_ > 0 && (leaves || at_ >= count_ - at_)) {
      groups_.keep_from(at_);
      for (State& state : states_)
        state.aggregator->keep_from(at_);
      count_ -= at_;
      at_ = complete_ = 0;
    }
    if (leaves) groups_.leave_parts();
  }

  void weigh() {
    weights_.clear();
    if (multiplicities_.empty()) return;
    weights_.assign(rows_.rows, 1);
    for (const std::size_t column : multiplicities_)
      for (std::size_t row = 0; row < rows_.rows; ++row)
        if (__builtin_mul_overflow(weights_[row], multiplicity_of(rows_.columns[column][row]),
                                   &weights_[row]))
          throw_uncountable();
  }

  void number_solutions() {
    std::vector<const Column*> columns;
    for (const std::size_t column : visible_)
      columns.push_back(&rows_.columns[column]);
    solutions_.add(columns, rows_.rows, solution_of_row_);
    solution_ids_.clear();
    for (const RowNumber number : solution_of_row_)
      solution_ids_.push_back(TermId(std::uint64_t{number} + 1));
  }

  TermId finish(const State& state, std::size_t group) const {
    const TermId id = state.aggregator->finish(group, *context_);
    if (!is_multiplicity(state.aggregate.result)) return id;
    if (id.kind() != IdKind::Integer) throw_uncountable();
    return multiplicity_id(static_cast<std::uint64_t>(inline_integer(id)));
  }

  [[noreturn]] static void throw_uncountable() {
    throw Error(ErrorCode::Limit, "the query has more solutions than can be counted");
  }

  std::vector<std::optional<std::size_t>> key_columns_{};  // of the input
  std::vector<State> states_{};
  bool is_sorted_ = false;
  std::vector<std::size_t> part_keys_{};       // keys that the input is sorted by, where not by all
  bool counts_solutions_ = false;              // there is a COUNT(DISTINCT *)
  std::vector<std::size_t> visible_{};         // the columns that make a solution: no blank nodes
  std::vector<std::size_t> multiplicities_{};  // columns

  QueryContext* context_ = nullptr;
  bool round_ended_ = false, has_ended_ = false;
  SetAside aside_{};
  std::size_t count_ = 0, complete_ = 0;  // groups; those that no more rows come for
  std::size_t at_ = 0;                    // the group to give next
  GroupKeys groups_{};                    // where there are keys
  RowSet solutions_{};
  Batch rows_{};

  // Of the batch at hand.
  std::vector<const Column*> keys_{};
  std::vector<std::uint32_t> group_of_row_{};
  std::vector<std::uint64_t> weights_{};
  std::vector<RowNumber> solution_of_row_{};
  std::vector<std::uint64_t> hashes_{};
  Column unbound_{}, solution_ids_{};
};

}  // namespace

OperatorPtr group_rows(OperatorPtr input, const std::vector<Variable>& keys,
                       const std::vector<Aggregate>& aggregates, const ExistsFactory& exists) {
  return std::make_unique<GroupRows>(std::move(input), keys, aggregates, exists);
}

}  // namespace tripten
