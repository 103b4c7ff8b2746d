#include "load/inline_table.h"

#include <functional>

#include "tripten/error.h"

#include "load/numbered_quad.h"

namespace tripten {
namespace {

constexpr std::size_t kFirstSlots = 1 << 8;

}  // namespace

InlineTable::InlineTable() : slots_(kFirstSlots) {}

std::uint32_t InlineTable::number(TermId id) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = std::hash<TermId>()(id) & mask;
  for (; slots_[at] != 0; at = (at + 1) & mask)
    if (ids_[slots_[at] - 1] == id) return slots_[at] - 1;
  if (ids_.size() >= kFirstInline)
    throw Error(ErrorCode::Limit, "A part of a load has too many different values.");
  ids_.push_back(id);
  const auto number = static_cast<std::uint32_t>(ids_.size() - 1);
  slots_[at] = number + 1;
  if (ids_.size() * 2 > slots_.size()) grow();
  return number;
}

void InlineTable::grow() {
  std::vector<std::uint32_t> larger(slots_.size() * 2);
  const std::size_t mask = larger.size() - 1;
  for (std::size_t i = 0; i < ids_.size(); ++i) {
    std::size_t at = std::hash<TermId>()(ids_[i]) & mask;
    while (larger[at] != 0)
      at = (at + 1) & mask;
    larger[at] = static_cast<std::uint32_t>(i + 1);
  }
  slots_ = std::move(larger);
}

std::size_t InlineTable::memory() const {
  return slots_.capacity() * sizeof(std::uint32_t) + ids_.capacity() * sizeof(TermId);
}

}  // namespace tripten
