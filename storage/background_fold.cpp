#include "storage/background_fold.h"

#include <algorithm>

#include <rocksdb/write_batch.h>

#include "base/fault_point.h"
#include "storage/format.h"
#include "storage/new_generation.h"
#include "storage/old_rows.h"
#include "storage/store_impl.h"

namespace tripten {

namespace {

/// The write turn from take() on.
class Turn {
 public:
  explicit Turn(StoreImpl& store) : store_(store) {}
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() {
    if (is_taken_) store_.release_turn();
  }
  bool take(std::stop_token stop) { return is_taken_ = store_.take_turn(std::move(stop)); }

 private:
  StoreImpl& store_;
  bool is_taken_ = false;
};

/// All orders of a state, its delta merged in.
void write_orders(const StoreState& state, NewGeneration& files, const std::stop_token& stop) {
  std::vector<TermId> graphs;
  for (const GroupCount& group : state.groups(QuadOrder::Gspo))
    graphs.push_back(group.id);
  const int orders = files.needs_graph_order(graphs) ? kQuadOrders : kQuadOrders - 1;
  for (int o = 0; o < orders; ++o) {
    const auto order = static_cast<QuadOrder>(o);
    OrderWriter writer = files.order_writer(order);
    for (OldRows rows(state, order, stop); !rows.at_end(); rows.next())
      writer.add(rows.row());
    files.add_order(order, writer.finish());
  }
}

}  // namespace

void fold_delta(StoreImpl& store, std::stop_token stop) {
  const StoreStatePtr old = store.state();
  NewGeneration files(store);
  files.manifest().epoch = old->base->manifest().epoch;
  files.manifest().runs = old->base->manifest().runs;
  write_orders(*old, files, stop);
  files.ingest({});
  auto base = std::make_shared<Base>(store.rocks_pointer(), store.quad_cache(), files.manifest());
  base->load_indexes();

  Turn turn(store);
  if (!turn.take(std::move(stop))) return;
  const StoreStatePtr now = store.state();
  if (now->base != old->base) return;
  StoreState next = *now;  // terms may have come, in rows
  next.base = std::move(base);
  next.delta = std::make_shared<const DeltaImage>(
      DeltaImage::rebased(*old->delta, *now->delta, store.new_edit()));
  next.memory = std::make_shared<PredicateMemory>();
  ++next.counters.commit;
  rocksdb::WriteBatch batch;
  batch.Put(std::string(kManifestKey), files.manifest().encode());
  clear_delta(store.rocks(), *now->delta, batch);
  write_delta(store.rocks(), *next.delta, batch);
  store.commit(batch, std::make_shared<const StoreState>(next));
  files.keep();
  fault_point("the manifest is switched");
  old->base->set_obsolete();
}

BackgroundFold::~BackgroundFold() {
  constexpr std::uint64_t kOutgrown = 4;
  if (!thread_.joinable()) return;
  const StoreStatePtr now = store_.state();
  if (now->delta->rows() <= kOutgrown * limit(*now)) thread_.request_stop();
  thread_.join();
}

std::uint64_t BackgroundFold::limit(const StoreState& state) const {
  constexpr std::uint64_t kSmallest = 200'000, kLargest = 2'000'000, kShare = 10;
  if (store_.options().fold_rows != 0) return store_.options().fold_rows;
  return std::clamp(state.base->manifest().quads / kShare, kSmallest, kLargest);
}

void BackgroundFold::start_if_large() {
  const StoreStatePtr now = store_.state();
  if (now->delta->rows() <= limit(*now) || is_running_) return;
  is_running_ = true;
  thread_ = std::jthread([this](std::stop_token stop) {
    run(std::move(stop));
    is_running_ = false;
  });
}

void BackgroundFold::run(std::stop_token stop) {
  try {
    fold_delta(store_, std::move(stop));
  } catch (const std::exception&) {
    // The delta stays as it is: slower, not wrong. A later commit tries again.
  }
}

void BackgroundFold::cancel() {
  thread_.request_stop();
  wait();
}

void BackgroundFold::wait() {
  if (thread_.joinable()) thread_.join();
}

}  // namespace tripten
