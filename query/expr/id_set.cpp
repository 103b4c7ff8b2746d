#include "query/expr/id_set.h"

#include <utility>

namespace tripten {

bool IdSet::insert(TermId id, MemoryBudget& budget) {
  if (!id) {
    const bool is_new = !has_unbound_;
    has_unbound_ = true;
    size_ += is_new ? 1 : 0;
    return is_new;
  }
  if (4 * (size_ + 1) > 3 * slots_.size()) grow(budget);
  TermId& slot = slots_[slot_of(id)];
  if (slot == id) return false;
  slot = id;
  ++size_;
  return true;
}

void IdSet::grow(MemoryBudget& budget) {
  const std::size_t slots = slots_.empty() ? 8 : 2 * slots_.size();
  if (!lease_) lease_.emplace(budget);
  lease_->resize(slots * sizeof(TermId));
  const std::vector<TermId> before = std::exchange(slots_, std::vector<TermId>(slots));
  for (const TermId id : before)
    if (id) slots_[slot_of(id)] = id;
}

std::size_t IdSet::slot_of(TermId id) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = std::hash<TermId>()(id) & mask;
  while (slots_[at] && slots_[at] != id)
    at = (at + 1) & mask;
  return at;
}

}  // namespace tripten
