// TermTable: the distinct encoded terms of a load, numbered in the order they came.
//
// The bytes lie in chunks that never move; a table of open addressing finds them by their hash.
// Belongs to one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace tripten {

class TermTable {
 public:
  TermTable();

  /// The number of a term, the next one where it is new.
  std::uint32_t number(std::string_view term);

  std::size_t size() const { return terms_.size(); }
  std::string_view term(std::uint32_t number) const { return terms_[number]; }
  const std::vector<std::string_view>& terms() const { return terms_; }
  /// Bytes held.
  std::size_t memory() const;

  /// Gives the table back that finds terms; the terms stay. number() may not be called any more.
  void finish();

 private:
  struct Slot {
    std::uint32_t hash = 0;    // the upper half of the term's hash
    std::uint32_t number = 0;  // the term's number + 1; 0 is empty
  };

  std::string_view keep(std::string_view term);
  void grow();

  std::vector<Slot> slots_;  // a power of two, at most two thirds full
  std::vector<std::uint64_t> hashes_{};
  std::vector<std::string_view> terms_{};
  std::vector<std::unique_ptr<char[]>> chunks_{};
  char* free_ = nullptr;
  std::size_t free_bytes_ = 0, chunk_bytes_ = 0;
};

}  // namespace tripten
