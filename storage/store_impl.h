// StoreImpl: the one Store there is, on a directory or in memory.
//
// Shared by all threads. The committed state is one pointer that readers copy; the one writer at a
// time holds the write turn, prepares the next state beside it, makes it durable and publishes it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>

#include <rocksdb/write_batch.h>

#include "storage/background_fold.h"
#include "storage/commits_file.h"
#include "storage/rocks.h"
#include "storage/store.h"
#include "storage/store_state.h"
#include "storage/writer_lock.h"

namespace tripten {

class StoreImpl final : public Store, public std::enable_shared_from_this<StoreImpl> {
 public:
  /// `rocks.directory` is a database, or one whose creation was begun.
  StoreImpl(const RocksOptions& rocks, const StoreOptions& options,
            std::unique_ptr<WriterLock> lock);

  SnapshotPtr snapshot() const override;
  std::unique_ptr<StoreTransaction> begin() override;
  std::unique_ptr<GenerationBuilder> build_generation() override;
  std::unique_ptr<GenerationBuilder> replace_generation(std::stop_token stop) override;
  StoreStatistics statistics() const override;
  void verify(const std::function<void(const Damage&)>& report) const override;
  void back_up(const std::filesystem::path& folder, const Interrupt& interrupt,
               const BackupProgress& progress) const override;
  const StoreOptions& options() const override { return options_; }

  StoreStatePtr state() const;
  Rocks& rocks() const { return *rocks_; }
  RocksPtr rocks_pointer() const { return rocks_; }
  const std::shared_ptr<QuadCache>& quad_cache() const { return quad_cache_; }
  const std::shared_ptr<TermCache>& term_cache() const { return term_cache_; }

  /// A number that no edit of the delta has had.
  std::uint64_t new_edit() { return ++last_edit_; }
  /// A number that no generation or run has had, in whatever is left of them.
  std::uint64_t new_generation() { return ++last_generation_; }

  /// The folder of SST files being built, for one more builder; and the end of that builder, whose
  /// files' names begin with `prefix`.
  std::string enter_incoming();
  void leave_incoming(std::string_view prefix);

  /// Waits for the write turn; false where `stop` ended the wait.
  bool take_turn(std::stop_token stop = {});
  void release_turn();

  /// Everything below is for the one who has the write turn.

  /// Writes `batch` with the state's counters, durably, and makes it what new readers see.
  void commit(rocksdb::WriteBatch& batch, StoreStatePtr next);
  BackgroundFold& background_fold() { return fold_; }

 private:
  void check_format();
  StoreState load_state();
  void write_first_state();
  void remove_leftovers(const Manifest& manifest);

  StoreOptions options_;
  std::unique_ptr<WriterLock> lock_;  // released after everything else is closed
  RocksPtr rocks_{};
  std::optional<CommitsFile> commits_{};
  std::shared_ptr<QuadCache> quad_cache_;
  std::shared_ptr<TermCache> term_cache_;

  mutable std::mutex state_mutex_{};
  StoreStatePtr state_{};

  std::mutex turn_mutex_{};
  std::condition_variable_any turn_free_{};
  bool is_turn_taken_ = false;

  std::mutex incoming_mutex_{};
  int incoming_builders_ = 0;

  std::atomic<std::uint64_t> last_edit_ = 0;
  std::atomic<std::uint64_t> last_generation_ = 0;

  BackgroundFold fold_;  // the last member: its thread uses the others
};

/// The right to write, from construction to destruction; waits for it. May move between threads.
class WriteTurn {
 public:
  explicit WriteTurn(std::shared_ptr<StoreImpl> store, std::stop_token stop = {});
  WriteTurn(const WriteTurn&) = delete;
  WriteTurn& operator=(const WriteTurn&) = delete;
  ~WriteTurn();

  StoreImpl& store() const { return *store_; }
  /// Not where the wait for it was stopped.
  bool is_taken() const { return is_taken_; }

 private:
  std::shared_ptr<StoreImpl> store_;
  bool is_taken_ = false;
};

/// The builder of a writer that has the turn; `replaces`: it takes over nothing of the old
/// generation and its dictionary.
std::unique_ptr<GenerationBuilder> make_generation_builder(StoreImpl& store,
                                                           std::unique_ptr<WriteTurn> turn,
                                                           bool replaces);
/// Makes the delta part of the base while others write; takes the turn for the switch. Returns
/// without effect where another generation has come meanwhile. A stop is Cancelled.
void fold_delta(StoreImpl& store, std::stop_token stop);
std::unique_ptr<StoreTransaction> make_transaction(std::unique_ptr<WriteTurn> turn);

}  // namespace tripten
