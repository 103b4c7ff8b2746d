// Measured: counts the rows, the time and the rest of what the operator that it wraps takes.
#pragma once

#include <chrono>
#include <cstdint>

#include "query/exec/operator.h"
#include "query/exec/operator_counters.h"

namespace tripten {

class MeasuredOperator : public Operator {
 public:
  explicit MeasuredOperator(OperatorPtr input);

  void open(QueryContext& context) override;
  bool next(Batch& out) override;
  OperatorDescription describe() const override { return inputs_[0]->describe(); }
  void keep_columns(const std::set<Variable>& wanted) override;

  const Operator& input() const { return *inputs_[0]; }
  /// Of all runs together: a loop opens its input more than once.
  std::uint64_t rows() const { return rows_; }
  std::uint64_t runs() const { return runs_; }
  /// Whether every run gave all its rows; where a LIMIT or an ASK had enough, there may be more.
  bool is_complete() const { return runs_ > 0 && ended_runs_ == runs_; }
  std::chrono::nanoseconds time() const { return time_; }
  const OperatorCounters& counters() const { return counters_; }

  /// Adds what a copy of this operator did on another thread: more of the same runs.
  void add(const MeasuredOperator& other);

 private:
  QueryContext* context_ = nullptr;
  std::uint64_t rows_ = 0, runs_ = 0, ended_runs_ = 0;
  bool has_ended_ = false;  // the run at hand
  std::chrono::nanoseconds time_{0};
  OperatorCounters counters_{};
};

/// Adds the measures of a copy of a plan to the plan's.
void add_measures(Operator& plan, const Operator& copy);

}  // namespace tripten
