// Compaction: the delta becomes part of the base, and the dictionary one run of the terms in use.
//
//   terms in use ─ merge ▶ one run ▶ old entry → new entry
//   quads of the old state ─ map ▶ merge ▶ blocks ▶ SST ▶ ingest
//
// All terms are numbered anew, above all entries that there have been, in the order of the terms.
// So the map ascends inside an old run, and so do the rows of each order whose terms are all in the
// largest run: they stream. The other rows are sorted, on the disk where they are many, and merged
// into that stream.
//
// Where the dictionary is one run with nothing dead in it, ids stay: only the delta is folded.
//
// Readers go on; writers wait. Nothing is visible before the end; a stop, an error or a crash
// leaves the database as it was.
#pragma once

#include <cstdint>
#include <functional>

#include "base/interrupt.h"
#include "storage/store.h"

namespace tripten {

struct CompactionOptions {
  /// Bytes for numbers of terms and for quads that have to be sorted.
  std::size_t memory_bytes = std::size_t{1} << 30;
  const Interrupt* interrupt = nullptr;
  bool waits = true;  ///< For another writer; otherwise nothing is done where there is one.
  /// Called now and then, by one thread at a time, with the part that is done (0 to 1).
  std::function<void(double done)> progress{};
};

struct CompactionCounts {
  std::uint64_t folded = 0;  ///< Rows of the delta.
  std::uint64_t removed_terms = 0;
  bool has_changed = false;  ///< Otherwise there was nothing to do.
};

CompactionCounts compact(Store& store, const CompactionOptions& options);

}  // namespace tripten
