// SpillSpace: the room on the disk for what a piece of work can't keep in memory.
//
// Files are made in the first of some folders that takes one, and have no name: whatever ends the
// process ends them. Thread-safe.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <vector>

#include "base/spill_file.h"

namespace tripten {

class SpillSpace {
 public:
  /// `limit_bytes` for all files together; 0 is half of what is free when the first one is made.
  explicit SpillSpace(std::vector<std::filesystem::path> folders, std::uint64_t limit_bytes = 0)
      : folders_(std::move(folders)),
        limit_(limit_bytes) {}
  SpillSpace(const SpillSpace&) = delete;
  SpillSpace& operator=(const SpillSpace&) = delete;

  /// A new file, charged to this space, which outlives it. Throws Io where no folder takes one.
  SpillFile make_file();

  /// Throws Limit, and takes nothing, where the limit would be passed.
  void reserve(std::uint64_t bytes);
  void release(std::uint64_t bytes) { used_ -= bytes; }

  std::uint64_t used() const { return used_; }
  /// Written in all; never falls.
  std::uint64_t written() const { return written_; }

 private:
  std::vector<std::filesystem::path> folders_;
  std::mutex mutex_{};  // for the first file
  std::atomic<std::uint64_t> limit_;
  std::atomic<std::uint64_t> used_{0}, written_{0};
};

}  // namespace tripten
