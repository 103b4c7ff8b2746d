#include "query/guidance/solution_probe.h"

#include <algorithm>

namespace tripten {

namespace {

/// The most that one part may take.
constexpr std::chrono::milliseconds kMostTime{2000};

/// The time of the whole: then what was found till then is the answer.
bool is_over(const Interrupt& interrupt) {
  return interrupt.left().value_or(kMostTime) <= std::chrono::milliseconds(1);
}

}  // namespace

std::optional<bool> SolutionProbe::has(const GraphPattern& pattern) {
  if (interrupt_.stop().stop_requested()) interrupt_.check();
  if (++probes_ > kMostProbes || is_over(interrupt_)) {
    gave_up_ = true;
    return std::nullopt;
  }
  const Query ask{.form = AskForm{}, .dataset = query_.dataset, .pattern = pattern};
  try {
    const Interrupt soon(interrupt_.stop(),
                         std::min(interrupt_.left().value_or(kMostTime), kMostTime));
    QueryRun run(ask, view_, soon, options_);
    Batch batch;
    const bool some = run.next(batch) && batch.rows > 0;
    return some && run.terms().term(batch.columns[0][0]).value() == "true";
  } catch (const Error& error) {
    if (error.code == ErrorCode::Cancelled || error.code == ErrorCode::Corrupt) throw;
    gave_up_ = true;
    return std::nullopt;
  }
}

Term SolutionProbe::example(const GraphPattern& pattern, const Variable& variable) {
  if (interrupt_.stop().stop_requested()) interrupt_.check();
  if (is_over(interrupt_)) return {};
  Query select{.form = SelectForm{{variable}}, .dataset = query_.dataset};
  select.pattern = {Slice{GraphPattern{Project{pattern, {variable}}}, 0, 1}};
  try {
    const Interrupt soon(interrupt_.stop(),
                         std::min(interrupt_.left().value_or(kMostTime), kMostTime));
    QueryRun run(select, view_, soon, options_);
    Batch batch;
    if (!run.next(batch) || batch.rows == 0) return {};
    return run.terms().term(batch.columns[0][0]);
  } catch (const Error& error) {
    if (error.code == ErrorCode::Cancelled || error.code == ErrorCode::Corrupt) throw;
    return {};
  }
}

}  // namespace tripten
