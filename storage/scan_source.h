// QuadScan::Source: one range of one order, blocks of the base merged with the delta.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "storage/base.h"
#include "storage/delta.h"
#include "storage/row_edits.h"
#include "storage/store.h"

namespace tripten {

/// The bound leading columns of a pattern in an order, as the range of rows that they allow.
struct PrefixRange {
  Quad low{}, high{};     ///< [low, high)
  std::size_t bound = 0;  ///< How many columns are.
  /// A bound graph that is not among the leading columns: rows are filtered by it.
  std::optional<TermId> graph{};
};

/// Throws Internal where a bound triple position is not among the first columns.
PrefixRange prefix_range(QuadOrder order, const QuadPattern& pattern);

class QuadScan::Source {
 public:
  Source(BasePtr base, std::shared_ptr<const DeltaImage> delta, QuadOrder order,
         const QuadPattern& pattern);

  bool next(QuadColumns& out, std::size_t limit);
  bool next_runs(ColumnRuns& out, std::size_t columns, std::size_t limit);  // scan_runs.cpp
  void seek(const Quad& row);
  const ScanWork& work() const { return work_; }

 private:
  static constexpr std::size_t kGraphColumn = 3;
  static constexpr std::size_t kNone = ~std::size_t{0};

  bool base_is_at_end() const { return at_ >= end_; }
  bool delta_is_at_end() const { return delta_at_ >= delta_end_; }
  const BlockMeta& meta() const { return base_->index(order_).blocks()[at_.block]; }
  std::size_t block_end() const { return at_.block == end_.block ? end_.row : meta().rows; }
  bool skip_block();
  bool is_of_one_graph() const;
  bool is_plain() const;
  void open_block();
  void leave_block();
  void count_skipped(std::size_t from_block);
  void copy_rows(QuadColumns& out, std::size_t limit);
  void merge_block(QuadColumns& out, std::size_t limit);
  std::size_t collect_edits(const ColumnPointers& rows, std::size_t count, std::size_t most);
  std::span<const Quad> take_present(const Quad& base_row, std::size_t most);
  void merge_rows(QuadColumns& out, std::size_t limit);
  void decode_block();
  bool is_of_other_graph(const Quad& row) const;
  void pass_other_graphs();
  const Quad& delta_row() const;
  DeltaState delta_state() const;
  void next_delta();
  std::size_t place_of(const Quad& row) const;
  void emit_base(std::size_t to, QuadColumns& out, std::size_t limit);
  static void emit(std::span<const Quad> rows, QuadColumns& out);
  void append_block(ColumnRuns& out, std::size_t columns);
  std::size_t constant_columns(std::size_t columns) const;
  void append_merged(ColumnRuns& out, std::size_t columns);

  BasePtr base_;
  std::shared_ptr<const DeltaImage> delta_;
  QuadOrder order_;
  PrefixRange range_;
  BasePosition at_{}, end_{};
  ScanWork work_{};
  DeltaPosition delta_at_{}, delta_end_{};

  QuadBlockPtr block_{};  // the block at hand: number open_block_
  std::size_t open_block_ = kNone;

  std::vector<RowEdit> edits_{};  // of the rows at hand
  QuadColumns merged_{};          // rows on the way to runs
  std::vector<std::uint32_t> run_ends_{};

  // The rows [decoded_from_, decoded_to_) of block decoded_block_, where they must be looked at.
  std::size_t decoded_block_ = kNone, decoded_from_ = 0, decoded_to_ = 0;
  std::array<std::vector<TermId>, 4> decoded_{};
};

}  // namespace tripten
