#include "query/exec/number_slots.h"

#include <bit>
#include <utility>

#include "tripten/error.h"

#include "base/grow.h"

namespace tripten {

namespace {

constexpr int kTagBits = 32;
constexpr std::size_t kFewestSlots = 64;
constexpr std::size_t kMostNumbers = std::size_t{1} << (kTagBits - 1);
constexpr std::size_t kSlotsPerInterrupt = std::size_t{1} << 16;

}  // namespace

void NumberSlots::open(MemoryBudget& budget, const Interrupt& interrupt) {
  release(slots_);
  lease_.emplace(budget);
  interrupt_ = &interrupt;
}

void NumberSlots::clear(std::size_t numbers) {
  constexpr std::size_t kMostPerNumber = 32;
  if (slots_.size() <= std::max(kFewestSlots, kMostPerNumber * numbers)) return clear();
  release(slots_);
  lease_->resize(0);
}

void NumberSlots::grow(std::size_t numbers) {
  if (numbers > kMostNumbers)
    throw Error(ErrorCode::Limit, "a step of the query would keep more than 2 billion rows apart");
  const std::size_t size = std::bit_ceil(std::max(2 * numbers, kFewestSlots));
  lease_->resize((slots_.size() + size) * sizeof(Slot));
  std::vector<Slot> before;
  assign_in_parts(before, size, Slot(), *interrupt_);
  before.swap(slots_);
  shift_ = kTagBits - std::countr_zero(size);
  for (std::size_t at = 0; at < before.size(); ++at) {
    if (at % kSlotsPerInterrupt == 0) interrupt_->check();
    if (before[at].number) put(before[at]);
  }
  release(before);
  lease_->resize(size * sizeof(Slot));
}

}  // namespace tripten
