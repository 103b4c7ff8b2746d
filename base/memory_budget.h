// MemoryBudget: bytes that one piece of work may hold at a time.
//
// Whoever keeps rows asks before growing; the answer to too much is Limit, never a dead process.
// Thread-safe.
#pragma once

#include <atomic>
#include <cstddef>

namespace tripten {

class MemoryBudget {
 public:
  static constexpr std::size_t kUnlimited = ~std::size_t{0};

  explicit MemoryBudget(std::size_t limit_bytes = kUnlimited) : limit_(limit_bytes) {}
  MemoryBudget(const MemoryBudget&) = delete;
  MemoryBudget& operator=(const MemoryBudget&) = delete;

  /// Throws Limit, and holds no more than before, where the limit would be passed.
  void reserve(std::size_t bytes);
  void release(std::size_t bytes) { used_ -= bytes; }

  /// Whether an owner of `own` bytes that wants `more` does better to put what it has on the disk:
  /// three quarters of the limit would be passed, and its own share is worth writing. The last
  /// quarter is left to those that can't spill, and to the buffers of those that do.
  bool is_short(std::size_t own, std::size_t more) const {
    return own >= limit_ / 16 &&
           (more > limit_ || used_ > limit_ / 4 * 3 || more > limit_ / 4 * 3 - used_);
  }

  std::size_t used() const { return used_; }
  std::size_t peak() const { return peak_; }
  /// The most that was in use since the last call.
  std::size_t take_recent_peak() { return recent_peak_.exchange(used_); }
  std::size_t limit() const { return limit_; }

 private:
  std::size_t limit_;
  std::atomic<std::size_t> used_{0};
  std::atomic<std::size_t> peak_{0}, recent_peak_{0};
};

/// What one owner holds of a budget; gives it back when it goes.
class MemoryLease {
 public:
  explicit MemoryLease(MemoryBudget& budget) : budget_(&budget) {}
  MemoryLease(const MemoryLease&) = delete;
  MemoryLease& operator=(const MemoryLease&) = delete;
  ~MemoryLease() { budget_->release(bytes_); }

  /// Makes the lease `bytes` large in all; throws Limit and keeps the old size where it can't.
  void resize(std::size_t bytes);
  std::size_t bytes() const { return bytes_; }

 private:
  MemoryBudget* budget_;
  std::size_t bytes_ = 0;
};

}  // namespace tripten
