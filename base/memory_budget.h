// MemoryBudget: bytes that one piece of work may hold at a time.
//
// Whoever keeps rows asks before growing; the answer to too much is Limit, never a dead process.
// A part of the work may have a share of its own, which takes all from the whole, so that one can
// say what each part holds. Thread-safe.
#pragma once

#include <atomic>
#include <cstddef>

namespace tripten {

class MemoryBudget {
 public:
  static constexpr std::size_t kUnlimited = ~std::size_t{0};

  explicit MemoryBudget(std::size_t limit_bytes = kUnlimited) : limit_(limit_bytes) {}
  /// A share of `whole`, which outlives it.
  explicit MemoryBudget(MemoryBudget* whole)
      : whole_(whole->whole_ ? whole->whole_ : whole),
        limit_(whole->limit_) {}
  MemoryBudget(const MemoryBudget&) = delete;
  MemoryBudget& operator=(const MemoryBudget&) = delete;

  /// Throws Limit, and holds no more than before, where the limit would be passed.
  void reserve(std::size_t bytes);
  void release(std::size_t bytes) {
    own_ -= bytes;
    whole().used_ -= bytes;
  }

  /// Whether an owner of `own` bytes that wants `more` does better to put what it has on the disk:
  /// three quarters of the limit would be passed, and its own share is worth writing. The last
  /// quarter is left to those that can't spill, and to the buffers of those that do.
  bool is_short(std::size_t own, std::size_t more) const {
    const std::size_t in_use = used();
    return own >= limit_ / 16 &&
           (more > limit_ || in_use > limit_ / 4 * 3 || more > limit_ / 4 * 3 - in_use);
  }

  /// Of the whole, and the most so far.
  std::size_t used() const { return whole().used_; }
  std::size_t peak() const { return whole().peak_; }
  /// Without that of shares, or of other shares; and the most since the last call.
  std::size_t own_used() const { return own_; }
  std::size_t take_own_peak() { return own_peak_.exchange(own_); }
  std::size_t limit() const { return limit_; }

 private:
  MemoryBudget& whole() { return whole_ ? *whole_ : *this; }
  const MemoryBudget& whole() const { return whole_ ? *whole_ : *this; }
  void take(std::size_t bytes);

  MemoryBudget* whole_ = nullptr;
  std::size_t limit_;
  std::atomic<std::size_t> used_{0}, peak_{0};  // of the whole
  std::atomic<std::size_t> own_{0}, own_peak_{0};
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
