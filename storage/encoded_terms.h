// EncodedTerms: the encoded bytes (rdf/term_codec.h) of many terms.
//
// Most are views into decoded blocks of the dictionary, which are held as long as the terms are
// here; the others are copies.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace tripten {

class EncodedTerms {
 public:
  void clear() {
    terms_.clear();
    holders_.clear();
    copies_.clear();
    room_ = bytes_ = held_bytes_ = blocks_ = 0;
  }
  std::size_t size() const { return terms_.size(); }
  std::string_view operator[](std::size_t index) const { return terms_[index]; }
  /// Bytes of all the terms.
  std::size_t bytes() const { return bytes_; }
  /// Bytes of what is held.
  std::size_t held_bytes() const { return held_bytes_; }
  /// Blocks that were read for the terms, the cache having lost them.
  std::size_t blocks() const { return blocks_; }

  /// `term` lies in something that was given to hold().
  void add_view(std::string_view term) {
    terms_.push_back(term);
    bytes_ += term.size();
  }
  void hold(std::shared_ptr<const void> holder, std::size_t bytes) {
    holders_.push_back(std::move(holder));
    held_bytes_ += bytes;
  }
  void count_block() { ++blocks_; }
  void add(std::string_view term) {
    if (term.size() > room_ || copies_.empty()) {
      room_ = std::max(kChunkBytes, term.size());
      copies_.push_back(std::make_unique_for_overwrite<char[]>(room_));
      next_ = copies_.back().get();
    }
    term.copy(next_, term.size());
    add_view({next_, term.size()});
    next_ += term.size();
    room_ -= term.size();
  }

 private:
  std::vector<std::string_view> terms_{};
  std::vector<std::shared_ptr<const void>> holders_{};
  static constexpr std::size_t kChunkBytes = std::size_t{16} << 10;
  std::vector<std::unique_ptr<char[]>> copies_{};
  char* next_ = nullptr;  // where the next copy goes
  std::size_t room_ = 0;  // there
  std::size_t bytes_ = 0, held_bytes_ = 0, blocks_ = 0;
};

}  // namespace tripten
