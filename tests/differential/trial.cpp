#include "differential/trial.h"

#include "differential/comparison.h"
#include "differential/naive/update.h"
#include "differential/random_graph.h"
#include "differential/random_query.h"
#include "differential/variants.h"
#include "query/parse/parse.h"
#include "query/update/execute_update.h"

namespace tripten::test {

namespace {

/// LATERAL is the one extension that random queries use.
bool is_standard(const std::string& text) {
  return text.find("LATERAL") == std::string::npos;
}

constexpr std::size_t kVariantEvery = 4;  // of so many queries one is tried as each variant
constexpr std::size_t kMostUpdateSteps = 400'000;

/// A memory limit is there to be met now and then.
bool is_allowed(const Error& error, const RunOptions& options) {
  return error.code == ErrorCode::Limit && options.memory_bytes != MemoryBudget::kUnlimited;
}

class QueryTrial {
 public:
  QueryTrial(const Subject& subject, LoadedDataset& dataset, Coverage* coverage)
      : dataset_(dataset),
        coverage_(coverage) {
    Choices choices(subject.choices);
    if (choices.chance(4)) {
      const Variable variable{"v" + std::to_string(choices.below(3))};
      bindings_.emplace(variable, random_term(choices));
    }
    difference_.text = random_query(choices);
    variant_ = difference_.text.size();
    difference_.trig = to_trig(dataset.quads());
    difference_.bindings =
        naive::to_string(bindings_.empty() ? naive::Solutions() : naive::Solutions{bindings_});
  }

  TrialResult run(const std::vector<RunOptions>& runs) {
    const ParseOptions parsing{.strict = is_standard(difference_.text)};
    const bool is_by_shape = variant_ % kVariantEvery == 0;
    Query query;
    try {
      query = is_by_shape ? parsed_by_shape(difference_.text, parsing)
                          : parse_query(difference_.text, parsing);
    } catch (const std::exception& error) {
      return different("a query", error.what());
    }
    if (coverage_) coverage_->add(query);
    const ExpectedAnswer expected(query, dataset_.quads(), bindings_);
    TrialResult result;
    for (RunOptions options : runs) {
      for (const auto& [variable, term] : bindings_)
        options.bindings[variable.name] = term;
      difference_.run = options;
      difference_.settings = to_string(options);
      result = compare(query, expected, options);
      if (result.outcome == Outcome::Different) return result;
    }
    if (variant_ % kVariantEvery == 1)
      if (const auto bound = with_constant_bound(difference_.text, variant_, parsing)) {
        difference_.run.bindings[bound->variable] = bound->value;
        difference_.settings += ", " + bound->value.to_string() + " bound";
        const TrialResult of_bound = compare(bound->query, expected, difference_.run);
        if (of_bound.outcome == Outcome::Different) return of_bound;
      }
    return result;
  }

 private:
  TrialResult compare(const Query& query, const ExpectedAnswer& expected,
                      const RunOptions& options) {
    try {
      // Transactions belong to one thread.
      const StoreView& view = options.threads > 1 ? dataset_.snapshot() : dataset_.change();
      const Answer answer = run_query(query, view, options);
      if (coverage_) {
        coverage_->add_plan(answer.plan);
        coverage_->add_answer(answer.rows.size());
      }
      difference_.plan = answer.plan;
      const Verdict verdict = expected.compare(answer);
      if (verdict.kind == Verdict::Kind::Different)
        return different(verdict.expected, verdict.found);
      if (verdict.kind == Verdict::Kind::NotCompared)
        return {Outcome::NotCompared, verdict.reason, {}};
    } catch (const Error& error) {
      if (is_allowed(error, options)) return {Outcome::NotCompared, "the memory limit", {}};
      return different("an answer", error.what());
    }
    return {};
  }

  TrialResult different(const std::string& expected, const std::string& found) {
    difference_.expected = expected;
    difference_.found = found;
    return {Outcome::Different, {}, difference_};
  }

  LoadedDataset& dataset_;
  Coverage* coverage_;
  naive::Solution bindings_{};
  std::size_t variant_ = 0;  // what chance decides that a shrunk query decides again
  Difference difference_{};
};

/// The quads after an update, or nothing where the update failed.
using After = std::optional<naive::TermQuads>;

std::string text_of(const After& after) {
  return after ? to_trig(*after) : "an error\n";
}

After after_update(const Update& update, LoadedDataset& dataset, const RunOptions& options) {
  const Interrupt interrupt;
  try {
    execute_update(update, dataset.change(), interrupt, options, {});
  } catch (const Error& error) {
    if (error.code == ErrorCode::Invalid || error.code == ErrorCode::NotFound) return std::nullopt;
    throw;
  }
  return quads_of(dataset.change());
}

TrialResult run_update_trial(const Subject& subject, const std::vector<RunOptions>& runs,
                             LoadedDataset& dataset, Coverage* coverage) {
  Difference difference;
  Choices choices(subject.choices);
  difference.text = random_update(choices);
  difference.trig = to_trig(dataset.quads());
  const auto different = [&](const std::string& expected, const std::string& found) {
    difference.expected = expected;
    difference.found = found;
    return TrialResult{Outcome::Different, {}, difference};
  };
  Update update;
  try {
    update = parse_update(difference.text, {.strict = is_standard(difference.text)});
  } catch (const Error& error) {
    return different("an update", error.what());
  }
  if (coverage) coverage->add(update);
  After expected;
  try {
    naive::Effort effort(kMostUpdateSteps);
    expected = naive::execute(update, dataset.quads(), effort);
  } catch (const naive::UpdateFailed&) {
  } catch (const std::runtime_error& error) {
    return {Outcome::NotCompared, error.what(), {}};
  }
  for (const RunOptions& options : runs) {
    difference.run = options;
    difference.settings = to_string(options);
    try {
      const After found = after_update(update, dataset, options);
      dataset.reset();
      const bool same = expected && found ? same_but_for_labels(*expected, *found, dataset.quads())
                                          : !expected && !found;
      if (!same) return different(text_of(expected), text_of(found));
    } catch (const Error& error) {
      dataset.reset();
      if (!is_allowed(error, options)) return different(text_of(expected), error.what());
    }
  }
  return {};
}

}  // namespace

std::string to_string(const RunOptions& options) {
  std::string text = options.optimise ? "optimised" : "as written";
  text += ", batches of " + std::to_string(options.batch_rows);
  if (options.plan_seed != 0) text += ", plan seed " + std::to_string(options.plan_seed);
  if (options.threads > 1) text += ", " + std::to_string(options.threads) + " threads";
  if (options.memory_bytes != MemoryBudget::kUnlimited)
    text += ", " + std::to_string(options.memory_bytes) + " bytes of memory";
  return text;
}

TrialResult run_trial(const Subject& subject, const std::vector<RunOptions>& runs,
                      LoadedDataset& dataset, Coverage* coverage) {
  if (subject.is_update) return run_update_trial(subject, runs, dataset, coverage);
  return QueryTrial(subject, dataset, coverage).run(runs);
}

TrialResult run_trial(const Subject& subject, const Settings& settings) {
  LoadedDataset dataset(subject.quads, settings.layout);
  return run_trial(subject, settings.runs, dataset, nullptr);
}

}  // namespace tripten::test
