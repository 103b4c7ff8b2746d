// Edits of decoded rows: how the rows of the delta go among those of a block, in place.
//
//   rows   a b c d e        edits   insert x y at 1, delete at 3
//   then   a x y b c e
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "storage/quad.h"

namespace tripten {

/// Some rows more, or one less. Edits are by place, an insertion before a deletion at the same one.
struct RowEdit {
  std::size_t place = 0;                ///< Among the rows before any edit.
  std::span<const Quad> inserted = {};  ///< None: the row at the place goes.

  bool is_deletion() const { return inserted.empty(); }
};

using ColumnPointers = std::array<const TermId*, 4>;

/// The first of the sorted rows [from, to) that is not below `row`.
std::size_t find_row(const ColumnPointers& columns, std::size_t from, std::size_t to,
                     const Quad& row);

/// Edits one column of `rows` rows, behind which there is room for what is inserted.
void apply_edits(std::span<const RowEdit> edits, std::size_t column, std::size_t rows, TermId* ids);

}  // namespace tripten
