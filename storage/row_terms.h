// RowTerms: the dictionary entries of one epoch that came by transactions, a row each, until a
// compaction puts them into a run (storage/format.h, "new_terms"). Shared by all that read it.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "storage/rocks.h"
#include "storage/term_id.h"

namespace tripten {

class RowTerms {
 public:
  RowTerms(RocksPtr rocks, std::uint64_t epoch) : rocks_(std::move(rocks)), epoch_(epoch) {}
  RowTerms(const RowTerms&) = delete;
  RowTerms& operator=(const RowTerms&) = delete;
  /// Removes the epoch's rows, if they are obsolete.
  ~RowTerms();

  std::uint64_t epoch() const { return epoch_; }

  /// The entry of an encoded term, if it is below `end_entry`.
  std::optional<std::uint64_t> find(std::string_view encoded, std::uint64_t end_entry) const;
  /// Appends an entry's encoded term; false where there is none.
  bool append_term(std::uint64_t entry, std::string& out) const;
  /// Each entry below `end_entry`, ascending, until `visit` returns false.
  void each(std::uint64_t end_entry,
            const std::function<bool(std::uint64_t entry, std::string_view encoded)>& visit) const;
  /// The hash of each term, with its entries.
  void each_hash(
      const std::function<void(std::uint64_t hash, std::string_view entries)>& visit) const;

  /// Adds to `batch` the encoded terms, with consecutive numbers.
  void add(std::span<const std::string_view> encoded, std::uint64_t first_entry,
           rocksdb::WriteBatch& batch) const;

  /// The rows may go with the last reader: a later epoch has begun.
  void set_obsolete() { is_obsolete_ = true; }

 private:
  RocksPtr rocks_;
  std::uint64_t epoch_;
  std::atomic<bool> is_obsolete_{false};
};

}  // namespace tripten
