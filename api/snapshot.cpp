// Snapshot: queries, dumps and counts of one moment.
#include <ostream>

#include <fmt/format.h>

#include "tripten/tripten.h"

#include "api/dump.h"
#include "api/info.h"
#include "api/state.h"

namespace tripten {

Snapshot::Snapshot(std::unique_ptr<State> state) : state_(std::move(state)) {}
Snapshot::Snapshot(Snapshot&&) noexcept = default;
Snapshot& Snapshot::operator=(Snapshot&&) noexcept = default;
Snapshot::~Snapshot() = default;

Result Snapshot::query(std::string_view sparql, const QueryOptions& options) const {
  auto owner = std::make_shared<State>(*state_);
  const StoreView& view = *owner->view;
  const std::size_t memory = owner->database->query_memory;
  return Result(std::make_unique<Result::State>(std::move(owner), view, sparql, options, memory));
}

std::string Snapshot::explain(std::string_view sparql, const QueryOptions& options) const {
  return query(sparql, options).explain();
}

void Snapshot::dump(std::ostream& out, Format format, const Term& graph) const {
  dump_view(*state_->view, out, format, graph);
}

Info Snapshot::info() const {
  return info_of(*state_->view, state_->database->store->statistics());
}

}  // namespace tripten
