// Dictionary: entry numbers ↔ encoded terms, in runs and among the terms that came row by row.
// Immutable and shared; each state of the store has one.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/manifest.h"
#include "storage/rocks.h"
#include "storage/term_id.h"
#include "storage/term_run.h"

namespace tripten {

/// The id of a dictionary entry: the encoded term's first byte is its kind.
TermId entry_id(std::string_view encoded, std::uint64_t entry);

class Dictionary {
 public:
  /// Loads the runs' indexes; those that `before` has are taken from there.
  Dictionary(RocksPtr rocks, std::shared_ptr<TermCache> cache, const std::vector<RunRecord>& runs,
             const Dictionary* before);

  const std::vector<std::shared_ptr<const TermRun>>& runs() const { return runs_; }

  /// The id of an encoded term whose entry is below `end_entry`.
  std::optional<TermId> find(std::string_view encoded, std::uint64_t end_entry) const;
  /// Appends an entry's encoded term. Throws Corrupt where there is none.
  void append_term(TermId id, std::string& out) const;

  /// Adds to `batch` entries that are in no run: the encoded terms with consecutive numbers.
  void add_entries(std::span<const std::string_view> encoded, std::uint64_t first_entry,
                   rocksdb::WriteBatch& batch) const;

 private:
  RocksPtr rocks_;
  std::vector<std::shared_ptr<const TermRun>> runs_{};  // by first entry
};
using DictionaryPtr = std::shared_ptr<const Dictionary>;

}  // namespace tripten
