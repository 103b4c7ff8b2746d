#include "query/exec/measured.h"

#include "query/exec/operators.h"

namespace tripten {

namespace {

/// Adds the time from its beginning to its end, also when that is an exception.
class Stopwatch {
 public:
  explicit Stopwatch(std::chrono::nanoseconds& sum) : sum_(sum) {}
  ~Stopwatch() { sum_ += std::chrono::steady_clock::now() - begin_; }
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

 private:
  std::chrono::nanoseconds& sum_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace

MeasuredOperator::MeasuredOperator(OperatorPtr input) {
  schema_ = input->schema();
  sorted_by_ = input->sorted_by();
  for (std::size_t column = 0; column < schema_.size(); ++column)
    always_bound_.push_back(input->always_bound(column));
  estimate = input->estimate;
  inputs_.push_back(std::move(input));
}

void MeasuredOperator::open(QueryContext& context) {
  const Stopwatch stopwatch(time_);
  ++runs_;
  inputs_[0]->open(context);
}

bool MeasuredOperator::next(Batch& out) {
  const Stopwatch stopwatch(time_);
  const bool more = inputs_[0]->next(out);
  if (more) rows_ += out.rows;
  return more;
}

OperatorPtr measured(OperatorPtr input) {
  return std::make_unique<MeasuredOperator>(std::move(input));
}

}  // namespace tripten
