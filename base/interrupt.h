// Interrupt: whether the work at hand has to end early, and why.
//
// Long loops ask once a batch; asking costs tens of nanoseconds. Thread-safe.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace tripten {

class Interrupt {
 public:
  using Clock = std::chrono::steady_clock;

  Interrupt() = default;  ///< Never interrupts.
  /// `timeout` counts from now; 0 is none.
  Interrupt(std::stop_token stop, std::chrono::milliseconds timeout);

  /// Also ends when `also` is asked to.
  Interrupt(const Interrupt& other, std::stop_token also);

  /// From now on check() calls `notice`, at most ten times a second and in this thread only. Call
  /// it before others see the object.
  void call(std::function<void()> notice);

  /// Throws Cancelled when a stop was requested, Limit when the time is up.
  void check() const;

  const std::stop_token& stop() const { return stop_; }
  /// The time that is left, at least a millisecond; nothing where there is no limit.
  std::optional<std::chrono::milliseconds> left() const;

 private:
  std::stop_token stop_{}, also_{};
  std::optional<Clock::time_point> deadline_{};
  std::chrono::milliseconds timeout_{0};

  struct Notice;
  std::shared_ptr<Notice> notice_{};
};

}  // namespace tripten
