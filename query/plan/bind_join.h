// BindJoin: any join whose right side is a whole plan, run for the keys of some left rows at a
// time.
//
//   BindJoin               pulls a chunk of rows from left, and opens the join again for it:
//     left
//     HashJoin ...         of the chunk
//       ChunkRows          gives the rows of the chunk
//       right side's plan  is joined with ...
//         ChunkKeys        ... which gives the different keys of the chunk
//
// Right rows with other keys are compatible with no row of the chunk, so leaving them out changes
// no kind of join. Chunks begin with one batch and grow, so that the first rows come soon.
#pragma once

#include <memory>
#include <vector>

#include "query/exec/operators.h"
#include "query/exec/row_set.h"
#include "query/exec/row_table.h"

namespace tripten {

/// The rows at hand, shared by the operators of one BindJoin.
struct Chunk {
  Schema schema{};                  ///< Left's.
  std::vector<std::size_t> keys{};  ///< Columns that left always binds.
  RowTable rows{};
  RowSet different_keys{};
};

/// Gives the chunk's rows; ordered and bound as left is.
OperatorPtr chunk_rows(std::shared_ptr<const Chunk> chunk, const Operator& left);
/// Gives the chunk's different keys.
OperatorPtr chunk_keys(std::shared_ptr<const Chunk> chunk);
/// `join` gives the result for the rows of `chunk`.
OperatorPtr bind_join(OperatorPtr left, std::shared_ptr<Chunk> chunk, OperatorPtr join);

}  // namespace tripten
