#include "base/interrupt.h"

#include <algorithm>
#include <thread>

#include <fmt/format.h>

#include "tripten/error.h"

namespace tripten {

struct Interrupt::Notice {
  static constexpr std::chrono::milliseconds kBetween{100};

  std::function<void()> call;
  std::thread::id thread = std::this_thread::get_id();
  Clock::time_point next = Clock::now() + kBetween;  // of `thread` alone
};

Interrupt::Interrupt(std::stop_token stop, std::chrono::milliseconds timeout)
    : stop_(std::move(stop)),
      timeout_(timeout) {
  if (timeout.count() > 0) deadline_ = Clock::now() + timeout;
}

Interrupt::Interrupt(const Interrupt& other, std::stop_token also) : Interrupt(other) {
  also_ = std::move(also);
}

void Interrupt::call(std::function<void()> notice) {
  notice_ = std::make_shared<Notice>(Notice{.call = std::move(notice)});
}

std::optional<std::chrono::milliseconds> Interrupt::left() const {
  if (!deadline_) return std::nullopt;
  const auto rest = std::chrono::ceil<std::chrono::milliseconds>(*deadline_ - Clock::now());
  return std::max(rest, std::chrono::milliseconds(1));
}

void Interrupt::check() const {
  if (notice_ && notice_->thread == std::this_thread::get_id())
    if (const Clock::time_point now = Clock::now(); now >= notice_->next) {
      notice_->next = now + Notice::kBetween;
      notice_->call();
    }
  if (stop_.stop_requested() || also_.stop_requested())
    throw Error(ErrorCode::Cancelled, "interrupted");
  if (deadline_ && Clock::now() >= *deadline_)
    throw Error(ErrorCode::Limit, fmt::format("the time limit of {} s was reached",
                                              static_cast<double>(timeout_.count()) / 1000));
}

}  // namespace tripten
