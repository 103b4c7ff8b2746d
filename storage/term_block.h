// TermBlock: sorted encoded terms, front-coded and compressed (storage/format.h, "TERM BLOCK").
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tripten {

/// Collects the terms of one block.
class TermBlockWriter {
 public:
  /// `term` is above the terms before it.
  void add(std::string_view term);
  std::size_t terms() const { return terms_; }
  /// Bytes that the terms take unpacked.
  std::size_t bytes() const { return bytes_; }
  const std::string& last() const { return last_; }

  /// The block's bytes; starts a new one.
  std::string finish();

 private:
  std::string body_{}, last_{};
  std::size_t terms_ = 0, bytes_ = 0;
};

/// A block as it lies in the cache: all its terms unpacked. Immutable.
class TermBlock {
 public:
  /// Throws Corrupt where the bytes are no block.
  explicit TermBlock(std::string_view bytes);

  std::size_t terms() const { return ends_.size(); }
  std::string_view term(std::size_t index) const {
    const std::size_t start = index == 0 ? 0 : ends_[index - 1];
    return {text_.get() + start, ends_[index] - start};
  }
  /// The first term that is not below `term`.
  std::size_t lower_bound(std::string_view term) const;

  /// Bytes in memory.
  std::size_t memory() const {
    return sizeof(TermBlock) + size_ + ends_.capacity() * sizeof(std::uint32_t);
  }

 private:
  std::unique_ptr<char[]> text_{};
  std::size_t size_ = 0;  // of the text
  std::vector<std::uint32_t> ends_{};
};

}  // namespace tripten
