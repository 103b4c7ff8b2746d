// explain: a plan, and what its operators took where they were measured, as text and as JSON.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "query/exec/operator.h"
#include "query/exec/operator_counters.h"

namespace tripten {

/// One operator of a plan.
struct PlanLine {
  std::size_t depth = 0;  ///< Inputs follow their operator, one deeper.
  OperatorDescription operation{};
  std::vector<Variable> left_out{};  ///< Nobody above asks for them.
  double estimate = -1;              ///< Rows a run; negative is unknown.

  struct Actual {
    std::uint64_t rows = 0, runs = 0;
    std::chrono::nanoseconds time{0};  ///< With its inputs.
    OperatorCounters counters{};
    bool is_complete = false;  ///< All rows were asked for.
  };
  std::optional<Actual> actual{};
  std::size_t parts = 1;  ///< Runs that read a part each: the estimate is of all of them.

  /// How many times the estimate is off; 1 where that isn't known. Fewer rows than expected say
  /// nothing where no more were asked for.
  double times_off() const;
};

/// An estimate that is off by more is marked.
constexpr double kMostTimesOff = 100;

std::vector<PlanLine> plan_lines(const Operator& root);

/// An operator a line, as in query/exec/operators.h.
std::string plan_text(const std::vector<PlanLine>& lines);

/// What a run took in all.
struct RunFigures {
  std::size_t peak_memory = 0;
  std::uint64_t spilled_bytes = 0;
};
/// One object: `plan`, an operator with its `inputs`, and the totals where there are any. The
/// members are those of docs/command-line.md.
std::string plan_json(const std::vector<PlanLine>& lines, const std::optional<RunFigures>& totals);

}  // namespace tripten
