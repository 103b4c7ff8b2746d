// Transaction: updates that happen together or not at all.
#include "tripten/tripten.h"

#include "api/arguments.h"
#include "api/loading.h"
#include "api/state.h"
#include "query/update/execute_update.h"

namespace tripten {

Transaction::Transaction(std::shared_ptr<State> state) : state_(std::move(state)) {}
Transaction::Transaction(Transaction&&) noexcept = default;
Transaction& Transaction::operator=(Transaction&&) noexcept = default;
Transaction::~Transaction() = default;

namespace {

StoreTransaction& open_transaction(const std::shared_ptr<StoreTransaction>& transaction) {
  if (!transaction) throw Error(ErrorCode::Invalid, "the transaction has ended");
  return *transaction;
}

}  // namespace

Result Transaction::query(std::string_view sparql, const QueryOptions& options) const {
  const StoreTransaction& store = open_transaction(state_->store);
  return Result(started(state_->store, store, sparql, options, *state_->database));
}

Snapshot Transaction::view() const {
  open_transaction(state_->store);
  return Snapshot(
      std::make_unique<Snapshot::State>(Snapshot::State{state_->database, state_->store, state_}));
}

Changes Transaction::update(std::string_view sparql, const QueryOptions& options) {
  StoreTransaction& store = open_transaction(state_->store);
  const ParseOptions parse = parse_options(options, state_->database->query);
  const Update update = parse_update(sparql, parse);
  const Interrupt interrupt(options.stop, options.timeout);
  UpdateCounts counts;
  state_->update = ++state_->database->transaction_updates;
  try {
    counts = execute_update(update, store, interrupt,
                            run_options(options, sparql, parse, {}, state_->database->query),
                            [&](const std::string& source, StatementSink& sink) {
                              read_source(source, options, interrupt, sink);
                            });
  } catch (const Error&) {
    state_->store.reset();  // half an update must not be committed
    throw;
  }
  return {counts.inserted, counts.deleted, notes_of(update.leniencies)};
}

void Transaction::commit() {
  open_transaction(state_->store).commit();
  state_->store.reset();
}

}  // namespace tripten
