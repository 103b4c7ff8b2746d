// TermRun: the dictionary entries of one load, in the order of their encoded terms, with
// consecutive numbers. Immutable and shared by all that read it.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/block_cache.h"
#include "storage/manifest.h"
#include "storage/rocks.h"
#include "storage/term_block.h"

namespace tripten {

using TermCache = BlockCache<TermBlock>;
using TermBlockPtr = std::shared_ptr<const TermBlock>;

class TermRun {
 public:
  /// Reads the run's index; throws Corrupt where it does not fit the record.
  TermRun(RocksPtr rocks, std::shared_ptr<TermCache> cache, const RunRecord& record);
  TermRun(const TermRun&) = delete;
  TermRun& operator=(const TermRun&) = delete;
  /// Removes the run's keys, if it is obsolete.
  ~TermRun();

  const RunRecord& record() const { return record_; }
  std::uint64_t end_entry() const { return record_.first_entry + record_.entries; }

  /// Entry number of an encoded term.
  std::optional<std::uint64_t> find(std::string_view term) const;
  /// The first entry whose term is not below `term`; end_entry() where there is none.
  std::uint64_t lower_bound(std::string_view term) const;
  /// Appends the encoded term of one of the run's entries.
  void append_term(std::uint64_t entry, std::string& out) const;

  /// The block of one of the run's entries.
  std::size_t block_of(std::uint64_t entry) const;

  std::size_t blocks() const { return first_entries_.size(); }
  /// The block that would hold `term`.
  std::size_t block_of(std::string_view term) const;
  std::uint64_t first_entry_of(std::size_t block) const { return first_entries_[block]; }
  /// Throws Corrupt, naming the block.
  TermBlockPtr block(std::size_t number) const;
  TermBlockPtr block(std::size_t number, bool& was_read) const;  ///< Set where it was not cached.
  /// The same past the cache.
  TermBlockPtr read_block(std::size_t number) const;

  /// Whether the block's terms lie where the index says.
  bool fits_index(std::size_t number, const TermBlock& block) const;

  /// The keys may go with the last reader: the terms that are still in use are in another run.
  void set_obsolete() { is_obsolete_ = true; }

 private:
  std::size_t terms_in(std::size_t block) const;
  std::string_view separator(std::size_t block) const;

  RocksPtr rocks_;
  std::shared_ptr<TermCache> cache_;
  RunRecord record_;
  std::vector<std::uint64_t> first_entries_{};  // a block each
  std::string separators_{};
  std::vector<std::uint64_t> separator_ends_{};
  std::atomic<bool> is_obsolete_{false};
};

/// Removes all keys of one run.
void remove_run(Rocks& rocks, std::uint64_t run);

}  // namespace tripten
