#include "storage/rocks.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <iterator>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <rocksdb/convenience.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/listener.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/sst_file_reader.h>
#include <rocksdb/table.h>

#include "tripten/error.h"

#include "base/fault_point.h"
#include "storage/format.h"
#include "storage/private_copy.h"
#include "storage/recoverable_files.h"
#include "storage/status.h"
#include "storage/writer_lock.h"

namespace tripten {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, kFamilies> kFamilyNames{"default", "quads",     "terms",
                                                          "indexes", "new_terms", "delta"};
constexpr std::size_t kMostLogBytes = std::size_t{4} << 20;  // logs are replayed by every reader
// More than a log's: RocksDB never flushes of its own accord, see shorten_log().
constexpr std::size_t kMemtableBytes = 16 * kMostLogBytes;
constexpr std::size_t kArenaBytes = std::size_t{512} << 10;
constexpr std::size_t kCacheBytes = std::size_t{16} << 20;

/// RocksDB's diary is not ours to leave in the user's directory.
class NoLog : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

}  // namespace

/// Whether a thread has failed since RocksDB last resumed. Some failures stop its flushes and let
/// writes go on. A compaction that fails is tried again by RocksDB itself, and stops nothing.
class Rocks::Trouble final : public rocksdb::EventListener {
 public:
  bool is_there() const { return is_there_; }
  void forget() { is_there_ = false; }
  void OnBackgroundError(rocksdb::BackgroundErrorReason reason, rocksdb::Status*) override {
    if (reason != rocksdb::BackgroundErrorReason::kCompaction) is_there_ = true;
  }

 private:
  std::atomic<bool> is_there_ = false;
};

