// Measured: counts the rows and the time of the operator that it wraps.
#pragma once

#include <chrono>
#include <cstdint>

#include "query/exec/operator.h"

namespace tripten {

class MeasuredOperator : public Operator {
 public:
  explicit MeasuredOperator(OperatorPtr input);

  void open(QueryContext& context) override;
  bool next(Batch& out) override;
  OperatorDescription describe() const override { return inputs_[0]->describe(); }

  const Operator& input() const { return *inputs_[0]; }
  /// Of all runs together: a loop opens its input more than once.
  std::uint64_t rows() const { return rows_; }
  std::uint64_t runs() const { return runs_; }
  std::chrono::nanoseconds time() const { return time_; }

 private:
  std::uint64_t rows_ = 0, runs_ = 0;
  std::chrono::nanoseconds time_{0};
};

}  // namespace tripten
