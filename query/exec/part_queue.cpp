#include "query/exec/part_queue.h"

#include <chrono>
#include <utility>

namespace tripten {

namespace {

constexpr std::size_t kMostBytes = std::size_t{16} << 20;      // of all waiting rows, about
constexpr std::size_t kMostBytesGiven = std::size_t{4} << 20;  // of the part given out
constexpr std::size_t kPartsAhead = 4;                         // a thread
constexpr std::chrono::milliseconds kInterruptInterval{5};

}  // namespace

PartQueue::PartQueue(std::size_t parts, std::size_t threads, MemoryBudget& budget)
    : parts_(parts),
      ahead_(threads * kPartsAhead),
      lease_(budget) {}

std::size_t PartQueue::bytes_of(const Batch& rows) {
  return rows.columns.size() * rows.rows * sizeof(TermId);
}

std::optional<std::size_t> PartQueue::begin_part() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock,
                [&] { return is_stopped_ || begun_ == parts_.size() || begun_ < given_ + ahead_; });
  if (is_stopped_ || begun_ == parts_.size()) return std::nullopt;
  return begun_++;
}

/// The part given out always gets on, so that nobody waits for ever.
bool PartQueue::has_room(std::size_t part) const {
  if (part != given_) return bytes_ < kMostBytes;
  return parts_[part].batches.empty() || bytes_ < kMostBytesGiven;
}

bool PartQueue::add(std::size_t part, Batch& rows) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return is_stopped_ || has_room(part); });
  if (is_stopped_) return false;
  const std::size_t bytes = bytes_of(rows);
  if (bytes_ + bytes > lease_.bytes()) lease_.resize(bytes_ + bytes);
  bytes_ += bytes;
  parts_[part].batches.push_back(std::exchange(rows, Batch()));
  if (part == given_) changed_.notify_all();
  return true;
}

void PartQueue::end_part(std::size_t part) {
  const std::lock_guard lock(mutex_);
  parts_[part].is_done = true;
  if (part == given_) changed_.notify_all();
}

void PartQueue::fail(std::exception_ptr failure) {
  const std::lock_guard lock(mutex_);
  if (!failure_) failure_ = std::move(failure);
  changed_.notify_all();
}

bool PartQueue::next(Batch& out, const Interrupt& interrupt) {
  std::unique_lock lock(mutex_);
  while (true) {
    if (failure_) std::rethrow_exception(failure_);
    if (given_ == parts_.size()) return false;
    Part& part = parts_[given_];
    if (!part.batches.empty()) {
      out = std::move(part.batches.front());
      part.batches.pop_front();
      bytes_ -= bytes_of(out);
      changed_.notify_all();
      return true;
    }
    if (part.is_done) {
      ++given_;
      changed_.notify_all();
      continue;
    }
    interrupt.check();
    changed_.wait_for(lock, kInterruptInterval);
  }
}

void PartQueue::stop() {
  const std::lock_guard lock(mutex_);
  is_stopped_ = true;
  changed_.notify_all();
}

}  // namespace tripten
