#include "base/memory_budget.h"

#include <fmt/format.h>

#include "tripten/error.h"

namespace tripten {

namespace {

void raise(std::atomic<std::size_t>& peak, std::size_t used) {
  std::size_t known = peak;
  while (used > known && !peak.compare_exchange_weak(known, used)) {
  }
}

}  // namespace

void MemoryBudget::take(std::size_t bytes) {
  const std::size_t before = used_.fetch_add(bytes);
  if (bytes > limit_ || before > limit_ - bytes) {
    used_ -= bytes;
    throw Error(ErrorCode::Limit,
                fmt::format("the memory limit of {} MB was reached", limit_ / 1'000'000));
  }
  raise(peak_, before + bytes);
}

void MemoryBudget::reserve(std::size_t bytes) {
  whole().take(bytes);
  raise(own_peak_, own_ += bytes);
}

void MemoryLease::resize(std::size_t bytes) {
  if (bytes > bytes_)
    budget_->reserve(bytes - bytes_);
  else
    budget_->release(bytes_ - bytes);
  bytes_ = bytes;
}

}  // namespace tripten
