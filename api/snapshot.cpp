// Snapshot: queries, dumps and counts of one moment.
#include <ostream>

#include <fmt/format.h>

#include "tripten/tripten.h"

#include "api/arguments.h"
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
  Database::State& database = *owner->database;
  return Result(started(std::move(owner), view, sparql, options, database));
}

std::string Snapshot::explain(std::string_view sparql, const QueryOptions& options,
                              PlanFormat format) const {
  return query(sparql, options).explain(format);
}

std::string Snapshot::explain_update(std::string_view sparql, const QueryOptions& options) const {
  const ParseOptions parse = parse_options(options, state_->database->query);
  const Update update = parse_update(sparql, parse);
  const Interrupt interrupt(options.stop, options.timeout);
  const RunOptions run = run_options(options, sparql, parse, {}, state_->database->query);
  std::string text;
  for (const UpdateOperation& operation : update.operations) {
    text += fmt::format("operation at line {}, column {}\n", operation.place.first,
                        operation.place.second);
    if (const auto* modify = std::get_if<Modify>(&operation.node)) {
      const Query where{.form = AskForm{}, .dataset = modify->dataset, .pattern = modify->pattern};
      text += fmt::format("deletes by {} and inserts by {} templates for each solution of\n",
                          modify->deletions.size(), modify->insertions.size());
      text += QueryRun(where, *state_->view, interrupt, run).explain();
    }
  }
  return text;
}

void Snapshot::dump(std::ostream& out, Format format, const Term& graph,
                    std::stop_token stop) const {
  dump_view(*state_->view, out, format, graph,
            Interrupt(std::move(stop), std::chrono::milliseconds(0)));
}

Info Snapshot::info() const {
  return info_of(*state_->view, state_->database->store->statistics());
}

}  // namespace tripten
