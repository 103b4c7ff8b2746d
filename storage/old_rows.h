// OldRows: the quads of a state in one order, one at a time. Belongs to one thread.
#pragma once

#include <memory>
#include <stop_token>

#include "tripten/error.h"

#include "storage/scan_source.h"
#include "storage/store_state.h"

namespace tripten {

class OldRows {
 public:
  /// A stop is Cancelled, within a block's rows.
  OldRows(const StoreState& state, QuadOrder order, std::stop_token stop = {})
      : scan_(std::make_unique<QuadScan::Source>(state.base, state.delta, order, QuadPattern{})),
        stop_(std::move(stop)) {
    read();
  }

  bool at_end() const { return rows_.rows == 0; }
  const Quad& row() const { return row_; }
  void next() {
    if (++at_ == rows_.rows)
      read();
    else
      set_row();
  }

 private:
  void read() {
    if (stop_.stop_requested()) throw Error(ErrorCode::Cancelled, "it was given up");
    at_ = 0;
    if (scan_.next(rows_)) set_row();
  }
  void set_row() {
    for (std::size_t c = 0; c < row_.terms.size(); ++c)
      row_.terms[c] = rows_.columns[c][at_];
  }

  QuadScan scan_;
  std::stop_token stop_;
  QuadColumns rows_{};
  std::size_t at_ = 0;
  Quad row_{};
};

}  // namespace tripten
