#include "storage/new_generation.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "base/check.h"
#include "storage/format.h"
#include "storage/store_impl.h"

namespace tripten {

NewGeneration::NewGeneration(StoreImpl& store) : store_(store) {
  manifest_.generation = store.new_generation();
  manifest_.block_rows = store.options().block_rows;
  prefix_ = fmt::format("{}/{}-", store.enter_incoming(), manifest_.generation);
}

NewGeneration::~NewGeneration() {
  try {
    store_.leave_incoming(fmt::format("{}-", manifest_.generation));
    if (is_ingested_ && !is_kept_) undo();
  } catch (const Error&) {
    // What stays is removed when the database is opened for writing again.
  }
}

void NewGeneration::undo() {
  remove_generation(store_.rocks(), manifest_.generation);
  remove_run(store_.rocks(), manifest_.generation);
}

OrderWriter NewGeneration::order_writer(QuadOrder order) const {
  return {store_.rocks(), manifest_.generation, order, manifest_.block_rows, prefix_};
}

void NewGeneration::add_order(QuadOrder order, OrderWriter::Written written) {
  const std::lock_guard lock(mutex_);
  check(orders_ == 0 || written.quads == manifest_.quads, "the orders hold different quads");
  manifest_.quads = written.quads;
  manifest_.orders[static_cast<std::size_t>(order)] = written.record;
  if (order == QuadOrder::Spog) manifest_.set_chunks = written.set_chunks;
  files_.push_back(std::move(written.files));
  std::move(written.index.begin(), written.index.end(), std::back_inserter(index_));
  ++orders_;
}

bool NewGeneration::needs_graph_order(const std::vector<TermId>& graphs) {
  if (graphs.size() == 1) manifest_.one_graph = graphs[0];
  return graphs.size() != 1;
}

void NewGeneration::ingest(RunWriter::Written run) {
  check(orders_ == (manifest_.one_graph ? kQuadOrders - 1 : kQuadOrders),
        "a generation has all its orders");
  if (run.record.entries != 0) manifest_.runs.push_back(run.record);
  std::move(run.index.begin(), run.index.end(), std::back_inserter(index_));
  std::sort(index_.begin(), index_.end());
  // A kind of keys has files of its own: those of an old generation are dropped whole.
  Rocks::Incoming index{.family = Family::Indexes};
  for (auto at = index_.begin(); at != index_.end();) {
    const char kind = at->first[0];
    SstSeries files(store_.rocks(), Family::Indexes, fmt::format("{}index-{}-", prefix_, kind));
    for (; at != index_.end() && at->first[0] == kind; ++at)
      files.put(at->first, at->second);
    index.append(files.finish());
  }
  // One entry for each column family.
  Rocks::Incoming quads{.family = Family::Quads};
  for (const Rocks::Incoming& order : files_)
    quads.append(order);
  is_ingested_ = true;
  store_.rocks().ingest({quads, run.files, index});
}

}  // namespace tripten
