#include "storage/store_impl.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/fault_point.h"
#include "storage/backup.h"
#include "storage/bytes.h"
#include "storage/format.h"
#include "storage/generation_builder.h"
#include "storage/keys.h"
#include "storage/scan_source.h"

namespace tripten {
namespace {

constexpr std::uint32_t kMostBlockRowsAllowed = kMostBlockRows;

class Snapshot final : public StoreSnapshot {
 public:
  Snapshot(std::shared_ptr<const StoreImpl> store, StoreStatePtr state)
      : store_(std::move(store)),
        state_(std::move(state)) {}

  QuadScan scan(QuadOrder order, const QuadPattern& pattern) const override {
    return QuadScan(
        std::make_unique<QuadScan::Source>(state_->base, state_->delta, order, pattern));
  }
  std::uint64_t count(const QuadPattern& pattern) const override { return state_->count(pattern); }
  std::vector<TermId> split_points(QuadOrder order, const QuadPattern& pattern,
                                   std::size_t parts) const override {
    return state_->split_points(order, pattern, parts);
  }
  bool contains(const Quad& quad) const override { return state_->contains(quad); }
  std::optional<TermId> find(const TermView& term) const override { return state_->find(term); }
  void append_encoded_term(TermId id, std::string& out) const override {
    state_->dictionary->append_term(id, out);
  }
  void encoded_terms(std::span<const TermId> ids, EncodedTerms& out,
                     std::size_t most) const override {
    state_->dictionary->encoded_terms(ids, out, most);
  }
  std::vector<TermId> graphs() const override { return state_->graphs(); }
  std::vector<PredicateCounts> predicates() const override { return state_->predicates(); }
  const CharacteristicSets& characteristic_sets() const override {
    return state_->base->characteristic_sets();
  }

 protected:
  TermRanges term_ranges(IdKind kind, std::string_view low, std::string_view high) const override {
    return state_->dictionary->term_ranges(kind, low, high);
  }

