#include "base/memory_budget.h"

#include <fmt/format.h>

#include "tripten/error.h"

namespace tripten {

void MemoryBudget::reserve(std::size_t bytes) {
  const std::size_t before = used_.fetch_add(bytes);
  if (bytes > limit_ || before > limit_ - bytes) {
    used_ -= bytes;
    throw Error(ErrorCode::Limit,
                fmt::format("the memory limit of {} MB was reached", limit_ / 1'000'000));
  }
  std::size_t peak = peak_;
  while (before + bytes > peak && !peak_.compare_exchange_weak(peak, before + bytes)) {
  }
}

void MemoryLease::resize(std::size_t bytes) {
  if (bytes > bytes_)
    budget_->reserve(bytes - bytes_);
  else
    budget_->release(bytes_ - bytes);
  bytes_ = bytes;
}

}  // namespace tripten
