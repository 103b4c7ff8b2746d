// ProgressLine: one line on standard error that tells how far a command is, and goes with the
// object.
#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace tripten::shell {

class ProgressLine {
 public:
  ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine() { clear(); }

  /// Whether somebody sees it: on a terminal alone.
  bool is_seen() const { return is_seen_; }
  /// Since the line was made.
  std::chrono::nanoseconds time() const { return Clock::now() - start_; }

  /// Puts a text in place of the last one, a few times a second; `text` is called only then.
  void show(const std::function<std::string()>& text);
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  bool is_seen_;
  Clock::time_point start_ = Clock::now(), shown_ = start_;
};

}  // namespace tripten::shell
