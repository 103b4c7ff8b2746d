// The order of rows by the ranks of their keys (query/exec/term_ranks.h).
#pragma once

#include <cstdint>
#include <vector>

#include "base/interrupt.h"
#include "query/exec/row_table.h"

namespace tripten {

/// Of each row of one key; numbers without large gaps sort fastest.
using Ranks = std::vector<std::uint32_t>;

/// The numbers of all rows, by the first key's rank, then by the second's, ...; rows that are equal
/// in all of them stay in their order. Each of `keys` has `rows` ranks. Takes 8 bytes a row while
/// it runs, and a pass over the rows for each 11 bits of the largest rank of each key (radix sort
/// from the last digit on: Knuth, The Art of Computer Programming, volume 3, §5.2.5).
std::vector<RowNumber> order_by_ranks(const std::vector<Ranks>& keys, std::size_t rows,
                                      const Interrupt& interrupt);

}  // namespace tripten
