#include "base/text_pool.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <stdexcept>
#include <utility>

namespace tripten {

namespace {

constexpr std::size_t kMostChunk = std::size_t{1} << 20;  // bytes
constexpr unsigned kFirstSizeBits = 5, kHashBits = 32;
constexpr std::uint64_t kMostTexts = std::uint64_t{1} << (kHashBits - 1);

std::uint32_t hash_of(std::string_view text) {
  return static_cast<std::uint32_t>(std::hash<std::string_view>()(text) >> kHashBits);
}

}  // namespace

char* TextPool::room_for(std::size_t bytes) {
  if (bytes > left_ && bytes >= next_chunk_ / 4) {  // has a chunk of its own
    chunks_.push_back(std::make_unique_for_overwrite<char[]>(bytes));
    chunk_bytes_ += bytes;
    return chunks_.back().get();
  }
  if (bytes > left_) {
    chunks_.push_back(std::make_unique_for_overwrite<char[]>(next_chunk_));
    chunk_bytes_ += next_chunk_;
    free_ = chunks_.back().get();
    left_ = next_chunk_;
    next_chunk_ = std::min(next_chunk_ * 2, kMostChunk);
  }
  char* const room = free_;
  free_ += bytes;
  left_ -= bytes;
  return room;
}

std::uint64_t TextPool::add(std::string_view text) {
  if (texts_.size() >= kMostTexts) throw std::length_error("more than 2 billion texts");
  if ((texts_.size() + 1) * 2 > slots_.size()) grow();
  char* const bytes = room_for(text.size());
  if (!text.empty()) std::memcpy(bytes, text.data(), text.size());
  texts_.emplace_back(bytes, text.size());
  put({static_cast<std::uint32_t>(texts_.size()), hash_of(text)});
  return texts_.size() - 1;
}

std::optional<std::uint64_t> TextPool::find(std::string_view text) const {
  if (slots_.empty()) return std::nullopt;
  const std::uint32_t hash = hash_of(text);
  std::size_t at = hash >> (kHashBits - size_bits_);
  for (; slots_[at].number; at = (at + 1) & (slots_.size() - 1))
    if (slots_[at].hash == hash && texts_[slots_[at].number - 1] == text)
      return slots_[at].number - 1;
  return std::nullopt;
}

void TextPool::put(Slot slot) {
  std::size_t at = slot.hash >> (kHashBits - size_bits_);
  while (slots_[at].number)
    at = (at + 1) & (slots_.size() - 1);
  slots_[at] = slot;
}

void TextPool::grow() {
  size_bits_ = slots_.empty() ? kFirstSizeBits : size_bits_ + 1;
  const std::vector<Slot> old =
      std::exchange(slots_, std::vector<Slot>(std::size_t{1} << size_bits_));
  for (const Slot& slot : old)
    if (slot.number) put(slot);
}

std::size_t TextPool::bytes() const {
  return texts_.capacity() * sizeof(std::string_view) + slots_.capacity() * sizeof(Slot) +
         chunk_bytes_ + chunks_.capacity() * sizeof(chunks_[0]);
}

}  // namespace tripten
