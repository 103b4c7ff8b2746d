// Trial: one random query or update over one random dataset, under some settings, against the
// naive evaluator.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "differential/coverage.h"
#include "differential/engine.h"

namespace tripten::test {

/// What is tried, made of choices; a smaller one is made of fewer.
struct Subject {
  naive::TermQuads quads{};
  std::vector<std::uint32_t> choices{};  ///< Of the query or update.
  bool is_update = false;
};

/// How it is run.
struct Settings {
  Layout layout = Layout::Delta;
  std::vector<RunOptions> runs{};
};

/// An answer that the recommendation does not allow.
struct Difference {
  std::string text{};  ///< The query or update.
  std::string trig{}, bindings{};
  std::string settings{}, plan{};
  std::string expected{}, found{};
  RunOptions run{};
};

enum class Outcome { Same, Different, NotCompared };

struct TrialResult {
  Outcome outcome = Outcome::Same;
  std::string reason{};  ///< NotCompared.
  Difference difference{};
};

/// Runs the trial; `dataset` holds the subject's quads.
TrialResult run_trial(const Subject& subject, const std::vector<RunOptions>& runs,
                      LoadedDataset& dataset, Coverage* coverage);

/// The same with a dataset of its own.
TrialResult run_trial(const Subject& subject, const Settings& settings);

/// Settings in words.
std::string to_string(const RunOptions& options);

}  // namespace tripten::test
