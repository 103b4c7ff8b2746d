// The one GenerationBuilder: SST files in the folder `incoming`, ingested at the end.
#include "storage/generation_builder.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <unordered_set>

#include <fmt/format.h>

#include "base/check.h"
#include "base/fault_point.h"
#include "storage/checksum.h"
#include "storage/dictionary.h"
#include "storage/format.h"
#include "storage/keys.h"
#include "storage/order_writer.h"
#include "storage/run_writer.h"
#include "storage/scan_source.h"
#include "storage/store_impl.h"

namespace tripten {
namespace {

/// Looks ascending terms up in one run; stays in a block as long as they do.
class RunCursor {
 public:
  explicit RunCursor(std::shared_ptr<const TermRun> run) : run_(std::move(run)) {}

  std::optional<std::uint64_t> find(std::string_view term) {
    if (run_->blocks() == 0) return std::nullopt;
    const std::size_t number = run_->block_of(term);
    if (!block_ || number != number_) {
      block_ = run_->block(number);
      number_ = number;
    }
    const std::size_t at = block_->lower_bound(term);
    if (at == block_->terms() || block_->term(at) != term) return std::nullopt;
    return run_->first_entry_of(number) + at;
  }

 private:
  std::shared_ptr<const TermRun> run_;
  TermBlockPtr block_{};
  std::size_t number_ = 0;
};

/// The rows of the old state in one order, one at a time.
class OldRows {
 public:
  OldRows(const StoreState& state, QuadOrder order)
      : scan_(std::make_unique<QuadScan::Source>(state.base, state.delta, order, QuadPattern{})) {
    read();
  }

  bool at_end() const { return rows_.rows == 0; }
  const Quad& row() const { return row_; }
  void next() {
    if (++at_ == rows_.rows)
      read();
    else
      set_row();
  }

 private:
  void read() {
    at_ = 0;
    if (scan_.next(rows_)) set_row();
  }
  void set_row() {
    for (std::size_t c = 0; c < row_.terms.size(); ++c)
      row_.terms[c] = rows_.columns[c][at_];
  }

  QuadScan scan_;
  QuadColumns rows_{};
  std::size_t at_ = 0;
  Quad row_{};
};

class Builder final : public GenerationBuilder {
 public:
  Builder(StoreImpl& store, std::unique_ptr<WriteTurn> turn);
  ~Builder() override;

  std::filesystem::path folder() const override {
    return store_.rocks().options().in_memory ? std::filesystem::temp_directory_path()
                                              : std::filesystem::path(prefix_).parent_path();
  }
  std::uint64_t reserve_blanks(std::uint64_t count) override {
    return std::exchange(counters_.next_blank, counters_.next_blank + count);
  }
  TermId add_term(std::string_view encoded) override;
  bool needs_graph_order(std::optional<TermId> graph) override;
  void add_quads(QuadOrder order, const Rows& rows) override;
  std::uint64_t commit() override;

 private:
  void ingest();
  void undo();

  StoreImpl& store_;
  std::unique_ptr<WriteTurn> turn_;
  StoreStatePtr old_;
  Counters counters_;
  std::uint64_t generation_;
  std::string prefix_;  // of the SST files being built

  std::vector<RunCursor> runs_{};
  std::unordered_set<std::uint64_t> row_term_hashes_{};  // of the terms that are in no run
  RunWriter run_writer_;

