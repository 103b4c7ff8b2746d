// Group: GROUP BY and the aggregates (§18.5.1). A key may be unbound; that is a group, too.
//
//   row ─ keys ▶ number of the group ─▶ states_[group * aggregates + i]
//
// COUNT without DISTINCT is counted here; the other aggregates are Aggregators.
#include <algorithm>
#include <memory>
#include <string>

#include "base/check.h"
#include "query/algebra/print.h"
#include "query/exec/describe.h"
#include "query/exec/operators.h"
#include "query/exec/row_set.h"
#include "query/expr/aggregator.h"
#include "storage/inline_term.h"

namespace tripten {

namespace {

// What an aggregate's state is charged with; sets and texts inside charge themselves.
constexpr std::size_t kStateBytes = 96;

TermId number_id(std::uint64_t number) {
  const std::optional<TermId> id = inline_integer_id(static_cast<std::int64_t>(number));
  check(id.has_value(), "a count does not fit into an id");
  return *id;
}

class GroupRows : public Operator {
 public:
  GroupRows(OperatorPtr input, const std::vector<Variable>& keys,
            const std::vector<Aggregate>& aggregates, const ExistsFactory& exists) {
    for (const Variable& key : keys) {
      const std::size_t before = schema_.size();
      if (schema_.add(key) < before) continue;
      key_columns_.push_back(input->schema().find(key));
      always_bound_.push_back(key_columns_.back() && input->always_bound(*key_columns_.back()));
    }
    for (const Aggregate& aggregate : aggregates) {
      aggregates_.push_back({aggregate, {}, is_counted(aggregate), {}, {}});
      if (aggregate.argument)
        aggregates_.back().evaluator.emplace(*aggregate.argument, input->schema(), exists);
      schema_.add(aggregate.result);
      always_bound_.push_back(aggregate.kind == AggregateKind::Count);
      counts_solutions_ =
          counts_solutions_ || (aggregate.distinct && !aggregate.argument.has_value());
    }
    for (std::size_t column = 0; column < input->schema().size(); ++column)
      if (!input->schema()[column].name.starts_with('.')) visible_.push_back(column);
    inputs_.push_back(std::move(input));
  }

  void open(QueryContext& context) override {
    context_ = &context;
    inputs_[0]->open(context);
    groups_.open(key_columns_.size(), context.budget);
    solutions_.open(visible_.size(), context.budget);
    lease_.emplace(context.budget);
    for (State& state : aggregates_) {
      state.counts.clear();
      state.aggregators.clear();
    }
    is_grouped_ = false;
    at_ = count_ = 0;
  }

  bool next(Batch& out) override {
    context_->interrupt.check();
    if (!is_grouped_) group_input();
    out.reset(schema_.size());
    const std::size_t end = std::min(count_, at_ + context_->batch_rows);
    for (std::size_t key = 0; key < key_columns_.size(); ++key) {
      const Column& values = groups_.columns()[key];
      out.columns[key].assign(values.begin() + static_cast<std::ptrdiff_t>(at_),
                              values.begin() + static_cast<std::ptrdiff_t>(end));
    }
    for (std::size_t i = 0; i < aggregates_.size(); ++i)
      for (std::size_t group = at_; group < end; ++group)
        out.columns[key_columns_.size() + i].push_back(finish(aggregates_[i], group));
    out.rows = end - at_;
    at_ = end;
    return out.rows > 0;
  }

  OperatorDescription describe() const override {
    std::vector<Variable> keys(
        schema_.variables().begin(),
        schema_.variables().begin() + static_cast<std::ptrdiff_t>(key_columns_.size()));
    std::string details = keys.empty() ? "of all rows" : "by " + describe_variables(keys);
    for (const State& state : aggregates_)
      details += ", " + to_string(state.aggregate);
    return {"Group", details};
  }

