#include "shell/progress_line.h"

#include <iostream>

#include "shell/terminal.h"

namespace tripten::shell {
namespace {

constexpr std::chrono::milliseconds kBetween{200};
constexpr const char* kClear = "\r\x1b[K";

}  // namespace

ProgressLine::ProgressLine() : is_seen_(error_is_terminal()) {}

void ProgressLine::show(const std::function<std::string()>& text) {
  const Clock::time_point now = Clock::now();
  if (!is_seen_ || now - shown_ < kBetween) return;
  shown_ = now;
  std::cerr << kClear << text() << std::flush;
}

void ProgressLine::clear() {
  if (is_seen_ && shown_ != start_) std::cerr << kClear << std::flush;
  shown_ = start_;
}

}  // namespace tripten::shell
