// TextPool: different texts, numbered in the order they come.
//
// The bytes lie one behind the other in large chunks, so that a million texts cost a few hundred
// allocations and go as fast; a text is found through a table of slots, open addressing with linear
// probing, a slot the text's number (from 1; 0 is free) and 32 bits of its hash, the first of which
// say where it belongs. So the table grows from its own slots, in their order, and reads no text:
//
//   hash(text) ──▶ slots[hash's first bits] ─▶ {number, hash} ─▶ texts[number - 1] ─▶ a chunk's
//   bytes
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace tripten {

class TextPool {
 public:
  /// Adds a text that is not there, and gives its number. Texts stay where they are until the pool
  /// goes.
  std::uint64_t add(std::string_view text);
  std::optional<std::uint64_t> find(std::string_view text) const;
  std::string_view operator[](std::uint64_t number) const { return texts_[number]; }

  std::uint64_t size() const { return texts_.size(); }
  /// All that the pool holds, unused room included.
  std::size_t bytes() const;

 private:
  struct Slot {
    std::uint32_t number = 0;
    std::uint32_t hash = 0;
  };
  char* room_for(std::size_t bytes);
  void grow();
  void put(Slot slot);

  std::vector<std::string_view> texts_{};
  std::vector<Slot> slots_{};  // 2 to the power of size_bits_, at most half full
  unsigned size_bits_ = 0;
  std::vector<std::unique_ptr<char[]>> chunks_{};
  std::size_t chunk_bytes_ = 0;  // of all chunks
  char* free_ = nullptr;         // in the last chunk that is shared,
  std::size_t left_ = 0;         // with so many bytes left
  std::size_t next_chunk_ = 1024;
};

}  // namespace tripten
