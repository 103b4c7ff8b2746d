// PatternShape: which variable stands where in a scan pattern, and which places hold constants.
#pragma once

#include <array>
#include <utility>
#include <vector>

#include "query/exec/operators.h"
#include "query/expr/batch.h"

namespace tripten {

constexpr std::size_t kGraphPosition = 3;  ///< Positions of a quad: 0 subject .. 3 graph.

struct PatternShape {
  explicit PatternShape(const ScanPattern& pattern);

  Schema schema{};  ///< Each variable once, in the order subject, predicate, object, graph.
  std::array<int, 4> variable{-1, -1, -1, -1};  ///< Position → column of `schema`, -1 for none.
  QuadPattern constants{};                      ///< The triple's; the graph stays unbound.

  /// The first position of a variable.
  std::size_t position(std::size_t column) const;
};

/// Pairs of columns of `order` that must be equal: where a variable outside `bound` (a bit a column
/// of the schema) stands twice.
std::vector<std::pair<std::size_t, std::size_t>> equal_columns(const PatternShape& shape,
                                                               QuadOrder order,
                                                               std::uint32_t bound);

/// The column of `order` that holds a position of the quad.
std::size_t column_of(QuadOrder order, std::size_t position);

}  // namespace tripten
