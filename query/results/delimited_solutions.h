// DelimitedSolutions: what the readers of CSV and TSV have in common, rows of cells.
//
// The first row has the variables. Every other row has as many cells, an empty one for what is
// unbound. A document that is one row `true` or `false` is the answer of an ASK.
#pragma once

#include <string>

#include "query/results/reader_parts.h"
#include "query/results/solution_source.h"

namespace tripten {

struct Cell {
  std::string text{};
  bool quoted = false;    ///< CSV: its quotes are taken off.
  bool ends_row = false;  ///< A line break or the end of the document follows.
};

class DelimitedSolutions {
 public:
  explicit DelimitedSolutions(Input& input) : source_(input), row_(source_) {}
  virtual ~DelimitedSolutions() = default;

  void read(SolutionSink& sink);

 protected:
  /// The next cell and what ends it. The source's mark is at its first byte.
  virtual void next(Cell& cell) = 0;
  virtual std::string variable_of(const Cell& cell) const = 0;
  virtual Term term_of(const Cell& cell) const = 0;

  SolutionSource& source() { return source_; }
  const SolutionSource& source() const { return source_; }

 private:
  bool read_head(SolutionSink& sink);
  void read_row();

  SolutionSource source_;
  SolutionRow row_;
  Cell cell_{};
};

}  // namespace tripten
