#include "query/exec/row_partitions.h"

namespace tripten {

namespace {

constexpr std::size_t kPartBlockRows = 256;  // many parts are written side by side

}  // namespace

RowPartitions::RowPartitions(std::size_t width, int level, QueryContext& context) : level_(level) {
  const std::shared_ptr<SpillFile> file = make_spill_file(context);
  for (auto& part : parts_)
    part = std::make_unique<SpilledRows>(file, width, context.budget, kPartBlockRows);
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
