// Store: durable quads of ids and the dictionary that gives the ids their terms.
//
//   StorePtr store = Store::open("people.db", {});
//   {
//     auto change = store->begin();
//     Quad quad = ...;                       // ids from change->intern(term)
//     change->insert(quad);
//     change->commit();                      // durable when it returns
//   }
//   SnapshotPtr now = store->snapshot();
//   QuadScan scan = now->scan(QuadOrder::Posg, pattern);
//   while (scan.next(columns)) ...
//
// Base and delta: the base is the immutable blocks of one generation, the delta the rows that later
// transactions inserted or deleted; every view merges the two. storage/format.h has the bytes.
//
// Threads: a Store and its snapshots are shared; a transaction and a scan belong to one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tripten/error.h"

#include "base/interrupt.h"
#include "rdf/statement.h"
#include "storage/encoded_terms.h"
#include "storage/quad.h"
#include "storage/term_id.h"
#include "storage/term_ranges.h"

namespace rocksdb {
class FileSystem;
}

namespace tripten {

struct StoreOptions {
  bool read_only = false;  ///< Never writes into the directory; works beside a writer.
  bool create = true;      ///< Make a database where there is nothing or an empty folder.
  bool sync = true;        ///< A commit reaches the disk before commit() returns.
  std::size_t cache_bytes = std::size_t{256} << 20;  ///< For decoded blocks.
  std::uint32_t block_rows = 4096;                   ///< Quads a block; tests use 4.
  /// Rows of the delta from which on a writer folds it in the background; 0 is a tenth of the base,
  /// from 200,000 to 2 million.
  std::uint64_t fold_rows = 0;
  std::shared_ptr<rocksdb::FileSystem> files{};  ///< Unset: the system's; tests use theirs.
};

class CharacteristicSets;  // storage/characteristic_sets.h

/// Rows of a scan, a column each, in the order's column order; all four have the same length.
struct QuadColumns {
  std::array<std::vector<TermId>, 4> columns;
  std::size_t rows = 0;
};

/// Rows that are equal in their first columns, as one: the others are left empty.
struct ColumnRuns {
  std::array<std::vector<TermId>, 4> columns;
  std::vector<std::uint64_t> counts;  ///< Of the rows that each stands for.
  std::size_t runs = 0;
};

/// Appends sorted rows to runs of their first `columns` columns.
void append_runs(const QuadColumns& rows, std::size_t columns, ColumnRuns& out);

/// What is known of one predicate without reading its quads.
struct PredicateCounts {
  TermId predicate;
  std::uint64_t quads = 0;
  std::uint64_t subjects = 0, objects = 0;  ///< Different ones.
};

/// What a scan did with the blocks of its range so far.
struct ScanWork {
  std::uint64_t blocks_read = 0;
  std::uint64_t blocks_skipped = 0;  ///< Passed unread: by seeks, or because of their graphs.
};

/// The rows of one range, in order, a few thousand at a time. Belongs to one thread; keeps what it
/// reads alive.
class QuadScan {
 public:
  class Source;  ///< Where the rows come from: blocks merged with the delta.
  explicit QuadScan(std::unique_ptr<Source> source);
  QuadScan(QuadScan&&) noexcept;
  QuadScan& operator=(QuadScan&&) noexcept;
  ~QuadScan();

  /// Replaces `out` by the next rows, at most `limit`; false (and no rows) at the end.
  bool next(QuadColumns& out, std::size_t limit = 4096);

  /// The next rows as runs: those equal in their first `columns` columns (0 to 3) as one, columns
  /// alone and their number. Replaces `out` by about `limit` of them; false at the end. A run may
  /// come in two calls. Blocks that are known to have one run alone are not read.
  bool next_runs(ColumnRuns& out, std::size_t columns, std::size_t limit = 4096);

  /// Skips forward to the first row that is not below `row` (given in column order); rows already
  /// passed stay passed. Blocks between are not decoded.
  void seek(const Quad& row);

  const ScanWork& work() const;

 private:
  std::unique_ptr<Source> source_;
};

/// A set of quads and their terms that can be read: a snapshot, or a transaction with its own
/// changes.
class StoreView {
 public:
  virtual ~StoreView() = default;

  /// The quads that match `pattern`, sorted by `order`. The pattern's bound triple positions must
  /// be the first columns of the order (Internal otherwise); a bound graph then filters the range,
  /// and blocks whose graphs do not include it are skipped unread. best_order() gives such an
  /// order.
  virtual QuadScan scan(QuadOrder order, const QuadPattern& pattern) const = 0;

  /// How many quads match, exactly, the delta included. Costs at most two blocks where the graph is
  /// free or the same all over the range; else it also reads the graphs of the mixed blocks.
  virtual std::uint64_t count(const QuadPattern& pattern) const = 0;

  /// Values of the first free column of a scan, ascending, that cut its rows into at most `parts`
  /// parts of about equal size; none where it has few. Costs no block.
  virtual std::vector<TermId> split_points(QuadOrder, const QuadPattern&,
                                           std::size_t /*parts*/) const {
    return {};
  }

  /// Whether the quad is there.
  virtual bool contains(const Quad& quad) const = 0;

