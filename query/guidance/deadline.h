// Deadline: a soft end of work that gives what it has found till then.
#pragma once

#include <chrono>

namespace tripten {

class Deadline {
 public:
  using Clock = std::chrono::steady_clock;
  explicit Deadline(std::chrono::milliseconds time) : end_(Clock::now() + time) {}
  bool passed() const { return Clock::now() >= end_; }

 private:
  Clock::time_point end_;
};

}  // namespace tripten
