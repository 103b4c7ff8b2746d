// Dictionary: entry numbers ↔ encoded terms, in runs and among the terms that came row by row.
// Immutable and shared; each state of the store has one.
//
// An epoch is the time between two compactions. A compaction numbers all terms anew, above all
// entries that there have been; the runs and rows of the epoch before stay for its readers.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/encoded_terms.h"
#include "storage/manifest.h"
#include "storage/rocks.h"
#include "storage/row_terms.h"
#include "storage/term_id.h"
#include "storage/term_ranges.h"
#include "storage/term_run.h"

namespace tripten {

/// The id of a dictionary entry: the encoded term's first byte is its kind.
TermId entry_id(std::string_view encoded, std::uint64_t entry);

class Dictionary {
 public:
  /// Loads the runs' indexes; what `before` has of them and of the epoch is taken from there.
  Dictionary(RocksPtr rocks, std::shared_ptr<TermCache> cache, const Manifest& manifest,
             const Dictionary* before);

  const std::vector<std::shared_ptr<TermRun>>& runs() const { return runs_; }
  const RowTerms& rows() const { return *rows_; }

  /// The id of an encoded term whose entry is below `end_entry`.
  std::optional<TermId> find(std::string_view encoded, std::uint64_t end_entry) const;
  /// Appends an entry's encoded term. Throws Corrupt where there is none.
  void append_term(TermId id, std::string& out) const;

  /// StoreView's.
  void encoded_terms(std::span<const TermId> ids, EncodedTerms& out, std::size_t most) const;

  /// Of encoded terms in [low, high), which are of one kind.
  TermRanges term_ranges(IdKind kind, std::string_view low, std::string_view high) const;

  /// Adds to `batch` entries that are in no run: the encoded terms with consecutive numbers.
  void add_entries(std::span<const std::string_view> encoded, std::uint64_t first_entry,
                   rocksdb::WriteBatch& batch) const {
    rows_->add(encoded, first_entry, batch);
  }

  /// The keys of the epoch may go with the last reader: a later one has begun.
  void set_obsolete() const;

 private:
  const TermRun* run_of(std::uint64_t entry) const;
  std::size_t add_terms(const TermBlockPtr& block, std::uint64_t first_entry,
                        std::span<const TermId> ids, EncodedTerms& out, std::size_t most) const;
  [[noreturn]] void throw_missing(TermId id) const;

  RocksPtr rocks_;
  std::vector<std::shared_ptr<TermRun>> runs_{};  // by first entry
  std::shared_ptr<RowTerms> rows_{};
};
using DictionaryPtr = std::shared_ptr<const Dictionary>;

}  // namespace tripten