  std::mutex mutex_{};  // of what add_quads() leaves behind
  Manifest manifest_{};
  std::vector<Rocks::Incoming> files_{};
  IndexEntries index_{};
  int orders_ = 0;
  bool is_ingested_ = false, is_committed_ = false;
};

Builder::Builder(StoreImpl& store, std::unique_ptr<WriteTurn> turn)
    : store_(store),
      turn_(std::move(turn)),
      old_(store.state()),
      counters_(old_->counters),
      generation_(store.new_generation()),
      prefix_(fmt::format("{}/{}-", store.rocks().incoming_folder(), generation_)),
      run_writer_(store.rocks(), generation_, counters_.next_entry, prefix_) {
  for (const auto& run : old_->dictionary->runs())
    runs_.emplace_back(run);
  old_->dictionary->rows().each_hash(
      [&](std::uint64_t hash, auto) { row_term_hashes_.insert(hash); });
  manifest_.generation = generation_;
  manifest_.block_rows = store.options().block_rows;
  manifest_.epoch = old_->base->manifest().epoch;
  manifest_.runs = old_->base->manifest().runs;
}

Builder::~Builder() {
  if (is_committed_) return;
  try {
    undo();
  } catch (const Error&) {
    // What stays is removed when the database is opened for writing again.
  }
}

void Builder::undo() {
  store_.rocks().clear_incoming();
  if (is_ingested_) {
    remove_generation(store_.rocks(), generation_);
    remove_run(store_.rocks(), generation_);
  }
}

TermId Builder::add_term(std::string_view encoded) {
  for (RunCursor& run : runs_)
    if (const auto entry = run.find(encoded)) return entry_id(encoded, *entry);
  if (!row_term_hashes_.empty() && row_term_hashes_.contains(hash_bytes(encoded)))
    if (const auto id = old_->dictionary->find(encoded, old_->counters.next_entry)) return *id;
  ++counters_.next_entry;
  return entry_id(encoded, run_writer_.add(encoded));
}

bool Builder::needs_graph_order(std::optional<TermId> graph) {
  if (!graph) return true;
  std::vector<TermId> graphs;
  for (const GroupCount& group : old_->groups(QuadOrder::Gspo))
    graphs.push_back(group.id);
  if (*graph && std::find(graphs.begin(), graphs.end(), *graph) == graphs.end())
    graphs.push_back(*graph);
  if (graphs.size() == 1) manifest_.one_graph = graphs[0];
  return graphs.size() != 1;
}

void Builder::add_quads(QuadOrder order, const Rows& rows) {
  OrderWriter writer(store_.rocks(), generation_, order, manifest_.block_rows, prefix_);
  OldRows old(*old_, order);
  std::vector<Quad> batch;
  Quad last;  // an unbound quad is below all others
  const auto add = [&](const Quad& row) {
    if (row == last) return;
    writer.add(row);
    last = row;
  };
  while (rows(batch))
    for (const Quad& row : batch) {
      for (; !old.at_end() && old.row() <= row; old.next())
        add(old.row());
      add(row);
    }
  for (; !old.at_end(); old.next())
    add(old.row());
  OrderWriter::Written written = writer.finish();

  const std::lock_guard lock(mutex_);
  check(orders_ == 0 || written.quads == manifest_.quads, "the orders hold different quads");
  manifest_.quads = written.quads;
  manifest_.orders[static_cast<std::size_t>(order)] = written.record;
  files_.push_back(std::move(written.files));
  std::move(written.index.begin(), written.index.end(), std::back_inserter(index_));
  ++orders_;
}

void Builder::ingest() {
  RunWriter::Written run = run_writer_.finish();
  if (run.record.entries != 0) manifest_.runs.push_back(run.record);
  std::move(run.index.begin(), run.index.end(), std::back_inserter(index_));
  std::sort(index_.begin(), index_.end());
  // A kind of keys has files of its own: those of an old generation are dropped whole.
  Rocks::Incoming index{Family::Indexes, {}};
  for (auto at = index_.begin(); at != index_.end();) {
    const char kind = at->first[0];
    SstSeries files(store_.rocks(), Family::Indexes, fmt::format("{}index-{}-", prefix_, kind));
    for (; at != index_.end() && at->first[0] == kind; ++at)
      files.put(at->first, at->second);
    for (std::string& file : files.finish().files)
      index.files.push_back(std::move(file));
  }
  // One entry for each column family.
  Rocks::Incoming quads{Family::Quads, {}};
  for (const Rocks::Incoming& order : files_)
    quads.files.insert(quads.files.end(), order.files.begin(), order.files.end());
  is_ingested_ = true;
  store_.rocks().ingest({quads, run.files, index});
}

std::uint64_t Builder::commit() {
  check(orders_ == (manifest_.one_graph ? kQuadOrders - 1 : kQuadOrders),
        "a generation has all its orders");
  check(!is_committed_, "a generation is committed twice");
  ingest();
  StoreState next{.counters = counters_};
  ++next.counters.commit;
  next.base = std::make_shared<Base>(store_.rocks_pointer(), store_.quad_cache(), manifest_);
  next.base->load_indexes();
  next.dictionary = std::make_shared<const Dictionary>(store_.rocks_pointer(), store_.term_cache(),
                                                       manifest_, old_->dictionary.get());
  next.delta = std::make_shared<const DeltaImage>();

  rocksdb::WriteBatch batch;
  batch.Put(std::string(kManifestKey), manifest_.encode());
  if (!old_->delta->empty())
    batch.DeleteRange(store_.rocks().family(Family::Delta), "",
                      std::string(sizeof(Quad) + 1, '\xff'));
  store_.commit(batch, std::make_shared<const StoreState>(next));
  is_committed_ = true;
  fault_point("the manifest is switched");
  old_->base->set_obsolete();
  store_.rocks().clear_incoming();
  return manifest_.quads - old_->quads();
}

}  // namespace

std::unique_ptr<GenerationBuilder> make_generation_builder(StoreImpl& store,
                                                           std::unique_ptr<WriteTurn> turn) {
  return std::make_unique<Builder>(store, std::move(turn));
}

}  // namespace tripten