namespace {

rocksdb::DBOptions database_options(const RocksOptions& options, rocksdb::Env* env) {
  rocksdb::DBOptions db;
  db.env = env;
  db.max_bgerror_resume_count = 0;  // attempt() does it, and begins a new log
  db.create_if_missing = options.create;
  db.create_missing_column_families = options.create;
  db.info_log = std::make_shared<NoLog>();
  db.max_file_opening_threads = 1;  // starting more costs more than they save
  db.max_open_files = -1;  // a reader's files may lose their names after it has opened them
  db.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  db.track_and_verify_wals_in_manifest = true;
  db.skip_stats_update_on_db_open = true;
  db.stats_dump_period_sec = 0;
  db.stats_persist_period_sec = 0;
  db.max_background_jobs = 2;
  db.avoid_flush_during_shutdown = true;  // ~Rocks has tried; a second try after a failure aborts
  return db;
}

/// Quad and term blocks are compressed, and cached decoded, by ourselves.
bool holds_blocks(Family family) {
  return family == Family::Quads || family == Family::Terms;
}

rocksdb::ColumnFamilyOptions family_options(Family family,
                                            const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions options;
  options.write_buffer_size = kMemtableBytes;
  options.arena_block_size = kArenaBytes;
  options.ttl = 0;
  options.periodic_compaction_seconds = 0;
  options.compression = holds_blocks(family) ? rocksdb::kNoCompression : rocksdb::kZSTD;
  rocksdb::BlockBasedTableOptions table;
  table.format_version = 5;
  table.checksum = rocksdb::kXXH3;
  if (holds_blocks(family))
    table.no_block_cache = true;
  else
    table.block_cache = cache;
  if (family == Family::NewTerms) table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

rocksdb::Slice slice(std::string_view bytes) {
  return {bytes.data(), bytes.size()};
}

RocksOptions with_files(RocksOptions options) {
  if (!options.files) options.files = rocksdb::FileSystem::Default();
  return options;
}

}  // namespace

std::unique_ptr<rocksdb::Env> make_environment(const std::shared_ptr<rocksdb::FileSystem>& files,
                                               bool in_memory) {
  if (!in_memory) return rocksdb::NewCompositeEnv(recoverable_files(files));
  return std::unique_ptr<rocksdb::Env>(rocksdb::NewMemEnv(rocksdb::Env::Default()));
}

Rocks::Rocks(const RocksOptions& options)
    : options_(with_files(options)),
      cache_(rocksdb::NewLRUCache(kCacheBytes)),
      env_(make_environment(options_.files, options_.in_memory)),
      trouble_(std::make_shared<Trouble>()) {
  if (options_.read_only)
    open_for_reading();
  else
    open_for_writing();
}

Rocks::~Rocks() {
  if (!options_.read_only && !options_.in_memory) {
    // A failure leaves the data in the log, where the next one to open finds it.
    try {
      fault_point("the database is closed");
      if (has_failed_ || trouble_->is_there()) attempt([] { return rocksdb::Status::OK(); });
      db_->Flush({}, families_).PermitUncheckedError();
    } catch (const Error&) {
    }
  }
  for (rocksdb::ColumnFamilyHandle* family : families_)
    db_->DestroyColumnFamilyHandle(family).PermitUncheckedError();
  db_->Close().PermitUncheckedError();
}

std::vector<rocksdb::ColumnFamilyDescriptor> Rocks::descriptors() const {
  std::vector<rocksdb::ColumnFamilyDescriptor> all;
  for (std::size_t i = 0; i < kFamilies; ++i)
    all.emplace_back(kFamilyNames[i], family_options(static_cast<Family>(i), cache_));
  return all;
}

void Rocks::open_for_writing() {
  opened_at_ = options_.in_memory ? "/tripten" : options_.directory.string();
  rocksdb::DB* opened = nullptr;
  rocksdb::DBOptions options = database_options(options_, env_.get());
  options.listeners.push_back(trouble_);
  require(rocksdb::DB::Open(options, opened_at_, descriptors(), &families_, &opened));
  db_.reset(opened);
}

rocksdb::Status Rocks::try_open_for_reading(const std::string& directory) {
  opened_at_ = directory;
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status = rocksdb::DB::OpenForReadOnly(
      database_options(options_, env_.get()), directory, descriptors(), &families_, &opened);
  if (status.ok()) db_.reset(opened);
  return status;
}

void Rocks::open_for_reading() {
  constexpr int kAttempts = 20;
  for (int attempt = 1;; ++attempt) {
    rocksdb::Status status;
    if (const auto links = PrivateCopy::link(options_.directory))
      status = try_open_for_reading(links->folder().string());
    else if (!WriterLock::is_held(options_.directory))
      status = try_open_for_reading(options_.directory.string());
    else
      status = try_open_for_reading(PrivateCopy::copy(options_.directory).folder().string());
    if (status.ok()) return;
    if (attempt == kAttempts || !WriterLock::is_held(options_.directory)) require(status);
  }
}

void Rocks::require(const rocksdb::Status& status) const {
  tripten::require(status, options_.name, opened_at_ == options_.name ? "" : opened_at_);
}

bool Rocks::read(Family in, std::string_view key,
                 const std::function<void(std::string_view)>& use) const {
  rocksdb::PinnableSlice value;
  const rocksdb::Status status = db_->Get(rocksdb::ReadOptions(), family(in), slice(key), &value);
  if (status.IsNotFound()) return false;
  require(status);
  use({value.data(), value.size()});
  return true;
}

std::optional<std::string> Rocks::get(Family in, std::string_view key) const {
  std::string copy;
  const bool found = read(in, key, [&](std::string_view value) { copy = value; });
  return found ? std::optional(std::move(copy)) : std::nullopt;
}

void Rocks::each(Family in, std::string_view from, std::string_view to,
                 const std::function<bool(std::string_view, std::string_view)>& visit) const {
  const rocksdb::Slice end = slice(to);
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  if (!to.empty()) options.iterate_upper_bound = &end;
  const std::unique_ptr<rocksdb::Iterator> at(db_->NewIterator(options, family(in)));
  for (at->Seek(slice(from)); at->Valid(); at->Next()) {
    const rocksdb::Slice key = at->key(), value = at->value();
    if (!visit({key.data(), key.size()}, {value.data(), value.size()})) return;
  }
  require(at->status());
}

void Rocks::write(rocksdb::WriteBatch& batch) {
  rocksdb::WriteOptions options;
  options.sync = options_.sync && !options_.in_memory;
  attempt([&] { return log(options, batch); });
}

rocksdb::Status Rocks::log(const rocksdb::WriteOptions& options, rocksdb::WriteBatch& batch) {
  wait_for_flushes();
  const rocksdb::Status status = db_->Write(options, &batch);
  if (!status.ok()) return status;
  logged_bytes_ += batch.GetDataSize();
  shorten_log();
  return status;
}

/// Once the log is long, puts what is in memory into SST files, while the next write is prepared.
void Rocks::shorten_log() {
  if (logged_bytes_ < kMostLogBytes) return;
  rocksdb::FlushOptions background;
  background.wait = false;
  may_be_flushing_ = true;
  // Where it fails the next write does, and comes here again.
  if (db_->Flush(background, families_).ok()) logged_bytes_ = 0;
}

/// Until no flush waits for a thread. RocksDB 7.8 forgets such a flush when a write fails: the
/// thread that comes for it then leaves it in the queue, and each that comes later takes the one
/// before its own; resuming waits for ever. And once RocksDB has resumed it waits for no flush that
/// it is asked for.
void Rocks::wait_for_flushes() {
  if (!may_be_flushing_ && !has_recovered_) return;
  fault_point("flushes are waited for");
  const auto count_waiting = [&] {
    std::uint64_t count = 0;
    db_->GetAggregatedIntProperty(rocksdb::DB::Properties::kMemTableFlushPending, &count);
    return count;
  };
  // A flush that has failed stays pending, but not in the queue.
  while (count_waiting() > 0 && !trouble_->is_there())
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  may_be_flushing_ = false;
}

/// RocksDB writes nothing after a failure, be it one of its own threads', until it resumes. Nobody
/// knows then what the log ends with: perhaps half of a write, which would hide all that follows,
/// or all of it, which would come back. So the log has to go: resuming puts all that is in memory
/// into SST files and begins a new log, though only where there is something in memory.
void Rocks::attempt(const std::function<rocksdb::Status()>& work) {
  const std::lock_guard lock(writing_);
  for (const bool is_first : {true, false}) {
    wait_for_flushes();
    if (has_failed_ || trouble_->is_there()) {
      has_failed_ = has_recovered_ = true;
      resume();
      wait_for_flushes();
    }
    std::uint64_t in_memory = 0;
    db_->GetIntProperty(rocksdb::DB::Properties::kNumEntriesActiveMemTable, &in_memory);
    rocksdb::Status status;
    if (in_memory == 0) status = write_nothing();
    if (status.ok()) status = work();
    has_failed_ = !status.ok();
    if (status.ok()) return;
    if (!is_first) require(status);
  }
}

void Rocks::resume() {
  write_manifest();
  trouble_->forget();
  require(db_->Resume());
  // Where a flush had failed, too, that was with the log as it is. Now it is not.
  require(write_nothing());
  require(db_->Resume());
  // And where it found nothing to do: a new log all the same.
  require(db_->Flush({}, family(Family::Default)));
  fault_point("the log is given up");
  logged_bytes_ = 0;
}

/// Begins a new MANIFEST where the old one could not be written. Resume() does it too, but takes it
/// for a bug of its own where it was not RocksDB's threads that came upon it.
void Rocks::write_manifest() {
  require(db_->SetOptions(family(Family::Default), {{"disable_auto_compactions", "false"}}));
}

/// A write that changes nothing, past the log.
rocksdb::Status Rocks::write_nothing() {
  rocksdb::WriteOptions unlogged;
  unlogged.disableWAL = true;
  return db_->Delete(unlogged, family(Family::Default), "");
}

void Rocks::ingest(const std::vector<Incoming>& incoming) {
  std::vector<rocksdb::IngestExternalFileArg> all;
  for (const Incoming& one : incoming) {
    if (one.files.empty()) continue;
    rocksdb::IngestExternalFileArg arg;
    arg.column_family = family(one.family);
    arg.external_files = one.files;
    arg.options.move_files = true;
    arg.options.failed_move_fall_back_to_copy = true;
    arg.options.write_global_seqno = false;
    all.push_back(std::move(arg));
  }
  if (all.empty()) return;
  attempt([&] { return has_recovered_ ? copy_files(all) : db_->IngestExternalFiles(all); });
  fault_point("a generation is ingested");
  if (has_recovered_) return;
  for (const Incoming& one : incoming)
    check_bounds(one);
}

void Rocks::Incoming::append(Incoming other) {
  std::move(other.files.begin(), other.files.end(), std::back_inserter(files));
  std::move(other.bounds.begin(), other.bounds.end(), std::back_inserter(bounds));
}

/// See storage/recoverable_files.h: what RocksDB took for the files' first and last keys.
void Rocks::check_bounds(const Incoming& incoming) const {
  rocksdb::ColumnFamilyMetaData meta;
  db_->GetColumnFamilyMetaData(family(incoming.family), &meta);
  const auto is_covered = [&](const std::string& key) {
    for (const rocksdb::LevelMetaData& level : meta.levels)
      for (const rocksdb::SstFileMetaData& file : level.files)
        if (file.smallestkey <= key && key <= file.largestkey) return true;
    return false;
  };
  for (const auto& [first, last] : incoming.bounds)
    if (!is_covered(first) || !is_covered(last))
      throw Error(ErrorCode::Io,
                  fmt::format("{}: The new files could not be read back: nothing was changed",
                              options_.name));
}

/// RocksDB 7.8 forgets, once it has recovered from an error, that it had stopped: it takes file
/// number 0 for what it ingests, and waits for no flush. So until the database is opened again the
/// content of files goes through the log, which the commit that follows syncs.
rocksdb::Status Rocks::copy_files(const std::vector<rocksdb::IngestExternalFileArg>& all) {
  constexpr std::size_t kBatchBytes = std::size_t{1} << 20;
  for (const rocksdb::IngestExternalFileArg& arg : all)
    for (const std::string& name : arg.external_files) {
      rocksdb::Options options;
      options.env = env_.get();
      rocksdb::SstFileReader file(options);
      rocksdb::Status status = file.Open(name);
      if (!status.ok()) return status;
      rocksdb::WriteBatch batch;
      const std::unique_ptr<rocksdb::Iterator> at(file.NewIterator({}));
      for (at->SeekToFirst(); at->Valid() && status.ok(); at->Next()) {
        status = batch.Put(arg.column_family, at->key(), at->value());
        if (!status.ok() || batch.GetDataSize() < kBatchBytes) continue;
        status = log({}, batch);
        batch.Clear();
      }
      if (status.ok()) status = at->status();
      if (status.ok()) status = log({}, batch);
      if (!status.ok()) return status;
    }
  return {};
}

void Rocks::remove_range(Family in, const std::string& from, const std::string& to) {
  const rocksdb::Slice begin(from), end(to);
  attempt([&] { return rocksdb::DeleteFilesInRange(db_.get(), family(in), &begin, &end, false); });
  fault_point("files of a range are deleted");
  // One by one: RocksDB 7.8 ends the process where a table with a tombstone of a range is flushed
  // again after a failure. Unsynced: what comes back after a crash is removed again.
  constexpr std::size_t kBatchBytes = std::size_t{1} << 20;
  rocksdb::WriteBatch batch;
  each(in, from, to, [&](std::string_view key, std::string_view) {
    require(batch.Delete(family(in), slice(key)));
    if (batch.GetDataSize() < kBatchBytes) return true;
    attempt([&] { return log({}, batch); });
    batch.Clear();
    return true;
  });
  if (batch.Count() != 0) attempt([&] { return log({}, batch); });
}

void Rocks::verify_checksums() const {
  if (opened_at_ == options_.directory || options_.in_memory) return require(db_->VerifyChecksum());
  // RocksDB opens the files by their names, which have gone with the private copy.
  const PrivateCopy copy = PrivateCopy::link_or_copy(options_.directory);
  const std::string folder = copy.folder().string();
  std::vector<rocksdb::ColumnFamilyHandle*> families;
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status = rocksdb::DB::OpenForReadOnly(
      database_options(options_, env_.get()), folder, descriptors(), &families, &opened);
  tripten::require(status, options_.name, folder);
  const std::unique_ptr<rocksdb::DB> again(opened);
  const rocksdb::Status verified = again->VerifyChecksum();
  for (rocksdb::ColumnFamilyHandle* family : families)
    again->DestroyColumnFamilyHandle(family).PermitUncheckedError();
  tripten::require(verified, options_.name, folder);
}

std::uint64_t Rocks::bytes() const {
  std::uint64_t sum = 0;
  if (options_.in_memory) {
    for (rocksdb::ColumnFamilyHandle* one : families_)
      for (const std::string& property : {rocksdb::DB::Properties::kTotalSstFilesSize,
                                          rocksdb::DB::Properties::kSizeAllMemTables}) {
        std::uint64_t value = 0;
        if (db_->GetIntProperty(one, property, &value)) sum += value;
      }
    return sum;
  }
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(options_.directory, error)) {
    const std::uintmax_t size = entry.is_regular_file(error) ? entry.file_size(error) : 0;
    if (!error) sum += size;
  }
  return sum;
}

rocksdb::Options Rocks::writer_options(Family family) const {
  return {database_options(options_, env_.get()), family_options(family, cache_)};
}

std::string Rocks::incoming_folder() {
  const std::string folder = opened_at_ + "/" + std::string(kIncomingFolder);
  require(db_->GetEnv()->CreateDirIfMissing(folder));
  return folder;
}

void Rocks::shrink(Family in) {
  attempt([&] {
    return db_->CompactRange(rocksdb::CompactRangeOptions(), family(in), nullptr, nullptr);
  });
}

void Rocks::clear_incoming(std::string_view prefix) {
  rocksdb::Env& env = *db_->GetEnv();
  const std::string folder = opened_at_ + "/" + std::string(kIncomingFolder);
  std::vector<std::string> files;
  if (!env.GetChildren(folder, &files).ok()) return;  // it was never made
  for (const std::string& file : files)
    if (file != "." && file != ".." && file.starts_with(prefix)) {
      env.DeleteFile(folder + "/" + file).PermitUncheckedError();
      fault_point("an incoming file is deleted");
    }
  if (prefix.empty()) env.DeleteDir(folder).PermitUncheckedError();
}

}  // namespace tripten
