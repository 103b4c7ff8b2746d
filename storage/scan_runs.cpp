// QuadScan::next_runs: rows that are equal in their first columns, as one row and a count.
//
//   metadata  low = high in these columns: the whole block is one run, unread
//   one column varies, kept as runs: a step a run; packed: its ids are compared
//   several vary, or the delta has rows among them: rows are compared with the ones before
#include <algorithm>

#include "storage/scan_source.h"

namespace tripten {
namespace {

/// Adds rows to the last run, where it is the same, or as a new one.
void append_run(const std::array<TermId, 4>& ids, std::uint64_t rows, std::size_t columns,
                ColumnRuns& out) {
  const auto is_same = [&](std::size_t c) { return out.columns[c].back() == ids[c]; };
  bool same = out.runs > 0;
  for (std::size_t c = 0; c < columns && same; ++c)
    same = is_same(c);
  if (same) {
    out.counts.back() += rows;
    return;
  }
  for (std::size_t c = 0; c < columns; ++c)
    out.columns[c].push_back(ids[c]);
  out.counts.push_back(rows);
  ++out.runs;
}

}  // namespace

void append_runs(const QuadColumns& rows, std::size_t columns, ColumnRuns& out) {
  const auto changes = [&](std::size_t row) {
    for (std::size_t c = columns; c-- > 0;)
      if (rows.columns[c][row] != rows.columns[c][row - 1]) return true;
    return false;
  };
  for (std::size_t row = 0; row < rows.rows;) {
    const std::size_t begin = row++;
    while (row < rows.rows && !changes(row))
      ++row;
    std::array<TermId, 4> ids{};
    for (std::size_t c = 0; c < columns; ++c)
      ids[c] = rows.columns[c][begin];
    append_run(ids, row - begin, columns, out);
  }
}

/// How many of the first columns are the same in all rows of the block that are left.
std::size_t QuadScan::Source::constant_columns(std::size_t columns) const {
  std::size_t count = 0;
  while (count < columns &&
         block_->column(count).at(at_.row) == block_->column(count).at(block_end() - 1))
    ++count;
  return count;
}

/// The rest of a plain block.
void QuadScan::Source::append_block(ColumnRuns& out, std::size_t columns) {
  const std::size_t from = at_.row, to = block_end();
  bool is_one = true;
  for (std::size_t c = 0; c < columns && is_one; ++c)
    is_one = meta().low[c] == meta().high[c];
  if (is_one) {
    append_run(meta().low, to - from, columns, out);
    leave_block();
    return;
  }
  open_block();
  const std::size_t constant = constant_columns(columns);
  if (constant + 1 >= columns) {
    std::array<TermId, 4> ids{};
    for (std::size_t c = 0; c < constant; ++c)
      ids[c] = block_->column(c).at(from);
    if (constant == columns) {
      append_run(ids, to - from, columns, out);
    } else {
      std::vector<TermId>& values = merged_.columns[constant];
      block_->column(constant).runs(from, to, values, run_ends_);
      ids[constant] = values.front();
      append_run(ids, run_ends_.front() - from, columns, out);
      for (std::size_t c = 0; c < constant; ++c)
        out.columns[c].insert(out.columns[c].end(), values.size() - 1, ids[c]);
      out.columns[constant].insert(out.columns[constant].end(), values.begin() + 1, values.end());
      for (std::size_t i = 1; i < values.size(); ++i)
        out.counts.push_back(run_ends_[i] - run_ends_[i - 1]);
      out.runs += values.size() - 1;
    }
  } else {
    for (std::size_t c = 0; c < columns; ++c) {
      merged_.columns[c].resize(to - from);
      block_->column(c).decode(from, to, merged_.columns[c].data());
    }
    merged_.rows = to - from;
    append_runs(merged_, columns, out);
  }
  leave_block();
}

/// Of a block with rows of other graphs, or of the delta.
void QuadScan::Source::append_merged(ColumnRuns& out, std::size_t columns) {
  constexpr std::size_t kPart = 4096;
  merged_.rows = 0;
  if (is_of_one_graph())
    merge_block(merged_, kPart);
  else
    merge_rows(merged_, kPart);
  append_runs(merged_, columns, out);
}

bool QuadScan::Source::next_runs(ColumnRuns& out, std::size_t columns, std::size_t limit) {
  for (auto& column : out.columns)
    column.clear();
  out.counts.clear();
  out.runs = 0;
  // The caller asks its interrupt between calls.
  constexpr std::size_t kMostBlocks = 64;
  for (std::size_t blocks = 0; out.runs < limit && (out.runs == 0 || blocks < kMostBlocks);) {
    pass_other_graphs();
    if (!base_is_at_end()) {
      if (skip_block()) continue;
      ++blocks;
      if (is_of_one_graph() && is_plain())
        append_block(out, columns);
      else
        append_merged(out, columns);
      continue;
    }
    if (delta_is_at_end()) break;
    if (delta_state() == DeltaState::Present) append_run(delta_row().terms, 1, columns, out);
    next_delta();
  }
  return out.runs > 0;
}

}  // namespace tripten