 private:
  struct State {
    Aggregate aggregate;
    std::optional<Evaluator> evaluator;  // of the argument
    bool is_counted;
    std::vector<std::uint64_t> counts;                     // by group, where is_counted
    std::vector<std::unique_ptr<Aggregator>> aggregators;  // by group, elsewhere
  };

  static bool is_counted(const Aggregate& aggregate) {
    return aggregate.kind == AggregateKind::Count && !aggregate.distinct;
  }

  void group_input() {
    if (key_columns_.empty()) grow(1);
    Batch rows;
    while (inputs_[0]->next(rows)) {
      context_->interrupt.check();
      find_groups(rows);
      if (counts_solutions_) number_solutions(rows);
      for (State& state : aggregates_)
        add(state, rows);
    }
    is_grouped_ = true;
  }

  void find_groups(const Batch& rows) {
    if (key_columns_.empty()) {
      group_of_row_.assign(rows.rows, 0);
      return;
    }
    std::vector<const Column*> keys;
    for (const auto& column : key_columns_) {
      if (!column) unbound_.assign(rows.rows, kUnbound);
      keys.push_back(column ? &rows.columns[*column] : &unbound_);
    }
    groups_.add(keys, rows.rows, group_of_row_);
    grow(groups_.size());
  }

  void grow(std::size_t groups) {
    if (groups <= count_) return;
    if (groups > charged_groups()) {
      const std::size_t wanted = std::max(groups, charged_groups() * 2);
      lease_->resize(wanted * aggregates_.size() * kStateBytes);
    }
    count_ = groups;
    for (State& state : aggregates_) {
      if (state.is_counted) {
        state.counts.resize(groups);
        continue;
      }
      while (state.aggregators.size() < groups)
        state.aggregators.push_back(make_aggregator(state.aggregate));
    }
  }

  std::size_t charged_groups() const {
    return aggregates_.empty() ? ~std::size_t{0}
                               : lease_->bytes() / (aggregates_.size() * kStateBytes);
  }

  void number_solutions(const Batch& rows) {
    std::vector<const Column*> columns;
    for (const std::size_t column : visible_)
      columns.push_back(&rows.columns[column]);
    solutions_.add(columns, rows.rows, solution_of_row_);
  }

  void add(State& state, const Batch& rows) {
    if (state.evaluator) state.evaluator->evaluate(rows, *context_, values_);
    if (state.is_counted) {
      for (std::size_t row = 0; row < rows.rows; ++row)
        state.counts[group_of_row_[row]] += !state.evaluator || values_[row] ? 1 : 0;
      return;
    }
    for (std::size_t row = 0; row < rows.rows; ++row) {
      const TermId value = state.evaluator ? values_[row] : number_id(solution_of_row_[row]);
      state.aggregators[group_of_row_[row]]->add(value, *context_);
    }
  }

  TermId finish(State& state, std::size_t group) {
    return state.is_counted ? number_id(state.counts[group])
                            : state.aggregators[group]->finish(*context_);
  }

  std::vector<std::optional<std::size_t>> key_columns_{};  // of the input
  std::vector<State> aggregates_{};
  bool counts_solutions_ = false;       // there is a COUNT(DISTINCT *)
  std::vector<std::size_t> visible_{};  // the columns that make a solution: no blank nodes

  QueryContext* context_ = nullptr;
  bool is_grouped_ = false;
  RowSet groups_{};
  RowSet solutions_{};
  std::size_t count_ = 0;               // of groups
  std::optional<MemoryLease> lease_{};  // for the states
  std::size_t at_ = 0;                  // the group to give next
  std::vector<RowNumber> group_of_row_{}, solution_of_row_{};
  Column values_{}, unbound_{};
};

}  // namespace

OperatorPtr group_rows(OperatorPtr input, const std::vector<Variable>& keys,
                       const std::vector<Aggregate>& aggregates, const ExistsFactory& exists) {
  return std::make_unique<GroupRows>(std::move(input), keys, aggregates, exists);
}

}  // namespace tripten
