// Group: GROUP BY and the aggregates (§18.5.1). A key may be unbound; that is a group, too.
//
// Three ways to the number of a row's group:
//   sorted   the input is sorted by the keys: a row begins a group or goes on with the last one;
//            groups go out as they end, and only those of some batches are kept
//   parted   the input is sorted by some keys: rows with the same values of these are a part,
//            inside which a GroupTable knows the groups by the other keys; the groups of a part go
//            out when it ends
//   hashed   a GroupTable of all keys; groups go out at the end, in the order they came; what
//            memory has no room for waits on the disk (SetAside)
// The aggregates take a batch of values and group numbers at a time. Rows may stand for several
// solutions (query/exec/multiplicity.h): the product of those columns is the weight of a row.
#include <algorithm>
#include <memory>
#include <set>
#include <string>

#include "tripten/error.h"

#include "base/grow.h"
#include "query/algebra/print.h"
#include "query/exec/describe.h"
#include "query/exec/group_table.h"
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
    sorted_keys_.assign(key_columns_.size(), Column());
    kept_.emplace(context.budget);
    solutions_.open(visible_.size(), context.budget, context.interrupt);
    aside_.open(context);
    begin_round();
    has_ended_ = false;
  }

  bool next(Batch& out) override {
    context_->interrupt.check();
    while (at_ == complete_ && !has_ended_) {
      if (is_sorted_ || is_parted_) forget_complete();
      if (round_ended_) begin_round();
      take_input();
    }
    out.reset(schema_.size());
    const std::size_t end = std::min(complete_, at_ + context_->batch_rows);
    for (std::size_t key = 0; key < key_columns_.size(); ++key)
      for (std::size_t group = at_; group < end; ++group)
        out.columns[key].push_back(key_of(group, key));
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
    for (std::size_t key = 0; key < key_columns_.size(); ++key)
      if (std::find(part_keys_.begin(), part_keys_.end(), key) == part_keys_.end())
        other_keys_.push_back(key);
  }

  void begin_round() {
    is_parted_ = !part_keys_.empty() && !aside_.is_part();
    part_begin_ = 0;
    if (!key_columns_.empty())
      table_.open(is_parted_ ? other_keys_.size() : key_columns_.size(), context_->budget,
                  context_->interrupt);
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
    if (is_sorted_ && count_ > 0) complete_ = count_ - 1;
    if (is_parted_) complete_ = part_begin_;
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
    } else if (is_sorted_) {
      find_changes();
    } else if (is_parted_) {
      find_in_parts();
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
      table_.find(keys_, rows_.rows, group_of_row_);
      count_ = table_.size();
    } catch (const Error& error) {
      if (error.code != ErrorCode::Limit || count_ == 0 || !aside_.can_begin()) throw;
      aside_.begin(width_aside());
    }
  }

  void set_others_aside() {
    table_.find_known(keys_, rows_.rows, group_of_row_);
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

  void find_changes() {
    group_of_row_.resize(rows_.rows);
    std::size_t groups = count_;
    for (std::size_t row = 0; row < rows_.rows; ++row) {
      if (groups == 0 || !is_of_last(row)) {
        for (std::size_t key = 0; key < keys_.size(); ++key)
          sorted_keys_[key].push_back((*keys_[key])[row]);
        ++groups;
      }
      group_of_row_[row] = static_cast<std::uint32_t>(groups - 1);
    }
    grow(groups);
  }

  bool is_of_last(std::size_t row) const {
    for (std::size_t key = 0; key < keys_.size(); ++key)
      if (sorted_keys_[key].back() != (*keys_[key])[row]) return false;
    return true;
  }

  void find_in_parts() {
    aside_.keep_room();
    group_of_row_.resize(rows_.rows);
    for (std::size_t begin = 0, end = 0; begin < rows_.rows; begin = end) {
      end = end_of_part(begin);
      if (!is_of_last_part(begin)) {
        part_begin_ += table_.size();
        table_.clear();
      }
      find_in_part(begin, end);
    }
    std::size_t kept = 0;
    for (const Column& column : sorted_keys_)
      kept += column.capacity() * sizeof(TermId);
    kept_->resize(kept);
    grow(part_begin_ + table_.size());
  }

  std::size_t end_of_part(std::size_t begin) const {
    std::size_t end = rows_.rows;
    for (const std::size_t key : part_keys_) {
      const Column& values = *keys_[key];
      std::size_t at = begin + 1;
      while (at < end && values[at] == values[begin])
        ++at;
      end = at;
    }
    return end;
  }

  bool is_of_last_part(std::size_t row) const {
    return std::all_of(part_keys_.begin(), part_keys_.end(), [&](std::size_t key) {
      return !sorted_keys_[key].empty() && sorted_keys_[key].back() == (*keys_[key])[row];
    });
  }

  /// Rows [begin, end) are of the part at hand.
  void find_in_part(std::size_t begin, std::size_t end) {
    part_columns_.resize(other_keys_.size());
    std::vector<const Column*> columns;
    for (std::size_t i = 0; i < other_keys_.size(); ++i) {
      const Column& values = *keys_[other_keys_[i]];
      if (begin == 0) {
        columns.push_back(&values);
        continue;
      }
      part_columns_[i].assign(values.begin() + static_cast<std::ptrdiff_t>(begin),
                              values.begin() + static_cast<std::ptrdiff_t>(end));
      columns.push_back(&part_columns_[i]);
    }
    std::size_t known = table_.size();
    table_.find(columns, end - begin, group_in_part_);
    for (std::size_t row = begin; row < end; ++row) {
      const std::uint32_t group = group_in_part_[row - begin];
      group_of_row_[row] = static_cast<std::uint32_t>(part_begin_ + group);
      if (group != known) continue;
      ++known;
      for (std::size_t key = 0; key < keys_.size(); ++key)
        sorted_keys_[key].push_back((*keys_[key])[row]);
    }
  }

  /// How many groups of one part are known by its other keys alone. A larger part may outgrow
  /// memory, and rows are only set aside by all keys.
  std::size_t most_in_part() const {
    constexpr std::size_t kFewest = 1024, kMost = std::size_t{1} << 20, kBytesOfGroup = 1024;
    return std::clamp(context_->budget.limit() / kBytesOfGroup, kFewest, kMost);
  }

  /// From here on all groups are known by all their keys. Those of the part at hand are all that
  /// there are.
  void leave_parts() {
    is_parted_ = false;
    table_.open(key_columns_.size(), context_->budget, context_->interrupt);
    std::vector<const Column*> columns;
    for (const Column& column : sorted_keys_)
      columns.push_back(&column);
    table_.find(columns, count_, group_in_part_);
    for (Column& column : sorted_keys_)
      release(column);
    kept_->resize(0);
  }

  TermId key_of(std::size_t group, std::size_t key) const {
    return is_sorted_ || is_parted_ ? sorted_keys_[key][group] : table_.key(group, key);
  }

  void grow(std::size_t groups) {
    count_ = groups;
    for (State& state : states_)
      state.aggregator->grow(groups, rows_.rows);
  }

  /// All complete groups are out: keeps the others, once these are no more than what goes.
  void forget_complete() {
    const MemoryBudget& budget = context_->budget;
    const bool leaves =
        is_parted_ && (count_ - at_ > most_in_part() || budget.used() > budget.limit() / 2);
    if (at_ > 0 && (leaves || at_ >= count_ - at_)) {
      for (Column& column : sorted_keys_)
        column.erase(column.begin(), column.begin() + static_cast<std::ptrdiff_t>(at_));
      for (State& state : states_)
        state.aggregator->keep_from(at_);
      count_ -= at_;
      if (is_parted_) part_begin_ -= at_;
      at_ = complete_ = 0;
    }
    if (leaves) leave_parts();
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
  std::vector<std::size_t> part_keys_{};   // keys that the input is sorted by, where not by all,
  std::vector<std::size_t> other_keys_{};  // and those that it is not
  bool counts_solutions_ = false;          // there is a COUNT(DISTINCT *)
  std::vector<std::size_t> visible_{};     // the columns that make a solution: no blank nodes
  std::vector<std::size_t> multiplicities_{};  // columns

  QueryContext* context_ = nullptr;
  bool round_ended_ = false, has_ended_ = false;
  SetAside aside_{};
  std::size_t count_ = 0, complete_ = 0;  // groups; those that no more rows come for
  std::size_t at_ = 0;                    // the group to give next
  bool is_parted_ = false;                // rows come in parts
  std::size_t part_begin_ = 0;            // the first group of the part at hand
  GroupTable table_{};                    // where hashed; of the part at hand by its other keys
  std::vector<Column> sorted_keys_{};     // by group, where sorted or parted
  std::optional<MemoryLease> kept_{};     // for them, where parted
  RowSet solutions_{};
  Batch rows_{};

  // Of the batch at hand.
  std::vector<const Column*> keys_{};
  std::vector<std::uint32_t> group_of_row_{};
  std::vector<std::uint64_t> weights_{};
  std::vector<RowNumber> solution_of_row_{};
  std::vector<std::uint32_t> group_in_part_{};
  std::vector<Column> part_columns_{};
  std::vector<std::uint64_t> hashes_{};
  Column unbound_{}, solution_ids_{};
};

}  // namespace

OperatorPtr group_rows(OperatorPtr input, const std::vector<Variable>& keys,
                       const std::vector<Aggregate>& aggregates, const ExistsFactory& exists) {
  return std::make_unique<GroupRows>(std::move(input), keys, aggregates, exists);
}

}  // namespace tripten
