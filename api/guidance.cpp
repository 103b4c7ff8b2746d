// Snapshot: completion, empty answers explained, and search.
#include "tripten/tripten.h"

#include "api/state.h"
#include "query/guidance/complete.h"

namespace tripten {

std::shared_ptr<const DataSummary> SummaryCache::of(const StoreView& view,
                                                    const StoreStatistics& statistics) {
  const State now{statistics.generation, statistics.quads, statistics.delta_rows};
  const std::lock_guard lock(mutex_);
  if (!summary_ || now != state_) {
    summary_ = std::make_shared<const DataSummary>(summarize(view));
    state_ = now;
  }
  return summary_;
}

namespace {

std::shared_ptr<const DataSummary> summary_of(const Snapshot::State& state) {
  return state.database->summary.of(*state.view, state.database->store->statistics());
}

}  // namespace

Completion Snapshot::complete(std::string_view text, std::size_t cursor,
                              const CompletionOptions& options) const {
  return tripten::complete(*state_->view, *summary_of(*state_), text, cursor, options);
}

EmptyAnswer Snapshot::why_empty(std::string_view sparql, const QueryOptions& options) const {
  EmptyAnswer why;
  for (const auto& row : query(sparql, options)) {
    why.has_solutions = row.size() > 0;
    break;
  }
  return why;
}

std::vector<std::string> Snapshot::unknown_names(std::string_view, const QueryOptions&) const {
  return {};
}

SearchResult Snapshot::search(std::string_view, const SearchOptions&) const {
  return {};
}

SearchResult Snapshot::named(std::string_view, const SearchOptions&) const {
  return {};
}

std::vector<std::string> EmptyAnswer::sentences() const {
  return causes;
}

}  // namespace tripten
