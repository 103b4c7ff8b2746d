#include "query/expr/fetched_terms.h"

#include <algorithm>

namespace tripten {
namespace {

constexpr std::size_t kFirstSlots = 256;
constexpr std::size_t kMostKept = 4;  // fetches whose tables are used again
constexpr std::size_t kTermsPerInterrupt = 8192;
constexpr std::size_t kComparisonsPerInterrupt = std::size_t{1} << 18;

}  // namespace

void FetchedTerms::clear() {
  for (std::size_t i = 0; i < fetches_; ++i)
    terms_[i].clear();
  if (terms_.size() > kMostKept) terms_.resize(kMostKept);
  fetches_ = used_ = bytes_ = memory_ = blocks_ = 0;
  wanted_.clear();
  ++batch_;
}

/// The slot of the id, or the free one where it belongs.
std::size_t FetchedTerms::place_of(TermId id) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = std::hash<TermId>()(id) & mask;
  while (slots_[at].batch == batch_ && slots_[at].id != id)
    at = (at + 1) & mask;
  return at;
}

void FetchedTerms::grow() {
  std::vector<Slot> before = std::move(slots_);
  slots_.assign(std::max(kFirstSlots, before.size() * 2), {});
  for (const Slot& slot : before)
    if (slot.batch == batch_) slots_[place_of(slot.id)] = slot;
}

void FetchedTerms::want(TermId id) {
  if (used_ * 2 >= slots_.size()) grow();
  Slot& slot = slots_[place_of(id)];
  if (slot.batch == batch_) return;
  slot = {id, {}, batch_};
  ++used_;
  wanted_.push_back(id);
}

/// A million of them take longer than an interrupt may.
void FetchedTerms::sort_wanted(const Interrupt* interrupt) {
  if (std::is_sorted(wanted_.begin(), wanted_.end())) return;
  std::size_t comparisons = 0;
  std::sort(wanted_.begin(), wanted_.end(), [&](TermId left, TermId right) {
    if (++comparisons % kComparisonsPerInterrupt == 0 && interrupt) interrupt->check();
    return left < right;
  });
}

void FetchedTerms::fetch(const StoreView& view, std::size_t most, const Interrupt* interrupt) {
  if (wanted_.empty()) return;
  sort_wanted(interrupt);
  const std::span<const TermId> all(wanted_);
  const std::size_t before = memory_;
  for (std::size_t from = 0; from < all.size() && memory_ - before < most;) {
    const auto some = all.subspan(
        from, interrupt ? std::min(kTermsPerInterrupt, all.size() - from) : all.size() - from);
    if (interrupt) interrupt->check();
    if (fetches_ == terms_.size()) terms_.emplace_back();
    EncodedTerms& terms = terms_[fetches_++];
    view.encoded_terms(some, terms, most - (memory_ - before));
    for (std::size_t i = 0; i < terms.size(); ++i)
      slots_[place_of(some[i])].encoded = terms[i];
    bytes_ += terms.bytes();
    memory_ += terms.bytes() + terms.held_bytes();
    blocks_ += terms.blocks();
    from += some.size();
  }
  wanted_.clear();
}

std::optional<std::string_view> FetchedTerms::find(TermId id) const {
  if (used_ == 0) return std::nullopt;
  const Slot& slot = slots_[place_of(id)];
  if (slot.batch != batch_ || slot.encoded.empty()) return std::nullopt;
  return slot.encoded;
}

}  // namespace tripten
