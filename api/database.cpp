// Database: opening, and the calls that take one snapshot or one transaction.
#include <algorithm>

#include <unistd.h>

#include "tripten/tripten.h"

#include "api/loading.h"
#include "api/state.h"
#include "load/compaction.h"
#include "storage/backup.h"

namespace tripten {

namespace {

std::size_t machine_memory() {
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long page_bytes = sysconf(_SC_PAGE_SIZE);
  if (pages <= 0 || page_bytes <= 0) return std::size_t{1} << 30;
  return static_cast<std::size_t>(pages) * static_cast<std::size_t>(page_bytes);
}

std::size_t memory_limit(const OpenOptions& options) {
  return options.memory_limit ? options.memory_limit : machine_memory() / 2;
}

/// The system's folder for temporary files, if there is one.
std::vector<std::filesystem::path> system_folders() {
  std::error_code error;
  const auto folder = std::filesystem::temp_directory_path(error);
  return error ? std::vector<std::filesystem::path>() : std::vector{folder};
}

/// Beside the database's directory, which readers must not write into; else the system's.
std::vector<std::filesystem::path> spill_folders(const std::filesystem::path& directory) {
  std::vector<std::filesystem::path> folders = system_folders();
  std::error_code error;
  if (const auto full = std::filesystem::absolute(directory, error).lexically_normal(); !error)
    folders.insert(folders.begin(),
                   (full.has_filename() ? full : full.parent_path()).parent_path());
  return folders;
}

/// A quarter of the limit holds decoded blocks, the rest is for queries.
StoreOptions store_options(const OpenOptions& options) {
  constexpr std::size_t kMostCache = std::size_t{1} << 30;
  return {.read_only = options.read_only,
          .create = options.create,
          .sync = options.sync,
          .cache_bytes = std::min(memory_limit(options) / 4, kMostCache),
          .block_rows = options.block_rows};
}

}  // namespace

Database::Database(std::shared_ptr<State> state) : state_(std::move(state)) {}
Database::Database(const std::filesystem::path& directory, const OpenOptions& options)
    : state_(std::make_shared<State>()) {
  const StoreOptions store = store_options(options);
  state_->store = Store::open(directory, store);
  state_->query = {memory_limit(options) - store.cache_bytes, spill_folders(directory)};
  state_->load_memory = memory_limit(options) / 2;
}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Database Database::in_memory(const OpenOptions& options) {
  auto state = std::make_shared<State>();
  const StoreOptions store = store_options(options);
  state->store = Store::in_memory(store);
  state->query = {memory_limit(options) - store.cache_bytes, system_folders()};
  state->load_memory = memory_limit(options) / 2;
  return Database(std::move(state));
}

Changes Database::load(const std::filesystem::path& file, Format format) {
  const LoadReport report =
      load_files(*state_->store, {file}, {.format = format}, state_->load_memory);
  return {report.inserted, 0, {}};
}

LoadReport Database::load(const std::vector<std::filesystem::path>& files,
                          const LoadOptions& options) {
  return load_files(*state_->store, files, options, state_->load_memory);
}

Changes Database::load_text(std::string_view text, Format format, std::string_view base) {
  return load_text_into(*state_->store, text, format, base);
}

Result Database::query(std::string_view sparql, const QueryOptions& options) const {
  return snapshot().query(sparql, options);
}

Changes Database::update(std::string_view sparql, const QueryOptions& options) {
  Transaction transaction = begin();
  Changes changes = transaction.update(sparql, options);
  transaction.commit();
  return changes;
}

PreparedQuery Database::prepare(std::string_view sparql, const QueryOptions& options) const {
  return PreparedQuery(std::make_shared<const PreparedQuery::State>(state_, sparql, options));
}

Snapshot Database::snapshot() const {
  return Snapshot(
      std::make_unique<Snapshot::State>(Snapshot::State{state_, state_->store->snapshot()}));
}

Transaction Database::begin() {
  return Transaction(
      std::make_shared<Transaction::State>(Transaction::State{state_, state_->store->begin()}));
}

Info Database::info() const {
  return snapshot().info();
}

CompactReport Database::compact(const CompactOptions& options) {
  Store& store = *state_->store;
  const Interrupt interrupt(options.stop, std::chrono::milliseconds(0));
  CompactReport report{.bytes_before = store.statistics().bytes_on_disk};
  const CompactionCounts counts = tripten::compact(
      store, {.memory_bytes = options.memory_limit ? options.memory_limit : state_->load_memory,
              .interrupt = &interrupt,
              .progress = options.progress});
  report.folded = counts.folded;
  report.removed_terms = counts.removed_terms;
  report.bytes_after = store.statistics().bytes_on_disk;
  return report;
}

void Database::backup(
    const std::filesystem::path& folder, std::stop_token stop,
    const std::function<void(std::uint64_t bytes, std::uint64_t most)>& progress) const {
  state_->store->back_up(folder, Interrupt(std::move(stop), std::chrono::milliseconds(0)),
                         progress);
}

void Database::restore(const std::filesystem::path& folder,
                       const std::filesystem::path& directory) {
  restore_backup(folder, directory);
}

std::vector<std::string> Database::check() const {
  std::vector<std::string> damages;
  state_->store->verify([&](const Damage& damage) { damages.push_back(damage); });
  return damages;
}

}  // namespace tripten
