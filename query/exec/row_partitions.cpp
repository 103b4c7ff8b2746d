#include "query/exec/row_partitions.h"

#include <algorithm>

namespace tripten {

namespace {

/// Many parts are written side by side: small blocks, and all buffers together a hundredth of the
/// memory.
std::size_t block_rows(std::size_t width, const MemoryBudget& budget) {
  constexpr std::size_t kLeast = 32, kMost = 256;
  const std::size_t row_bytes = SpilledRows::buffer_bytes(width, 1) * RowPartitions::kCount;
  return std::clamp(budget.limit() / 100 / row_bytes, kLeast, kMost);
}

}  // namespace

RowPartitions::RowPartitions(std::size_t width, int level, QueryContext& context) : level_(level) {
  const std::shared_ptr<SpillFile> file = make_spill_file(context);
  for (auto& part : parts_)
    part = std::make_unique<SpilledRows>(file, width, context.budget,
                                         block_rows(width, context.budget));
}

void RowPartitions::append(const Batch& rows, const std::vector<std::uint64_t>& hashes) {
  for (auto& chosen : chosen_)
    chosen.clear();
  for (std::size_t row = 0; row < rows.rows; ++row)
    chosen_[part_of(hashes[row])].push_back(static_cast<std::uint32_t>(row));
  for (std::size_t part = 0; part < kCount; ++part)
    parts_[part]->append_gathered(rows.columns, chosen_[part], 0, chosen_[part].size());
}

void RowPartitions::finish() {
  for (auto& part : parts_)
    part->finish();
}

}  // namespace tripten
