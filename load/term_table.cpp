#include "load/term_table.h"

#include <algorithm>
#include <cstring>

#include <xxhash.h>

#include "tripten/error.h"

namespace tripten {
namespace {

constexpr std::size_t kFirstSlots = 1 << 12;
constexpr std::size_t kFirstChunkBytes = std::size_t{1} << 16, kChunkBytes = std::size_t{1} << 20;
constexpr std::size_t kMostTerms = 0x7fff'ffff;

}  // namespace

TermTable::TermTable() : slots_(kFirstSlots) {}

std::uint32_t TermTable::number(std::string_view term) {
  const std::uint64_t hash = XXH3_64bits(term.data(), term.size());
  const auto upper = static_cast<std::uint32_t>(hash >> 32);
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  for (; slots_[at].number != 0; at = (at + 1) & mask)
    if (slots_[at].hash == upper && terms_[slots_[at].number - 1] == term)
      return slots_[at].number - 1;
  if (terms_.size() >= kMostTerms)
    throw Error(ErrorCode::Limit, "A load can't have more than 4 billion different terms.");
  terms_.push_back(keep(term));
  hashes_.push_back(hash);
  const auto number = static_cast<std::uint32_t>(terms_.size() - 1);
  slots_[at] = {upper, number + 1};
  if (terms_.size() * 3 > slots_.size() * 2) grow();
  return number;
}

std::string_view TermTable::keep(std::string_view term) {
  if (term.size() > free_bytes_) {
    const std::size_t usual = std::clamp(chunk_bytes_, kFirstChunkBytes, kChunkBytes);
    free_bytes_ = std::max(usual, term.size());
    chunks_.push_back(std::make_unique_for_overwrite<char[]>(free_bytes_));
    free_ = chunks_.back().get();
    chunk_bytes_ += free_bytes_;
  }
  std::memcpy(free_, term.data(), term.size());
  const std::string_view kept(free_, term.size());
  free_ += term.size();
  free_bytes_ -= term.size();
  return kept;
}

void TermTable::grow() {
  std::vector<Slot> larger(slots_.size() * 2);
  const std::size_t mask = larger.size() - 1;
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    std::size_t at = hashes_[i] & mask;
    while (larger[at].number != 0)
      at = (at + 1) & mask;
    larger[at] = {static_cast<std::uint32_t>(hashes_[i] >> 32), static_cast<std::uint32_t>(i + 1)};
  }
  slots_ = std::move(larger);
}

std::size_t TermTable::memory() const {
  return chunk_bytes_ + slots_.capacity() * sizeof(Slot) +
         hashes_.capacity() * sizeof(std::uint64_t) + terms_.capacity() * sizeof(std::string_view);
}

void TermTable::finish() {
  slots_ = {};
  hashes_ = {};
}

}  // namespace tripten
