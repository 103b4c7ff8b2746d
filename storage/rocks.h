// Rocks: the RocksDB database under a store, with our column families, options and errors.
//
// Shared by everything that reads or writes one store; closes with its last owner. Thread-safe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/file_system.h>
#include <rocksdb/write_batch.h>

namespace tripten {

/// The column families of storage/format.h.
enum class Family : std::uint8_t { Default = 0, Quads, Terms, Indexes, NewTerms, Delta };
constexpr std::size_t kFamilies = 6;

struct RocksOptions {
  std::string name{};  ///< What errors call the database.
  std::filesystem::path directory{};
  bool in_memory = false;
  bool read_only = false;
  bool create = false;  ///< Where the directory has no RocksDB database yet.
  bool sync = true;
  std::shared_ptr<rocksdb::FileSystem> files{};  ///< Unset: the system's. Tests put theirs here.
};

/// The environment that reaches its files through `files`, or through memory.
std::unique_ptr<rocksdb::Env> make_environment(const std::shared_ptr<rocksdb::FileSystem>& files,
                                               bool in_memory);

class Rocks {
 public:
  /// Throws what storage/status.h makes of RocksDB's refusal.
  explicit Rocks(const RocksOptions& options);
  Rocks(const Rocks&) = delete;
  Rocks& operator=(const Rocks&) = delete;
  /// Flushes what only the log has, so that the next one to open reads no log; best effort.
  ~Rocks();

  /// The value, or nothing.
  std::optional<std::string> get(Family family, std::string_view key) const;
  /// The same without a copy: `use` sees the value. False where there is none.
  bool read(Family family, std::string_view key,
            const std::function<void(std::string_view value)>& use) const;
  /// Calls `visit` for each entry in [from, to), by key, until it returns false.
  void each(Family family, std::string_view from, std::string_view to,
            const std::function<bool(std::string_view key, std::string_view value)>& visit) const;

  /// Atomic, and durable when it returns if the options say sync. A write that fails is tried once
  /// more, with a new log; one that has failed does not come back, once the next one succeeds.
  void write(rocksdb::WriteBatch& batch);
  rocksdb::ColumnFamilyHandle* family(Family family) const {
    return families_[static_cast<std::size_t>(family)];
  }

  /// Takes finished SST files over; all become visible together.
  struct Incoming {
    Family family;
    std::vector<std::string> files{};
    std::vector<std::pair<std::string, std::string>> bounds{};  ///< Each file's first and last key.

    void append(Incoming other);  ///< Of the same family.
  };
  void ingest(const std::vector<Incoming>& incoming);
  /// Removes [from, to): whole files at once, what is left by a tombstone.
  void remove_range(Family family, const std::string& from, const std::string& to);

  /// Reads every block of every SST file; Corrupt where a checksum does not fit.
  void verify_checksums() const;

  /// Bytes of all files, or of the memory that stands for them.
  std::uint64_t bytes() const;

  const RocksOptions& options() const { return options_; }
  rocksdb::FileSystem& files() const { return *options_.files; }
  rocksdb::DB& database() const { return *db_; }
  rocksdb::Options writer_options(Family family) const;
  /// Where SST files to be ingested are built; made on demand.
  std::string incoming_folder();
  /// Removes what is left there and the folder; with a `prefix`, only the files whose names begin
  /// with it.
  void clear_incoming(std::string_view prefix = {});
  /// Gives back the room of removed rows of a small family.
  void shrink(Family family);

 private:
  void open_for_writing();
  void open_for_reading();
  rocksdb::Status try_open_for_reading(const std::string& directory);
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors() const;
  void require(const rocksdb::Status& status) const;
  void attempt(const std::function<rocksdb::Status()>& work);
  rocksdb::Status log(const rocksdb::WriteOptions& options, rocksdb::WriteBatch& batch);
  void shorten_log();
  void wait_for_flushes();
  void resume();
  void write_manifest();
  rocksdb::Status write_nothing();
  void check_bounds(const Incoming& incoming) const;
  rocksdb::Status copy_files(const std::vector<rocksdb::IngestExternalFileArg>& all);

  RocksOptions options_;
  std::shared_ptr<rocksdb::Cache> cache_;  // of blocks of RocksDB's, for small families
  std::unique_ptr<rocksdb::Env> env_;      // our own files, or memory
  class Trouble;
  std::shared_ptr<Trouble> trouble_;
  std::string opened_at_{};  // the folder that RocksDB opened
  std::unique_ptr<rocksdb::DB> db_{};
  std::vector<rocksdb::ColumnFamilyHandle*> families_{};

  std::mutex writing_{};        // of attempt()
  bool has_failed_ = false;     // the last attempt
  bool has_recovered_ = false;  // from any attempt
  bool may_be_flushing_ = false;
  std::size_t logged_bytes_ = 0;  // since the last flush
};
using RocksPtr = std::shared_ptr<Rocks>;

}  // namespace tripten
