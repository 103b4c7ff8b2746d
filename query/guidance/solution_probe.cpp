#include "query/guidance/solution_probe.h"

#include <algorithm>

namespace tripten {

namespace {

/// The most that one part may take.
constexpr std::chrono::milliseconds kMostTime{2000};

}  // namespace

std::optional<bool> SolutionProbe::has(const GraphPattern& pattern) {
  interrupt_.check();
  if (++probes_ > kMostProbes) {
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
  interrupt_.check();
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
