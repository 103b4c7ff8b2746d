#include "query/exec/measured.h"

#include <utility>

#include "query/exec/operators.h"

namespace tripten {

namespace {

/// The time, memory and disk of one operator, from its call to its return, without those of the
/// measured operators that it calls; the whole time goes to `sum`, also where it ends in an
/// exception.
class Turn {
 public:
  Turn(QueryContext& context, OperatorCounters& mine, std::chrono::nanoseconds& sum)
      : context_(context),
        caller_(std::exchange(context.counters, &mine)),
        sum_(sum) {
    if (caller_) settle(*caller_);
    begin();
    start_ = context_.turn.since;
  }
  ~Turn() {
    settle(*context_.counters);
    begin();
    sum_ += context_.turn.since - start_;
    context_.counters = caller_;
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  /// Begins the next part of somebody's turn.
  void begin() {
    context_.turn = {std::chrono::steady_clock::now(), context_.budget.own_used(),
                     context_.spill ? context_.spill->written() : 0};
    context_.budget.take_own_peak();
  }

  void settle(OperatorCounters& counters) {
    const QueryContext::Turn& turn = context_.turn;
    const auto before = static_cast<std::int64_t>(turn.memory);
    const auto peak = static_cast<std::int64_t>(context_.budget.take_own_peak());
    counters.own_time += std::chrono::steady_clock::now() - turn.since;
    counters.most_memory = std::max(counters.most_memory, counters.held_memory + peak - before);
    counters.held_memory += static_cast<std::int64_t>(context_.budget.own_used()) - before;
    if (context_.spill) counters.spilled_bytes += context_.spill->written() - turn.spilled;
  }

  QueryContext& context_;
  OperatorCounters* caller_;
  std::chrono::nanoseconds& sum_;
  std::chrono::steady_clock::time_point start_{};
};

}  // namespace

MeasuredOperator::MeasuredOperator(OperatorPtr input) {
  estimate = input->estimate;
  inputs_.push_back(std::move(input));
  take_columns(*inputs_[0]);
}

void MeasuredOperator::keep_columns(const std::set<Variable>& wanted) {
  inputs_[0]->keep_columns(wanted);
  take_columns(*inputs_[0]);
}

void MeasuredOperator::open(QueryContext& context) {
  context_ = &context;
  const Turn turn(context, counters_, time_);
  ++runs_;
  has_ended_ = false;
  inputs_[0]->open(context);
}

bool MeasuredOperator::next(Batch& out) {
  const Turn turn(*context_, counters_, time_);
  const bool more = inputs_[0]->next(out);
  if (more) rows_ += out.rows;
  if (!more && !std::exchange(has_ended_, true)) ++ended_runs_;
  return more;
}

void MeasuredOperator::add(const MeasuredOperator& other) {
  rows_ += other.rows_;
  runs_ += other.runs_;
  ended_runs_ += other.ended_runs_;
  time_ += other.time_;
  counters_.add(other.counters_);
}

void add_measures(Operator& plan, const Operator& copy) {
  std::vector<std::pair<Operator*, const Operator*>> waiting{{&plan, &copy}};
  while (!waiting.empty()) {
    const auto [into, from] = waiting.back();
    waiting.pop_back();
    if (auto* measure = dynamic_cast<MeasuredOperator*>(into))
      measure->add(dynamic_cast<const MeasuredOperator&>(*from));
    for (std::size_t i = 0; i < into->inputs().size(); ++i)
      waiting.emplace_back(into->inputs()[i].get(), from->inputs()[i].get());
  }
}

OperatorPtr measured(OperatorPtr input) {
  if (dynamic_cast<MeasuredOperator*>(input.get())) return input;
  return std::make_unique<MeasuredOperator>(std::move(input));
}

}  // namespace tripten
