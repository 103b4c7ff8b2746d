// Snapshot: completion, empty answers explained, and search.
#include "api/guidance.h"

#include "tripten/tripten.h"

#include "api/arguments.h"
#include "api/state.h"
#include "query/guidance/complete.h"
#include "query/guidance/missing_prefix.h"
#include "query/guidance/search.h"
#include "query/guidance/why_empty.h"

namespace tripten {

std::shared_ptr<const DataSummary> SummaryCache::of(const StoreView& view,
                                                    const StoreStatistics& statistics,
                                                    std::uint64_t update) {
  const State now{statistics.generation, statistics.quads, statistics.delta_rows, update};
  const std::lock_guard lock(mutex_);
  if (!summary_ || now != state_) {
    summary_ = std::make_shared<const DataSummary>(summarize(view));
    state_ = now;
  }
  return summary_;
}

namespace {

std::shared_ptr<const DataSummary> summary_of(const Snapshot::State& state) {
  return state.database->summary.of(*state.view, state.database->store->statistics(),
                                    state.transaction ? state.transaction->update : 0);
}

}  // namespace

Error with_nearest_name(const Error& error, std::string_view sparql, int first_line,
                        const StoreView& view, Database::State& database) {
  const auto word = word_without_prefix(error, sparql, first_line);
  if (!word) return error;
  const auto summary = database.summary.of(view, database.store->statistics());
  const std::string hint = did_you_mean_name(*word, *summary);
  return hint.empty() ? error : Error(error.code, error.what() + hint, *error.position);
}

Completion Snapshot::complete(std::string_view text, std::size_t cursor,
                              const CompletionOptions& options) const {
  return tripten::complete(*state_->view, *summary_of(*state_), text, cursor, options);
}

EmptyAnswer Snapshot::why_empty(std::string_view sparql, const QueryOptions& options) const {
  constexpr std::chrono::milliseconds kMostTime{10'000};
  const ParseOptions parse = parse_options(options, state_->database->query);
  const Query query = parse_query(sparql, parse);
  const Interrupt interrupt(options.stop,
                            options.timeout.count() > 0 ? options.timeout : kMostTime);
  return tripten::why_empty(
      *state_->view, *summary_of(*state_), query,
      run_options(options, sparql, parse, query.prefixes, state_->database->query), interrupt);
}

std::vector<std::string> Snapshot::unknown_names(std::string_view sparql,
                                                 const QueryOptions& options) const {
  const Query query = parse_query(sparql, parse_options(options, state_->database->query));
  return tripten::unknown_names(*state_->view, *summary_of(*state_), query);
}

SearchResult Snapshot::search(std::string_view words, const SearchOptions& options) const {
  return tripten::search(*state_->view, *summary_of(*state_), words, options);
}

SearchResult Snapshot::named(std::string_view name, const SearchOptions& options) const {
  return tripten::named(*state_->view, *summary_of(*state_), name, options);
}

std::vector<std::string> EmptyAnswer::sentences() const {
  std::vector<std::string> lines;
  if (has_solutions) lines.emplace_back("The pattern has solutions.");
  if (!largest.empty()) lines.push_back("These have solutions: " + largest);
  if (!ends_it.empty()) lines.push_back("None is left by: " + ends_it);
  for (const std::string& cause : causes)
    lines.push_back("Likely: " + cause + ".");
  for (const std::string& part : not_judged)
    lines.push_back("Not judged: " + part + ".");
  return lines;
}

}  // namespace tripten
