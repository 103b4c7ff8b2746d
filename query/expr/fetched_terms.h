// FetchedTerms: the dictionary's terms that a batch of rows is about to look at, fetched together.
//
// One look into the dictionary finds a block, and most blocks hold many of the terms: the ids are
// sorted, each block is entered once, and most terms are used where they lie.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>
#include <vector>

#include "base/interrupt.h"
#include "storage/store.h"

namespace tripten {

/// Terms stay until clear(). Belongs to one thread.
class FetchedTerms {
 public:
  void clear();
  bool is_empty() const { return used_ == 0; }
  /// Bytes of the terms.
  std::size_t bytes() const { return bytes_; }
  /// Terms that were wanted, the blocks of the dictionary that were read for them because the cache
  /// had lost them, and the memory that they and their table take.
  std::size_t terms() const { return used_; }
  std::size_t blocks() const { return blocks_; }
  std::size_t memory() const { return memory_ + slots_.capacity() * sizeof(Slot); }

  /// Notes an id for fetch().
  void want(TermId id);
  /// Fetches the terms of the ids that were wanted, as long as they are few bytes: of others find()
  /// knows nothing.
  void fetch(const StoreView& view) { fetch(view, kMostBytes, nullptr); }
  /// The same for very many: they may hold about `most` bytes, and the interrupt is asked.
  void fetch(const StoreView& view, std::size_t most, const Interrupt* interrupt);
  /// The encoded bytes (rdf/term_codec.h) of a term that was fetched.
  std::optional<std::string_view> find(TermId id) const;

 private:
  struct Slot {
    TermId id{};
    std::string_view encoded{};
    std::uint64_t batch = 0;  // the slot is free in every other one
  };
  static constexpr std::size_t kMostBytes = std::size_t{4} << 20;  // but for the last term

  std::size_t place_of(TermId id) const;
  void grow();
  void sort_wanted(const Interrupt* interrupt);

  std::vector<Slot> slots_{};  // a power of two, at most half full
  std::uint64_t batch_ = 1;
  std::size_t used_ = 0;
  std::vector<TermId> wanted_{};
  std::deque<EncodedTerms> terms_{};  // one a fetch
  std::size_t fetches_ = 0, bytes_ = 0, memory_ = 0, blocks_ = 0;
};

}  // namespace tripten
