#include "storage/scan_source.h"

#include <algorithm>

#include "base/check.h"

namespace tripten {

PrefixRange prefix_range(QuadOrder order, const QuadPattern& pattern) {
  const Quad columns = to_order(pattern, order);
  const bool is_graph_last = order != QuadOrder::Gspo;
  PrefixRange range;
  range.high.terms.fill(TermId(~std::uint64_t{0}));
  std::size_t bound = 0;
  for (; bound < columns.terms.size() && columns.terms[bound]; ++bound)
    range.low.terms[bound] = range.high.terms[bound] = columns.terms[bound];
  for (std::size_t c = bound; c < columns.terms.size(); ++c) {
    if (!columns.terms[c]) continue;
    check(is_graph_last && c == 3, "a scan's pattern does not fit its order");
    range.graph = columns.terms[c];
  }
  if (bound == columns.terms.size()) range.high.terms[3] = TermId(columns.terms[3].bits() + 1);
  return range;
}

QuadScan::Source::Source(BasePtr base, std::shared_ptr<const DeltaImage> delta, QuadOrder order,
                         const QuadPattern& pattern)
    : base_(std::move(base)),
      delta_(std::move(delta)),
      order_(order),
      range_(prefix_range(order, pattern)) {
  at_ = base_->lower_bound(order_, range_.low);
  end_ = base_->lower_bound(order_, range_.high);
  if (!delta_->empty()) {
    delta_at_ = delta_->lower_bound(order_, range_.low);
    delta_end_ = delta_->lower_bound(order_, range_.high);
  }
}

std::size_t QuadScan::Source::block_end() const {
  return at_.block == end_.block ? end_.row : base_->index(order_).blocks()[at_.block].rows;
}

/// Passes a block that has nothing of the graph, unread.
bool QuadScan::Source::skip_block() {
  if (!range_.graph) return false;
  const BlockMeta& meta = base_->index(order_).blocks()[at_.block];
  if (meta.low[kGraphColumn] <= *range_.graph && *range_.graph <= meta.high[kGraphColumn])
    return false;
  at_ = {at_.block + 1, 0};
  return true;
}

void QuadScan::Source::decode_block() {
  if (decoded_block_ == at_.block && decoded_from_ <= at_.row) return;
  const QuadBlockPtr block = base_->block(order_, at_.block);
  decoded_block_ = at_.block;
  decoded_from_ = at_.row;
  decoded_to_ = block_end();
  for (std::size_t c = 0; c < decoded_.size(); ++c) {
    decoded_[c].resize(decoded_to_ - decoded_from_);
    block->column(c).decode(decoded_from_, decoded_to_, decoded_[c].data());
  }
}

const Quad& QuadScan::Source::delta_row() const {
  return delta_->chunks(order_)[delta_at_.chunk]->rows[delta_at_.row];
}

DeltaState QuadScan::Source::delta_state() const {
  return delta_->chunks(order_)[delta_at_.chunk]->states[delta_at_.row];
}

void QuadScan::Source::next_delta() {
  if (++delta_at_.row == delta_->chunks(order_)[delta_at_.chunk]->rows.size())
    delta_at_ = {delta_at_.chunk + 1, 0};
}

void QuadScan::Source::pass_other_graphs() {
  if (!range_.graph) return;
  while (!delta_is_at_end() && delta_row().terms[kGraphColumn] != *range_.graph)
    next_delta();
}

/// Where a row of the delta belongs among the decoded rows of the block that are still to come.
std::size_t QuadScan::Source::place_of(const Quad& row) const {
  if (row > base_->index(order_).blocks()[at_.block].last) return decoded_to_;
  std::size_t low = at_.row, high = decoded_to_;
  while (low < high) {
    const std::size_t middle = (low + high) / 2, index = middle - decoded_from_;
    const Quad there{
        {decoded_[0][index], decoded_[1][index], decoded_[2][index], decoded_[3][index]}};
    if (there < row)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/// Rows of the decoded block up to `to`, as far as the limit allows.
void QuadScan::Source::emit_base(std::size_t to, QuadColumns& out, std::size_t limit) {
  const auto from = static_cast<std::ptrdiff_t>(at_.row - decoded_from_);
  if (!range_.graph) {
    const std::size_t count = std::min(to - at_.row, limit - out.rows);
    for (std::size_t c = 0; c < decoded_.size(); ++c) {
      const auto first = decoded_[c].begin() + from;
      out.columns[c].insert(out.columns[c].end(), first,
                            first + static_cast<std::ptrdiff_t>(count));
    }
    out.rows += count;
    at_.row += count;
    return;
  }
  for (; at_.row < to && out.rows < limit; ++at_.row) {
    const std::size_t index = at_.row - decoded_from_;
    if (decoded_[kGraphColumn][index] != *range_.graph) continue;
    for (std::size_t c = 0; c < decoded_.size(); ++c)
      out.columns[c].push_back(decoded_[c][index]);
    ++out.rows;
  }
}

void QuadScan::Source::emit(const Quad& row, QuadColumns& out) {
  for (std::size_t c = 0; c < row.terms.size(); ++c)
    out.columns[c].push_back(row.terms[c]);
  ++out.rows;
}

bool QuadScan::Source::next(QuadColumns& out, std::size_t limit) {
  for (auto& column : out.columns)
    column.clear();
  out.rows = 0;
  while (out.rows < limit) {
    pass_other_graphs();
    if (base_is_at_end()) {
      if (delta_is_at_end()) break;
      if (delta_state() == DeltaState::Present) emit(delta_row(), out);
      next_delta();
      continue;
    }
    if (skip_block()) continue;
    decode_block();
    const std::size_t end = block_end();
    const std::size_t place = delta_is_at_end() ? end : place_of(delta_row());
    emit_base(place, out, limit);
    if (at_.row < place) break;  // the limit
    if (at_.row == end) {
      if (at_.block == end_.block)
        at_ = end_;
      else
        at_ = {at_.block + 1, 0};
    } else if (delta_state() == DeltaState::Deleted) {
      ++at_.row;  // a deleted row is one of the base
      next_delta();
    } else if (out.rows < limit) {
      emit(delta_row(), out);
      next_delta();
    }
  }
  return out.rows > 0;
}

void QuadScan::Source::seek(const Quad& row) {
  if (!base_is_at_end()) {
    const BlockMeta& meta = base_->index(order_).blocks()[at_.block];
    if (row > meta.last || row <= meta.first || decoded_block_ != at_.block ||
        decoded_from_ > at_.row)
      at_ = std::min(end_, std::max(at_, base_->lower_bound(order_, row)));
    else
      at_.row = place_of(row);
    if (at_.block < end_.block && at_.row == base_->index(order_).blocks()[at_.block].rows)
      at_ = {at_.block + 1, 0};
  }
  if (!delta_is_at_end())
    delta_at_ = std::min(delta_end_, std::max(delta_at_, delta_->lower_bound(order_, row)));
}

}  // namespace tripten
