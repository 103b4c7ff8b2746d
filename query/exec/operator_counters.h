// OperatorCounters: what one operator of a profiled query took, its inputs left out.
//
// The measured operator that is at work in a thread stands in the thread's QueryContext; the time
// and the memory from one change of it to the next are the operator's (query/exec/measured.cpp):
//
//   Sort.next ──┬ Scan.next ┬─ Sort ─┬ Scan.next ┬─ Sort ──▶
//   Sort        │  Scan     │  Sort  │   Scan    │  Sort
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace tripten {

struct OperatorCounters {
  std::chrono::nanoseconds own_time{0};
  std::int64_t held_memory = 0;  ///< Bytes of the budget; what all threads took meanwhile.
  std::int64_t most_memory = 0;  ///< The most of them at a time.
  std::uint64_t spilled_bytes = 0;
  std::uint64_t blocks_read = 0;  ///< Of the index; a block that is asked for twice counts twice.
  std::uint64_t blocks_skipped = 0;  ///< Passed by seeks, or because of their graphs.

  /// What another thread's copy of the operator took.
  void add(const OperatorCounters& other) {
    own_time += other.own_time;
    most_memory = std::max(most_memory, other.most_memory);
    spilled_bytes += other.spilled_bytes;
    blocks_read += other.blocks_read;
    blocks_skipped += other.blocks_skipped;
  }
};

}  // namespace tripten
