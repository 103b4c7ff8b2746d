// BackgroundFold: a writer's thread that makes a large delta part of the base, while transactions
// go on.
//
// It builds a generation of the state that it found, takes the write turn, and switches: what was
// committed meanwhile becomes the delta of the new base (DeltaImage::rebased). A load or a
// compaction makes it needless and ends it.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>

namespace tripten {

class StoreImpl;
struct StoreState;

class BackgroundFold {
 public:
  explicit BackgroundFold(StoreImpl& store) : store_(store) {}
  BackgroundFold(const BackgroundFold&) = delete;
  BackgroundFold& operator=(const BackgroundFold&) = delete;
  /// Gives a fold under way up; but one of a delta that has outgrown the limit four times is waited
  /// for, or a program that opens the database for every commit would never get it folded.
  ~BackgroundFold();

  /// These are for the one who has the write turn.

  /// Starts the thread where the delta has grown large and it does not run.
  void start_if_large();
  /// Gives up the fold under way.
  void cancel();

  /// Waits for the fold under way, without the write turn and while nobody writes; for tests.
  void wait();

 private:
  std::uint64_t limit(const StoreState& state) const;
  void run(std::stop_token stop);

  StoreImpl& store_;
  std::atomic<bool> is_running_{false};
  std::jthread thread_{};
};

}  // namespace tripten
