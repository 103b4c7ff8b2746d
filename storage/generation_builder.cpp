// The one GenerationBuilder: merges what it is given with the old state into the files of a new
// generation, or replaces the old state by it.
#include "storage/generation_builder.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <unordered_set>

#include "base/check.h"
#include "base/fault_point.h"
#include "storage/checksum.h"
#include "storage/dictionary.h"
#include "storage/format.h"
#include "storage/new_generation.h"
#include "storage/old_rows.h"
#include "storage/store_impl.h"

namespace tripten {
namespace {

/// What is not given back now is at a later time.
void try_shrink(Rocks& rocks, Family family) {
  try {
    rocks.shrink(family);
  } catch (const Error&) {
  }
}

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

/// The state, which nobody changes now: what a fold in the background does is done by the builder.
StoreStatePtr settled_state(StoreImpl& store) {
  store.background_fold().cancel();
  return store.state();
}

class Builder final : public GenerationBuilder {
 public:
  Builder(StoreImpl& store, std::unique_ptr<WriteTurn> turn, bool replaces);

  const StoreState& state() const override { return *old_; }
  std::filesystem::path folder() const override {
    return store_.rocks().options().in_memory
               ? std::filesystem::temp_directory_path()
               : std::filesystem::path(files_.prefix()).parent_path();
  }
  std::uint64_t reserve_blanks(std::uint64_t count) override {
    return std::exchange(counters_.next_blank, counters_.next_blank + count);
  }
  TermId add_term(std::string_view encoded) override;
  bool needs_graph_order(std::optional<TermId> graph) override;
  void add_quads(QuadOrder order, const Rows& rows) override;
  std::uint64_t commit() override;

 private:
  std::optional<TermId> find_old(std::string_view encoded);
  bool changes_terms() const { return replaces_ || run_writer_.entries() != 0; }
  void merge(OrderWriter& writer, OldRows* old, const Rows& rows);

  StoreImpl& store_;
  std::unique_ptr<WriteTurn> turn_;
  bool replaces_;
  StoreStatePtr old_;
  Counters counters_;
  NewGeneration files_;

  std::vector<RunCursor> runs_{};
  std::unordered_set<std::uint64_t> row_term_hashes_{};  // of the terms that are in no run
  RunWriter run_writer_;
  std::atomic<bool> is_nothing_new_{false};  // the new state would be the old one
  bool is_committed_ = false;
};

Builder::Builder(StoreImpl& store, std::unique_ptr<WriteTurn> turn, bool replaces)
    : store_(store),
      turn_(std::move(turn)),
      replaces_(replaces),
      old_(settled_state(store)),
      counters_(old_->counters),
      files_(store),
      run_writer_(store.rocks(), files_.number(), counters_.next_entry, files_.prefix()) {
  if (replaces) {
    files_.manifest().epoch = {.number = files_.number(), .first_entry = counters_.next_entry};
    return;
  }
  for (const auto& run : old_->dictionary->runs())
    runs_.emplace_back(run);
  old_->dictionary->rows().each_hash(
      [&](std::uint64_t hash, auto) { row_term_hashes_.insert(hash); });
  files_.manifest().epoch = old_->base->manifest().epoch;
  files_.manifest().runs = old_->base->manifest().runs;
}

std::optional<TermId> Builder::find_old(std::string_view encoded) {
  for (RunCursor& run : runs_)
    if (const auto entry = run.find(encoded)) return entry_id(encoded, *entry);
  if (!row_term_hashes_.empty() && row_term_hashes_.contains(hash_bytes(encoded)))
    return old_->dictionary->find(encoded, old_->counters.next_entry);
  return std::nullopt;
}

TermId Builder::add_term(std::string_view encoded) {
  if (const auto id = find_old(encoded)) return *id;
  ++counters_.next_entry;
  return entry_id(encoded, run_writer_.add(encoded));
}

bool Builder::needs_graph_order(std::optional<TermId> graph) {
  if (!graph) return true;
  std::vector<TermId> graphs;
  if (!replaces_)
    for (const GroupCount& group : old_->groups(QuadOrder::Gspo))
      graphs.push_back(group.id);
  if (*graph && std::find(graphs.begin(), graphs.end(), *graph) == graphs.end())
    graphs.push_back(*graph);
  return files_.needs_graph_order(graphs);
}

/// `old` may be null.
void Builder::merge(OrderWriter& writer, OldRows* old, const Rows& rows) {
  std::vector<Quad> batch;
  Quad last;  // an unbound quad is below all others
  const auto add = [&](const Quad& row) {
    if (row == last) return;
    writer.add(row);
    last = row;
  };
  while (!is_nothing_new_ && rows(batch))
    for (const Quad& row : batch) {
      for (; old && !old->at_end() && old->row() <= row; old->next())
        add(old->row());
      add(row);
    }
  for (; !is_nothing_new_ && old && !old->at_end(); old->next())
    add(old->row());
}

void Builder::add_quads(QuadOrder order, const Rows& rows) {
  if (is_nothing_new_) return;
  OrderWriter writer = files_.order_writer(order);
  std::optional<OldRows> old;
  if (!replaces_) old.emplace(*old_, order);
  merge(writer, old ? &*old : nullptr, rows);
  OrderWriter::Written written = writer.finish();
  if (is_nothing_new_) return;
  // The quads are the old ones and more: as many are the same.
  if (!changes_terms() && old_->delta->empty() && written.quads == old_->quads()) {
    is_nothing_new_ = true;
    return;
  }
  files_.add_order(order, std::move(written));
}

std::uint64_t Builder::commit() {
  check(!is_committed_, "a generation is committed twice");
  is_committed_ = true;
  if (is_nothing_new_) return 0;
  files_.ingest(run_writer_.finish());
  const Manifest& manifest = files_.manifest();
  StoreState next{.counters = counters_, .memory = std::make_shared<PredicateMemory>()};
  ++next.counters.commit;
  next.base = std::make_shared<Base>(store_.rocks_pointer(), store_.quad_cache(), manifest);
  next.base->load_indexes();
  next.dictionary = std::make_shared<const Dictionary>(store_.rocks_pointer(), store_.term_cache(),
                                                       manifest, old_->dictionary.get());
  next.delta = std::make_shared<const DeltaImage>();

  rocksdb::WriteBatch batch;
  batch.Put(std::string(kManifestKey), manifest.encode());
  if (!old_->delta->empty()) clear_delta(store_.rocks(), *old_->delta, batch);
  store_.commit(batch, std::make_shared<const StoreState>(next));
  files_.keep();
  fault_point("the manifest is switched");
  old_->base->set_obsolete();
  if (replaces_) old_->dictionary->set_obsolete();
  if (!old_->delta->empty()) try_shrink(store_.rocks(), Family::Delta);
  return manifest.quads - old_->quads();
}

}  // namespace

std::unique_ptr<GenerationBuilder> make_generation_builder(StoreImpl& store,
                                                           std::unique_ptr<WriteTurn> turn,
                                                           bool replaces) {
  return std::make_unique<Builder>(store, std::move(turn), replaces);
}

}  // namespace tripten
