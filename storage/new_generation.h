// NewGeneration: the files of a generation being built, and its manifest. What is not kept in the
// end is removed again.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "storage/manifest.h"
#include "storage/order_writer.h"
#include "storage/run_writer.h"

namespace tripten {

class StoreImpl;
struct StoreState;

class NewGeneration {
 public:
  explicit NewGeneration(StoreImpl& store);
  NewGeneration(const NewGeneration&) = delete;
  NewGeneration& operator=(const NewGeneration&) = delete;
  ~NewGeneration();

  std::uint64_t number() const { return manifest_.generation; }
  /// Of the paths of the SST files.
  const std::string& prefix() const { return prefix_; }
  const Manifest& manifest() const { return manifest_; }
  /// For one thread, while none adds orders.
  Manifest& manifest() { return manifest_; }
  int orders() const { return orders_; }

  /// The writer of one order.
  OrderWriter order_writer(QuadOrder order) const;
  /// What a writer wrote. Different orders may come from different threads.
  void add_order(QuadOrder order, OrderWriter::Written written);

  /// The order Gspo is needed but where all quads are in one of the graphs, which then is the
  /// manifest's.
  bool needs_graph_order(const std::vector<TermId>& graphs);

  /// Hands the files of all orders and of the run (which may be empty) over to the store.
  void ingest(RunWriter::Written run);
  /// The keys are the store's now.
  void keep() { is_kept_ = true; }

 private:
  void undo();

  StoreImpl& store_;
  std::string prefix_{};
  std::mutex mutex_{};  // of what add_order() leaves behind
  Manifest manifest_{};
  std::vector<Rocks::Incoming> files_{};
  IndexEntries index_{};
  int orders_ = 0;
  bool is_ingested_ = false, is_kept_ = false;
};

}  // namespace tripten
