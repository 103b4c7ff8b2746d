// PrefixReader: goes once through a scan and picks the rows with given values in some columns,
// given in ascending order.
#pragma once

#include "query/exec/graph_scan.h"

namespace tripten {

class PrefixReader {
 public:
  /// Prefixes are compared in the columns [from, to) of the scan's order; those before `from` are
  /// the same in all its rows. An empty range takes all rows.
  PrefixReader(GraphScan scan, std::size_t from, std::size_t to)
      : scan_(std::move(scan)),
        from_(from),
        to_(to) {}

  /// Gives the next rows() [begin, end) that have the prefix; false where there are no more of
  /// them. A new prefix must not be below the last one. Rows of a prefix may come in several parts.
  bool next(const Quad& prefix, std::size_t& begin, std::size_t& end);

  const QuadColumns& rows() const { return rows_; }

 private:
  int compare(const Quad& prefix, std::size_t row) const;
  bool refill();

  GraphScan scan_;
  std::size_t from_, to_;
  QuadColumns rows_{};
  std::size_t at_ = 0;          // rows before are done
  std::size_t limit_ = 0;       // of the last read: grows while a prefix goes on
  std::size_t first_read_ = 8;  // rows to read behind a seek
  bool ended_ = false;
};

}  // namespace tripten