 private:
  std::shared_ptr<const StoreImpl> store_;  // keeps the database open
  StoreStatePtr state_;
};

std::string version_value() {
  std::string value;
  append_u32(kFormatVersion, value);
  return value;
}

/// What `read` makes of one record of the column family `default`.
template <typename Record>
Record read_record(const Rocks& rocks, std::string_view key) {
  const auto value = rocks.get(Family::Default, key);
  const auto damaged = [&](std::string_view why) {
    return Error(ErrorCode::Corrupt, fmt::format("{}: The database is damaged: its record {}, {}",
                                                 rocks.options().name, key, why));
  };
  if (!value) throw damaged("it is missing");
  try {
    return Record::decode(*value);
  } catch (const Error& error) {
    throw damaged(error.what());
  }
}

}  // namespace

StoreImpl::StoreImpl(const RocksOptions& rocks, const StoreOptions& options,
                     std::unique_ptr<WriterLock> lock)
    : options_(options),
      lock_(std::move(lock)),
      quad_cache_(std::make_shared<QuadCache>(options.cache_bytes / 4 * 3)),
      term_cache_(std::make_shared<TermCache>(options.cache_bytes / 4)),
      fold_(*this) {
  options_.block_rows = std::clamp<std::uint32_t>(options.block_rows, 1, kMostBlockRowsAllowed);
  std::optional<std::uint64_t> committed;
  if (!rocks.in_memory)
    committed = CommitsFile::read(rocks.files ? *rocks.files : *rocksdb::FileSystem::Default(),
                                  rocks.directory);
  rocks_ = std::make_shared<Rocks>(rocks);
  if (rocks.create && !rocks_->get(Family::Default, kManifestKey)) write_first_state();
  check_format();
  StoreState state = load_state();
  if (committed && *committed > state.counters.commit)
    throw Error(ErrorCode::Corrupt,
                fmt::format("{}: The database is damaged: its log ends early and {} commits of {} "
                            "are lost",
                            rocks.name, *committed - state.counters.commit, *committed));
  if (!options_.read_only) {
    remove_leftovers(state.base->manifest());
    if (!rocks.in_memory) commits_.emplace(rocks_->files(), rocks.directory);
  }
  state.memory = std::make_shared<PredicateMemory>();
  state_ = std::make_shared<const StoreState>(std::move(state));
}

void StoreImpl::write_first_state() {
  rocksdb::WriteBatch batch;
  batch.Put(std::string(kFormatKey), version_value());
  batch.Put(std::string(kStateKey), Counters{}.encode());
  batch.Put(std::string(kManifestKey), Manifest{.block_rows = options_.block_rows}.encode());
  rocks_->write(batch);
  fault_point("the first state is written");
}

void StoreImpl::check_format() {
  const auto value = rocks_->get(Family::Default, kFormatKey);
  if (!value || value->size() != sizeof(std::uint32_t))
    throw Error(ErrorCode::Corrupt,
                fmt::format("{}: The database is damaged: it has no format version",
                            rocks_->options().name));
  const std::uint32_t version = ByteReader(*value).u32();
  if (version != kFormatVersion)
    throw Error(
        ErrorCode::Corrupt,
        fmt::format("{}: The database was written by {} version of Tripten: its format is "
                    "{}, this version knows {}",
                    rocks_->options().name, version > kFormatVersion ? "a newer" : "an older",
                    version, kFormatVersion));
}

StoreState StoreImpl::load_state() {
  StoreState state{.counters = read_record<Counters>(*rocks_, kStateKey)};
  const auto manifest = read_record<Manifest>(*rocks_, kManifestKey);
  state.base = std::make_shared<Base>(rocks_, quad_cache_, manifest);
  state.dictionary = std::make_shared<const Dictionary>(rocks_, term_cache_, manifest, nullptr);
  auto delta = std::make_shared<DeltaImage>();
  const std::uint64_t edit = new_edit();
  rocks_->each(Family::Delta, {}, {}, [&](std::string_view key, std::string_view value) {
    ByteReader in(key);
    Quad quad;
    for (TermId& id : quad.terms)
      id = TermId(in.be64());
    if (!in.at_end() || value.size() != 1 || static_cast<std::uint8_t>(value[0]) > 1)
      throw Error(ErrorCode::Corrupt, fmt::format("{}: The database is damaged: a row of its delta",
                                                  rocks_->options().name));
    delta->set(quad, static_cast<DeltaState>(value[0]), edit);
    return true;
  });
  state.delta = std::move(delta);
  return state;
}

void StoreImpl::remove_leftovers(const Manifest& manifest) {
  const auto is_run = [&](std::uint64_t number) {
    return std::any_of(manifest.runs.begin(), manifest.runs.end(),
                       [&](const RunRecord& run) { return run.run == number; });
  };
  const auto is_epoch = [&](std::uint64_t number) { return number == manifest.epoch.number; };
  const auto is_base = [&](std::uint64_t number) { return number == manifest.generation; };
  /// Jumps from one generation (or run) to the next, behind `prefix`.
  const auto clean = [&](Family family, std::string prefix, const auto& is_used) {
    std::uint64_t from = 0;
    for (bool found = true; found;) {
      found = false;
      std::uint64_t number = 0;
      rocks_->each(family, prefix + generation_key(from), {}, [&](std::string_view key, auto) {
        if (!key.starts_with(prefix) || key.size() < prefix.size() + 8) return false;
        number = ByteReader(key.substr(prefix.size())).be64();
        found = true;
        return false;
      });
      if (!found) break;
      last_generation_ = std::max(last_generation_.load(), number);
      if (!is_used(number))
        rocks_->remove_range(family, prefix + generation_key(number),
                             prefix + generation_key(number + 1));
      from = number + 1;
    }
  };
  last_generation_ = manifest.generation;
  clean(Family::Quads, "", is_base);
  clean(Family::Terms, "", is_run);
  clean(Family::Indexes, "G", is_base);
  clean(Family::Indexes, "Q", is_base);
  clean(Family::Indexes, "S", is_base);
  clean(Family::Indexes, "T", is_run);
  clean(Family::NewTerms, "", is_epoch);
  rocks_->clear_incoming();
}

StoreStatePtr StoreImpl::state() const {
  const std::lock_guard lock(state_mutex_);
  return state_;
}

SnapshotPtr StoreImpl::snapshot() const {
  return std::make_shared<const Snapshot>(shared_from_this(), state());
}

void StoreImpl::commit(rocksdb::WriteBatch& batch, StoreStatePtr next) {
  batch.Put(std::string(kStateKey), next->counters.encode());
  fault_point("a commit is ready");
  rocks_->write(batch);
  fault_point("a commit is written");
  if (commits_ && options_.sync) commits_->write(next->counters.commit);
  fault_point("a commit is noted");
  const std::lock_guard lock(state_mutex_);
  state_.swap(next);
}

StoreStatistics StoreImpl::statistics() const {
  const StoreStatePtr now = state();
  return {.quads = now->quads(),
          .terms = now->counters.next_entry - now->base->manifest().epoch.first_entry,
          .graphs = now->graphs().size(),
          .delta_rows = now->delta->rows(),
          .generation = now->base->manifest().generation,
          .format_version = kFormatVersion,
          .bytes_on_disk = rocks_->bytes(),
          .blocks_read = quad_cache_->misses() + term_cache_->misses(),
          .term_runs = now->dictionary->runs().size()};
}

void StoreImpl::back_up(const std::filesystem::path& folder, const Interrupt& interrupt,
                        const BackupProgress& progress) const {
  if (rocks_->options().in_memory)
    throw Error(ErrorCode::Invalid, "the database in memory has no files to back up");
  tripten::back_up(rocks_->options().directory, folder, interrupt, rocks_->options().files,
                   progress);
}

std::unique_ptr<StoreTransaction> StoreImpl::begin() {
  return make_transaction(std::make_unique<WriteTurn>(shared_from_this()));
}

std::unique_ptr<GenerationBuilder> StoreImpl::build_generation() {
  return make_generation_builder(*this, std::make_unique<WriteTurn>(shared_from_this()), false);
}

std::unique_ptr<GenerationBuilder> StoreImpl::replace_generation(std::stop_token stop) {
  auto turn = std::make_unique<WriteTurn>(shared_from_this(), std::move(stop));
  if (!turn->is_taken()) return nullptr;
  return make_generation_builder(*this, std::move(turn), true);
}

std::string StoreImpl::enter_incoming() {
  const std::lock_guard lock(incoming_mutex_);
  std::string folder = rocks_->incoming_folder();
  ++incoming_builders_;
  return folder;
}

void StoreImpl::leave_incoming(std::string_view prefix) {
  const std::lock_guard lock(incoming_mutex_);
  rocks_->clear_incoming(--incoming_builders_ == 0 ? "" : prefix);
}

bool StoreImpl::take_turn(std::stop_token stop) {
  std::unique_lock lock(turn_mutex_);
  if (!turn_free_.wait(lock, std::move(stop), [&] { return !is_turn_taken_; })) return false;
  is_turn_taken_ = true;
  return true;
}

void StoreImpl::release_turn() {
  {
    const std::lock_guard lock(turn_mutex_);
    is_turn_taken_ = false;
  }
  turn_free_.notify_one();
}

WriteTurn::WriteTurn(std::shared_ptr<StoreImpl> store, std::stop_token stop)
    : store_(std::move(store)) {
  if (store_->options().read_only)
    throw Error(ErrorCode::Invalid, fmt::format("{}: The database is open for reading only",
                                                store_->rocks().options().name));
  is_taken_ = store_->take_turn(std::move(stop));
}

WriteTurn::~WriteTurn() {
  if (is_taken_) store_->release_turn();
}

}  // namespace tripten
