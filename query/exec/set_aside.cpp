#include "query/exec/set_aside.h"

#include <algorithm>

#include "tripten/error.h"

namespace tripten {

void SetAside::open(QueryContext& context) {
  context_ = &context;
  level_ = 0;
  reader_.reset();
  waiting_.clear();
  part_ = {};
  filling_.reset();
  spare_.reset();
}

void SetAside::keep_room() {
  constexpr std::size_t kPart = 32, kMuch = 8;  // of the memory
  const std::size_t limit = context_->budget.limit(), used = context_->budget.used();
  if (spare_ || filling_ || is_part() || !context_->spill || limit == MemoryBudget::kUnlimited)
    return;
  const std::size_t bytes = limit / kPart;
  if (used < limit / kMuch || limit - std::min(used, limit) < 2 * bytes) return;
  spare_.emplace(context_->budget);
  try {
    spare_->resize(bytes);
  } catch (const Error&) {  // another thread took it
    spare_.reset();
  }
}

void SetAside::begin(std::size_t width) {
  spare_.reset();
  filling_ = std::make_shared<RowPartitions>(width, level_, *context_);
}

bool SetAside::next_round() {
  if (filling_) {
    filling_->finish();
    for (std::size_t number = RowPartitions::kCount; number-- > 0;)
      if (filling_->part(number).rows() > 0) waiting_.push_back({filling_, number});
    filling_.reset();
  }
  reader_.reset();
  if (part_.of) part_.of->drop(part_.number);
  part_ = {};
  if (waiting_.empty()) return false;
  part_ = std::move(waiting_.back());
  waiting_.pop_back();
  level_ = part_.of->level() + 1;
  return true;
}

bool SetAside::next(Batch& out) {
  if (!reader_) reader_.emplace(part_.of->part(part_.number), context_->budget);
  return reader_->next(out);
}

}  // namespace tripten
