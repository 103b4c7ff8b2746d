// PackedSequence: numbers in frames of 128, bit-packed (storage/format.h, "A sequence").
//
// Any frame is decoded without those before it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "storage/bytes.h"

namespace tripten {

void append_sequence(std::span<const std::uint64_t> numbers, std::string& out);

/// A view: the bytes it was read from must outlive it, with kSlack readable bytes after them.
class PackedSequence {
 public:
  static constexpr std::size_t kSlack = 16;

  PackedSequence() = default;
  /// Throws Corrupt unless all of its frames lie inside the reader's bytes.
  static PackedSequence read(ByteReader& in, std::size_t count);

  /// Numbers `from` to `to` (exclusive, at most size()) into `out`, each with `offset` added.
  void decode(std::size_t from, std::size_t to, std::uint64_t* out, std::uint64_t offset = 0) const;
  std::uint64_t at(std::size_t index) const;
  std::size_t size() const { return size_; }
  std::size_t memory() const { return frames_.capacity() * sizeof(Frame); }

  /// The first index in [from, to) whose number is not below `number` (`or_equal`: is above it);
  /// the numbers there must ascend.
  std::size_t bound(std::size_t from, std::size_t to, std::uint64_t number, bool or_equal) const;
  /// Both bounds: where `number` is in [from, to), whose numbers must ascend.
  std::pair<std::size_t, std::size_t> equal_range(std::size_t from, std::size_t to,
                                                  std::uint64_t number) const;

 private:
  struct Frame {
    const char* data = nullptr;
    std::uint64_t base = 0;  // lowest, or first
    std::uint64_t step = 0;  // of deltas
    std::uint8_t width = 0;
    bool is_delta = false;
  };

  void decode_frame(std::size_t frame, std::size_t count, std::uint64_t* out,
                    std::uint64_t offset) const;
  std::uint64_t first_of(std::size_t frame) const;
  template <typename IsBefore>
  std::size_t frame_of(std::size_t from, std::size_t to, IsBefore is_before) const;

  std::vector<Frame> frames_{};
  std::size_t size_ = 0;
};

}  // namespace tripten
