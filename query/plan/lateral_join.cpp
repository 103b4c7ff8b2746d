#include "query/plan/lateral_join.h"

#include <map>
#include <utility>

#include "tripten/error.h"

#include "query/algebra/scope.h"
#include "query/exec/describe.h"
#include "query/exec/row_table.h"
#include "query/optimize/expression_traits.h"
#include "query/optimize/optimize.h"
#include "query/optimize/substitute.h"
#include "query/plan/nesting.h"

namespace tripten {

namespace {

constexpr std::size_t kMostRemembered = std::size_t{1} << 14;  // rows, and keys

/// Solutions by key, in one table: rows [begin, end).
class RememberedRows {
 public:
  using Key = std::vector<TermId>;
  struct Range {
    std::size_t begin = 0, end = 0;
  };

  void open(std::size_t width, MemoryBudget& budget, const Interrupt& interrupt) {
    width_ = width;
    budget_ = &budget;
    interrupt_ = &interrupt;
    forget();
  }

  const Range* find(const Key& key) const {
    const auto found = ranges_.find(key);
    return found == ranges_.end() ? nullptr : &found->second;
  }
  const RowTable& rows() const { return rows_; }

  /// Rows of one key after the other: begin, add as they come, end where all have come.
  void begin() {
    if (rows_.rows() >= kMostRemembered || ranges_.size() >= kMostRemembered) forget();
    begin_ = rows_.rows();
    keeps_ = true;
  }
  void add(const Batch& batch) {
    if (!keeps_) return;
    try {
      keeps_ = rows_.rows() - begin_ + batch.rows <= kMostRemembered;
      if (keeps_) rows_.append(batch.columns, batch.rows);
    } catch (const Error&) {  // no memory is left for what need not be kept
      keeps_ = false;
    }
    if (!keeps_) forget();
  }
  void end(Key key) {
    if (std::exchange(keeps_, false)) ranges_[std::move(key)] = {begin_, rows_.rows()};
  }

 private:
  void forget() {
    ranges_.clear();
    rows_.open(width_, *budget_, *interrupt_);
    begin_ = 0;
  }

  std::size_t width_ = 0;
  MemoryBudget* budget_ = nullptr;
  const Interrupt* interrupt_ = nullptr;
  RowTable rows_{};
  std::map<Key, Range> ranges_{};
  std::size_t begin_ = 0;  // of the key at hand,
  bool keeps_ = false;     // whose rows are all in rows_ so far
};

class LateralJoin : public Operator {
 public:
  LateralJoin(OperatorPtr left, OperatorPtr sample, const GraphPattern& pattern,
              PlanEnvironment& environment, const ActiveGraph& graph)
      : environment_(environment),
        pattern_(pattern),
        graph_(graph),
        remembers_(!is_volatile(pattern)) {
    index_reading_ = IndexReading::Unknown;
    schema_ = left->schema();
    const VariableSet certain = certain_variables(pattern);
    for (const Variable& variable : visible_variables(pattern)) {
      right_.push_back(variable);
      places_.push_back(schema_.add(variable));
    }
    for (std::size_t column = 0; column < schema_.size(); ++column)
      always_bound_.push_back(left->always_bound(column) || certain.contains(schema_[column]));
    sorted_by_ = left->sorted_by();
    for (std::size_t column = 0; column < sorted_by_.size(); ++column)
      if (!left->always_bound(sorted_by_[column])) {  // the right side may give it a value
        sorted_by_.resize(column);
        break;
      }
    for (const Variable& variable : mentioned_variables(pattern))
      if (const auto column = left->schema().find(variable)) keys_.push_back(*column);
    inputs_.push_back(std::move(left));
    inputs_.push_back(std::move(sample));
  }

  void open(QueryContext& context) override {
    context_ = &context;
    inputs_[0]->open(context);
    remembered_.open(right_.size(), context.budget, context.interrupt);
    left_.reset(inputs_[0]->schema().size());
    row_ = 0;
    running_.reset();
    in_row_ = ended_ = false;
  }

  bool next(Batch& out) override {
    out.reset(schema_.size());
    while (out.rows < context_->batch_rows) {
      context_->interrupt.check();
      if (!in_row_ && !next_row()) break;
      if (!give(out)) in_row_ = false;
    }
    return out.rows > 0;
  }

