// Hashes of rows, computed a column at a time.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "query/expr/batch.h"

namespace tripten {

/// Folds one more column's value into a row's hash; the first column starts from 0.
inline std::uint64_t mix_hash(std::uint64_t hash, TermId value) {
  return std::hash<TermId>{}(TermId(value.bits() + hash * 0x9e3779b97f4a7c15ULL));
}

/// Replaces `hashes` by those of the rows [0, rows) over `columns`; no columns give zeros.
inline void hash_rows(std::span<const Column* const> columns, std::size_t rows,
                      std::vector<std::uint64_t>& hashes) {
  hashes.assign(rows, 0);
  for (const Column* column : columns) {
    const TermId* values = column->data();
    for (std::size_t row = 0; row < rows; ++row)
      hashes[row] = mix_hash(hashes[row], values[row]);
  }
}

}  // namespace tripten
