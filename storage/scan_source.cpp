#include "storage/scan_source.h"

#include <algorithm>

#include "base/check.h"

namespace tripten {
namespace {

constexpr Quad kAboveAll{{TermId(~std::uint64_t{0}), TermId(~std::uint64_t{0}),
                          TermId(~std::uint64_t{0}), TermId(~std::uint64_t{0})}};

/// Where `count` more rows go in a column, which may keep old ids behind out.rows.
TermId* room_for(std::size_t count, std::size_t column, QuadColumns& out) {
  std::vector<TermId>& ids = out.columns[column];
  if (ids.size() < out.rows + count) ids.resize(out.rows + count);
  return ids.data() + out.rows;
}

}  // namespace

PrefixRange prefix_range(QuadOrder order, const QuadPattern& pattern) {
  const Quad columns = to_order(pattern, order);
  const bool is_graph_last = order != QuadOrder::Gspo;
  PrefixRange range;
  range.high.terms.fill(TermId(~std::uint64_t{0}));
  std::size_t bound = 0;
  for (; bound < columns.terms.size() && columns.terms[bound]; ++bound)
    range.low.terms[bound] = range.high.terms[bound] = columns.terms[bound];
  range.bound = bound;
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
  BaseRange rows = base_->prefix_range(order_, range_.low, range_.bound);
  at_ = rows.from;
  end_ = rows.to;
  block_ = std::move(rows.block);
  if (block_) {
    open_block_ = at_.block;
    ++work_.blocks_read;
  }
  if (!delta_->empty()) {
    delta_at_ = delta_->lower_bound(order_, range_.low);
    delta_end_ = delta_->lower_bound(order_, range_.high);
  }
}

/// Passes a block that has nothing of the graph, unread.
bool QuadScan::Source::skip_block() {
  if (!range_.graph) return false;
  if (meta().low[kGraphColumn] <= *range_.graph && *range_.graph <= meta().high[kGraphColumn])
    return false;
  at_ = {at_.block + 1, 0};
  ++work_.blocks_skipped;
  return true;
}

/// Whether all rows of the block are of the scan's graphs.
bool QuadScan::Source::is_of_one_graph() const {
  return !range_.graph || meta().low[kGraphColumn] == meta().high[kGraphColumn];
}

/// Whether the delta has nothing up to the block's end.
bool QuadScan::Source::is_plain() const {
  return delta_is_at_end() || delta_row() > meta().last;
}

void QuadScan::Source::open_block() {
  if (open_block_ == at_.block) return;
  block_ = base_->block(order_, at_.block);
  open_block_ = at_.block;
  ++work_.blocks_read;
}

/// After a seek from a block to the one at hand.
void QuadScan::Source::count_skipped(std::size_t from_block) {
  if (at_.block == from_block) return;
  work_.blocks_skipped += at_.block - from_block - (open_block_ == from_block ? 1 : 0);
}

void QuadScan::Source::leave_block() {
  at_ = at_.block == end_.block ? end_ : BasePosition{at_.block + 1, 0};
}

void QuadScan::Source::decode_block() {
  if (decoded_block_ == at_.block && decoded_from_ <= at_.row) return;
  open_block();
  decoded_block_ = at_.block;
  decoded_from_ = at_.row;
  decoded_to_ = block_end();
  for (std::size_t c = 0; c < decoded_.size(); ++c) {
    decoded_[c].resize(decoded_to_ - decoded_from_);
    block_->column(c).decode(decoded_from_, decoded_to_, decoded_[c].data());
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

bool QuadScan::Source::is_of_other_graph(const Quad& row) const {
  return range_.graph && row.terms[kGraphColumn] != *range_.graph;
}

void QuadScan::Source::pass_other_graphs() {
  while (!delta_is_at_end() && is_of_other_graph(delta_row()))
    next_delta();
}

/// Where a row of the delta belongs among the decoded rows of the block that are still to come.
std::size_t QuadScan::Source::place_of(const Quad& row) const {
  if (row > meta().last) return decoded_to_;
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
  const std::size_t from = at_.row - decoded_from_;
  std::size_t count = std::min(to - at_.row, limit - out.rows);
  if (!range_.graph) {
    for (std::size_t c = 0; c < decoded_.size(); ++c)
      std::copy_n(decoded_[c].data() + from, count, room_for(count, c, out));
    out.rows += count;
    at_.row += count;
    return;
  }
  for (; at_.row < to && out.rows < limit; ++at_.row) {
    const std::size_t index = at_.row - decoded_from_;
    if (decoded_[kGraphColumn][index] != *range_.graph) continue;
    const Quad row{
        {decoded_[0][index], decoded_[1][index], decoded_[2][index], decoded_[3][index]}};
    emit({&row, 1}, out);
  }
}

void QuadScan::Source::emit(std::span<const Quad> rows, QuadColumns& out) {
  for (std::size_t c = 0; c < out.columns.size(); ++c) {
    TermId* ids = room_for(rows.size(), c, out);
    for (const Quad& row : rows)
      *ids++ = row.terms[c];
  }
  out.rows += rows.size();
}

/// The rest of a plain block, straight into the columns.
void QuadScan::Source::copy_rows(QuadColumns& out, std::size_t limit) {
  open_block();
  const std::size_t count = std::min(block_end() - at_.row, limit - out.rows);
  for (std::size_t c = 0; c < out.columns.size(); ++c)
    block_->column(c).decode(at_.row, at_.row + count, room_for(count, c, out));
  out.rows += count;
  at_.row += count;
  if (at_.row == block_end()) leave_block();
}

/// Takes the rows of the delta that belong among `count` decoded rows, as long as there are no more
/// than `most` rows in all. Returns how many of the decoded rows that are.
std::size_t QuadScan::Source::collect_edits(const ColumnPointers& rows, std::size_t count,
                                            std::size_t most) {
  const auto row_at = [&](std::size_t at) {
    return Quad{{rows[0][at], rows[1][at], rows[2][at], rows[3][at]}};
  };
  const Quad last = row_at(count - 1);
  edits_.clear();
  std::size_t taken = 0, left = most;  // of the decoded rows; of all rows
  while (!delta_is_at_end() && delta_row() <= last) {
    const Quad& row = delta_row();
    if (is_of_other_graph(row)) {
      next_delta();
      continue;
    }
    const std::size_t place = find_row(rows, taken, count, row);
    if (place - taken >= left) return taken + left;
    left -= place - taken;
    taken = place;
    if (delta_state() == DeltaState::Deleted) {
      edits_.push_back({place});
      ++taken;
      next_delta();
    } else {
      const std::span<const Quad> inserted = take_present(row_at(place), left);
      edits_.push_back({place, inserted});
      left -= inserted.size();
    }
  }
  return taken + std::min(left, count - taken);
}

/// The rows of the delta's chunk at hand, which is present, and those present after it that are
/// below the row of the base; no more than `most`.
std::span<const Quad> QuadScan::Source::take_present(const Quad& base_row, std::size_t most) {
  const DeltaChunk& chunk = *delta_->chunks(order_)[delta_at_.chunk];
  const bool ends_here = delta_at_.chunk == delta_end_.chunk;
  const std::size_t from = delta_at_.row;
  const std::size_t end = std::min(ends_here ? delta_end_.row : chunk.rows.size(), from + most);
  std::size_t to = from + 1;
  while (to < end && chunk.states[to] == DeltaState::Present && chunk.rows[to] < base_row &&
         !is_of_other_graph(chunk.rows[to]))
    ++to;
  delta_at_.row = to - 1;
  next_delta();
  return std::span(chunk.rows).subspan(from, to - from);
}

/// The rest of a block and what the delta has among its rows, edited in place.
void QuadScan::Source::merge_block(QuadColumns& out, std::size_t limit) {
  open_block();
  const std::size_t count = std::min(block_end() - at_.row, limit - out.rows);
  const std::size_t most = std::min(limit - out.rows, count + delta_->rows());
  std::array<TermId*, 4> ids{};
  for (std::size_t c = 0; c < ids.size(); ++c) {
    ids[c] = room_for(most, c, out);
    block_->column(c).decode(at_.row, at_.row + count, ids[c]);
  }
  const std::size_t taken = collect_edits({ids[0], ids[1], ids[2], ids[3]}, count, most);
  std::size_t rows = taken;
  for (const RowEdit& edit : edits_)
    rows = rows + edit.inserted.size() - edit.is_deletion();
  for (std::size_t c = 0; c < ids.size(); ++c) {
    const std::optional<TermId> constant = block_->column(c).constant();
    const bool is_same =
        constant && std::all_of(edits_.begin(), edits_.end(), [&](const RowEdit& edit) {
          return std::all_of(edit.inserted.begin(), edit.inserted.end(),
                             [&](const Quad& row) { return row.terms[c] == *constant; });
        });
    if (is_same && rows > count)
      std::fill_n(ids[c] + count, rows - count, *constant);
    else if (!is_same)
      apply_edits(edits_, c, taken, ids[c]);
  }
  out.rows += rows;
  at_.row += taken;
  if (at_.row == block_end()) leave_block();
}

/// Of a block with rows of other graphs: those up to the next one of the delta, and that one.
void QuadScan::Source::merge_rows(QuadColumns& out, std::size_t limit) {
  decode_block();
  const std::size_t end = block_end();
  const std::size_t place = delta_is_at_end() ? end : place_of(delta_row());
  emit_base(place, out, limit);
  if (at_.row < place) return;  // the limit
  if (at_.row == end) {
    leave_block();
  } else if (delta_state() == DeltaState::Deleted) {
    ++at_.row;  // a deleted row is one of the base
    next_delta();
  } else if (out.rows < limit) {
    emit({&delta_row(), 1}, out);
    next_delta();
  }
}

bool QuadScan::Source::next(QuadColumns& out, std::size_t limit) {
  out.rows = 0;
  while (out.rows < limit) {
    pass_other_graphs();
    if (!base_is_at_end()) {
      if (skip_block()) continue;
      if (!is_of_one_graph())
        merge_rows(out, limit);
      else if (is_plain())
        copy_rows(out, limit);
      else
        merge_block(out, limit);
      continue;
    }
    if (delta_is_at_end()) break;
    if (delta_state() == DeltaState::Present)
      emit(take_present(kAboveAll, limit - out.rows), out);
    else
      next_delta();
  }
  for (auto& column : out.columns)
    column.resize(out.rows);
  return out.rows > 0;
}

void QuadScan::Source::seek(const Quad& row) {
  if (!base_is_at_end()) {
    const std::size_t from_block = at_.block;
    const bool is_here = meta().first < row && row <= meta().last;
    const bool is_decoded = decoded_block_ == at_.block && decoded_from_ <= at_.row;
    if (is_here && is_decoded)
      at_.row = place_of(row);
    else if (is_here && open_block_ == at_.block)
      at_ = std::min(end_, {at_.block, std::max(at_.row, block_->lower_bound(row))});
    else
      at_ = std::min(end_, std::max(at_, base_->lower_bound(order_, row)));
    if (at_.block < end_.block && at_.row == meta().rows) at_ = {at_.block + 1, 0};
    count_skipped(from_block);
  }
  if (!delta_is_at_end())
    delta_at_ = std::min(delta_end_, std::max(delta_at_, delta_->lower_bound(order_, row)));
}

}  // namespace tripten