  OperatorDescription describe() const override {
    std::vector<Variable> keys;
    for (const std::size_t column : keys_)
      keys.push_back(schema_[column]);
    return {"LateralJoin", keys.empty() ? "for each row" : "for each " + describe_variables(keys)};
  }

 private:
  /// Goes on to the next row of left; false where there is none.
  bool next_row() {
    if (ended_) return false;
    if (++row_ >= left_.rows) {
      ended_ = !inputs_[0]->next(left_);
      if (ended_) return false;
      row_ = 0;
    }
    in_row_ = true;
    key_ = {context_->current_graph};
    for (const std::size_t column : keys_)
      key_.push_back(left_.columns[column][row_]);
    const RememberedRows::Range* known = remembers_ ? remembered_.find(key_) : nullptr;
    if (known) {
      running_.reset();
      range_ = *known;
    } else {
      start();
    }
    return true;
  }

  /// Plans the pattern with the values of the row.
  void start() {
    const Nesting nesting(environment_.nesting);
    Substitution values;
    for (std::size_t i = 0; i < keys_.size(); ++i)
      if (key_[i + 1]) values.emplace(schema_[keys_[i]], context_->terms.term(key_[i + 1]));
    GraphPattern pattern = substitute(pattern_, values, SubstitutionScope::Visible);
    if (environment_.optimise) pattern = optimize(std::move(pattern));
    const bool profile = std::exchange(environment_.profile, false);
    running_ = Planner(environment_).plan(pattern, {graph_, nullptr}).root;
    environment_.profile = profile;
    if (running_->schema().variables() != right_)
      running_ = project_columns(std::move(running_), right_);
    running_->open(*context_);
    batch_.reset(right_.size());
    at_ = 0;
    if (remembers_) remembered_.begin();
  }

  /// Adds rows of the row at hand; false where it has no more.
  bool give(Batch& out) {
    if (!running_) {
      while (range_.begin < range_.end && out.rows < context_->batch_rows)
        merge(remembered_.rows().columns(), range_.begin++, out);
      return range_.begin < range_.end;
    }
    if (at_ == batch_.rows) {
      const Nesting nesting(environment_.nesting);
      at_ = 0;
      if (!running_->next(batch_)) {
        if (remembers_) remembered_.end(key_);
        running_.reset();
        return false;
      }
      if (remembers_) remembered_.add(batch_);
    }
    while (at_ < batch_.rows && out.rows < context_->batch_rows)
      merge(batch_.columns, at_++, out);
    return true;
  }

  /// Adds the row at hand with a row of the right side, where the two are compatible.
  void merge(const std::vector<Column>& right, std::size_t number, Batch& out) {
    const std::size_t width = left_.columns.size();
    merged_.assign(schema_.size(), TermId());
    for (std::size_t column = 0; column < width; ++column)
      merged_[column] = left_.columns[column][row_];
    for (std::size_t i = 0; i < places_.size(); ++i) {
      TermId& value = merged_[places_[i]];
      const TermId other = right[i][number];
      if (!value) value = other;
      if (other && value != other) return;
    }
    for (std::size_t column = 0; column < merged_.size(); ++column)
      out.columns[column].push_back(merged_[column]);
    ++out.rows;
  }

  PlanEnvironment& environment_;
  GraphPattern pattern_;
  ActiveGraph graph_;
  bool remembers_;
  std::vector<Variable> right_{};      // the columns of the pattern's rows,
  std::vector<std::size_t> places_{};  // and of the joined row
  std::vector<std::size_t> keys_{};    // columns of left that the pattern mentions
  QueryContext* context_ = nullptr;
  Batch left_{};
  std::size_t row_ = 0;  // of left_
  bool in_row_ = false;  // its right side may have more rows
  bool ended_ = false;   // left has no more rows
  RememberedRows::Key key_{};
  OperatorPtr running_{};  // gives the right side; null: it is range_ of what is remembered
  Batch batch_{};          // of running_,
  std::size_t at_ = 0;     // the first one not given yet
  RememberedRows::Range range_{};
  RememberedRows remembered_{};
  std::vector<TermId> merged_{};
};

}  // namespace

OperatorPtr lateral_join(OperatorPtr left, OperatorPtr sample, const GraphPattern& pattern,
                         PlanEnvironment& environment, const ActiveGraph& graph) {
  return std::make_unique<LateralJoin>(std::move(left), std::move(sample), pattern, environment,
                                       graph);
}

}  // namespace tripten