  /// The id of a term, or nothing where no quad has ever had it. A blank node's label must be one
  /// that term() gave: `b` and the number.
  virtual std::optional<TermId> find(const TermView& term) const = 0;

  /// Appends the encoded term (rdf/term_codec.h) of a dictionary id.
  virtual void append_encoded_term(TermId id, std::string& out) const = 0;

  /// Replaces `out` by the encoded terms of the first of `ids`, which are the dictionary's: of all
  /// of them, unless the terms grow to `most` bytes before. Fast where the ids ascend, as many at a
  /// time as there are: each block of the dictionary is read once, and terms that are many in their
  /// block stay where they lie.
  virtual void encoded_terms(std::span<const TermId> ids, EncodedTerms& out,
                             std::size_t most = ~std::size_t{0}) const;

  /// The ids of one kind of dictionary terms whose encoded bytes (rdf/term_codec.h), without the
  /// first one, begin with `prefix`; or are not below `low` and, unless `high` is empty, below it:
  /// code point order of the lexical forms of IRIs and strings. Costs a few blocks of terms.
  TermRanges ids_with_prefix(IdKind kind, std::string_view prefix) const;
  TermRanges ids_between(IdKind kind, std::string_view low, std::string_view high) const;

  /// The term of any id but a Local one. Unbound and the default graph give an unbound Term.
  Term term(TermId id) const;

  /// The named graphs that hold at least one quad, by id. Reads metadata, not quads.
  virtual std::vector<TermId> graphs() const = 0;
  /// The predicates in use, by id, with exact counts. Reads metadata, and the index where the delta
  /// has quads.
  virtual std::vector<PredicateCounts> predicates() const = 0;
  /// Which predicates subjects had together when the base was written.
  virtual const CharacteristicSets& characteristic_sets() const = 0;

 protected:
  /// By whole encoded terms, which all begin with the kind: [low, high). A view that knows no order
  /// of ids says so: each term must be looked at.
  virtual TermRanges term_ranges(IdKind, std::string_view, std::string_view) const { return {}; }
};

/// An order that scan() takes for `pattern`; Gspo only when the graph is bound and no triple
/// position is.
QuadOrder best_order(const QuadPattern& pattern);

/// A view that never changes. Keeps its generation's blocks from being deleted.
class StoreSnapshot : public StoreView {};
using SnapshotPtr = std::shared_ptr<const StoreSnapshot>;

/// The only writer. Sees its own changes. Destroyed before commit(), nothing has happened.
class StoreTransaction : public StoreView {
 public:
  /// The id of a term, a new one where it has none yet.
  virtual TermId intern(const TermView& term) = 0;
  /// A blank node that no quad has yet.
  virtual TermId fresh_blank() = 0;
  /// True where the quad was not there (was there).
  virtual bool insert(const Quad& quad) = 0;
  virtual bool erase(const Quad& quad) = 0;
  /// All or nothing, durable when it returns (StoreOptions::sync). Once.
  virtual void commit() = 0;
};

/// Counts and sizes of a database, from metadata.
struct StoreStatistics {
  std::uint64_t quads = 0, terms = 0, graphs = 0;
  std::uint64_t delta_rows = 0, generation = 0, format_version = 0, bytes_on_disk = 0;
  std::uint64_t blocks_read = 0;  ///< Of quads and terms, since the store was opened.
  std::uint64_t term_runs = 0;    ///< Of the dictionary: loads add one each.
};

class GenerationBuilder;  // storage/generation_builder.h

/// Called now and then with the bytes that a backup has copied, and copies at most.
using BackupProgress = std::function<void(std::uint64_t bytes, std::uint64_t most)>;

/// One thing that `check` found wrong: a sentence that names the place.
using Damage = std::string;

class Store {
 public:
  virtual ~Store() = default;

  /// A directory that is no database, damaged or of a newer version is Corrupt; one that another
  /// process holds for writing is Busy unless read_only; a missing one NotFound unless create.
  static std::shared_ptr<Store> open(const std::filesystem::path& directory,
                                     const StoreOptions& options);
  /// A store without a directory: the same code over RocksDB's in-memory environment.
  static std::shared_ptr<Store> in_memory(const StoreOptions& options);

  virtual SnapshotPtr snapshot() const = 0;
  /// Waits until the transaction or load before it has ended.
  virtual std::unique_ptr<StoreTransaction> begin() = 0;
  /// The same for a load: what it adds becomes a new generation of the base.
  virtual std::unique_ptr<GenerationBuilder> build_generation() = 0;
  /// The same for a compaction: what it adds replaces all quads and terms. Nothing where `stop`
  /// ended the wait; one that was requested before means no wait.
  virtual std::unique_ptr<GenerationBuilder> replace_generation(std::stop_token stop) = 0;
  virtual StoreStatistics statistics() const = 0;
  /// Reads everything; calls `report` for each damage found.
  virtual void verify(const std::function<void(const Damage&)>& report) const = 0;
  /// Adds a backup to a folder (storage/backup.h). Invalid for a store in memory.
  virtual void back_up(const std::filesystem::path& folder, const Interrupt& interrupt,
                       const BackupProgress& progress = {}) const = 0;
  virtual const StoreOptions& options() const = 0;
};
using StorePtr = std::shared_ptr<Store>;

}  // namespace tripten
