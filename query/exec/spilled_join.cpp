#include "query/exec/spilled_join.h"

#include <algorithm>

#include "base/grow.h"
#include "query/exec/row_hash.h"

namespace tripten {

namespace {

constexpr std::size_t kLeastRows = 1024;  // in a table; fewer are not worth the disk
constexpr std::size_t kIndexBytes = 40;   // of a row: up to four slots, and a link

}  // namespace

SpilledJoin::SpilledJoin(Side table, Side looked_up, QueryContext& context)
    : context_(context),
      table_(std::move(table), context),
      looked_up_(std::move(looked_up), context),
      lease_(context.budget) {}

bool SpilledJoin::is_short(std::size_t rows, std::size_t width, const QueryContext& context) {
  const std::size_t bytes = rows * (width * sizeof(TermId) + kIndexBytes);
  return context.spill && rows >= kLeastRows && context.budget.is_short(bytes, bytes);
}

void SpilledJoin::append(Input& input, const Batch& rows) {
  std::vector<const Column*> keys;
  for (const std::size_t column : input.side.keys)
    keys.push_back(&rows.columns[column]);
  hash_rows(keys, rows.rows, hashes_);
  input.parts.append(rows, hashes_);
}

void SpilledJoin::finish() {
  for (Input* input : {&table_, &looked_up_}) {
    input->parts.finish();
    for (std::size_t part = 0; part < RowPartitions::kCount; ++part)
      bytes_ += input->parts.part(part).bytes();
  }
}

/// Goes to the next part that has rows to look up.
bool SpilledJoin::begin_part() {
  table_reader_.reset();
  looked_up_reader_.reset();
  while (part_ < RowPartitions::kCount && looked_up_.parts.part(part_).rows() == 0)
    ++part_;
  if (part_ == RowPartitions::kCount) return false;
  table_reader_.emplace(table_.parts.part(part_), context_.budget);
  if (!table_reader_->next(ahead_)) ahead_.rows = 0;
  release(matches_);
  lease_.resize(0);
  ++part_;
  return true;
}

bool SpilledJoin::next_piece(JoinTable& table) {
  if (is_last_piece_ && !begin_part()) return false;
  const SpilledRows& rows = looked_up_.parts.part(part_ - 1);
  is_last_piece_ = ahead_.rows == 0;
  while (!is_last_piece_) {
    context_.interrupt.check();
    table.append(ahead_);
    is_last_piece_ = !table_reader_->next(ahead_);
    if (is_last_piece_) ahead_.rows = 0;
    if (is_short(table.rows().rows(), table_.side.width, context_)) break;
  }
  table.finish();
  ++pieces_;
  if (!is_last_piece_ && matches_.empty()) {
    lease_.resize(rows.rows());
    matches_.assign(rows.rows(), None);
  }
  looked_up_reader_.emplace(rows, context_.budget);
  begin_ = end_ = 0;
  return true;
}

bool SpilledJoin::next(Batch& rows, std::vector<std::uint8_t>& matches) {
  if (!looked_up_reader_ || !looked_up_reader_->next(rows)) return false;
  begin_ = end_;
  end_ = begin_ + rows.rows;
  matches.assign(rows.rows, None);
  for (std::size_t row = 0; row < rows.rows && !matches_.empty(); ++row)
    if (matches_[begin_ + row] != None) matches[row] = Earlier;
  return true;
}

void SpilledJoin::note(const std::vector<std::uint8_t>& matches) {
  if (!matches_.empty())
    std::copy(matches.begin(), matches.end(),
              matches_.begin() + static_cast<std::ptrdiff_t>(begin_));
}

}  // namespace tripten
