#include "storage/delta.h"

#include <algorithm>

#include "storage/keys.h"

namespace tripten {
namespace {

constexpr std::size_t kMostChunkRows = 512;

/// The chunk that a row belongs to: the last that starts at or before it, else the first.
std::size_t chunk_of(const DeltaChunks& chunks, const Quad& row) {
  const auto after =
      std::upper_bound(chunks.begin(), chunks.end(), row,
                       [](const Quad& value, const std::shared_ptr<DeltaChunk>& chunk) {
                         return value < chunk->rows.front();
                       });
  return after == chunks.begin() ? 0 : static_cast<std::size_t>(after - chunks.begin()) - 1;
}

std::size_t row_in(const DeltaChunk& chunk, const Quad& row) {
  return static_cast<std::size_t>(std::lower_bound(chunk.rows.begin(), chunk.rows.end(), row) -
                                  chunk.rows.begin());
}

int sign(DeltaState state) {
  return state == DeltaState::Present ? 1 : -1;
}

}  // namespace

std::optional<DeltaState> DeltaImage::find(const Quad& quad) const {
  if (empty()) return std::nullopt;
  const DeltaChunks& all = chunks(QuadOrder::Spog);
  const DeltaChunk& chunk = *all[chunk_of(all, quad)];
  const std::size_t row = row_in(chunk, quad);
  if (row == chunk.rows.size() || chunk.rows[row] != quad) return std::nullopt;
  return chunk.states[row];
}

DeltaPosition DeltaImage::lower_bound(QuadOrder order, const Quad& row) const {
  const DeltaChunks& all = chunks(order);
  if (all.empty()) return {};
  const std::size_t chunk = chunk_of(all, row);
  const std::size_t inside = row_in(*all[chunk], row);
  if (inside == all[chunk]->rows.size()) return {chunk + 1, 0};
  return {chunk, inside};
}

std::int64_t DeltaImage::net(QuadOrder order, DeltaPosition from, DeltaPosition to) const {
  const DeltaChunks& all = chunks(order);
  std::int64_t sum = 0;
  while (from < to) {
    const DeltaChunk& chunk = *all[from.chunk];
    const bool ends_here = from.chunk == to.chunk;
    const std::size_t end = ends_here ? to.row : chunk.rows.size();
    if (from.row == 0 && end == chunk.rows.size()) {
      sum += chunk.net;
    } else {
      for (std::size_t i = from.row; i < end; ++i)
        sum += sign(chunk.states[i]);
    }
    from = {from.chunk + 1, 0};
  }
  return sum;
}

void DeltaImage::each(QuadOrder order, DeltaPosition from, DeltaPosition to,
                      const std::function<void(const Quad&, DeltaState)>& visit) const {
  const DeltaChunks& all = chunks(order);
  for (; from < to; from = {from.chunk + 1, 0}) {
    const DeltaChunk& chunk = *all[from.chunk];
    const std::size_t end = from.chunk == to.chunk ? to.row : chunk.rows.size();
    for (std::size_t i = from.row; i < end; ++i)
      visit(chunk.rows[i], chunk.states[i]);
  }
}

DeltaChunks& DeltaImage::own_chunks(QuadOrder order, std::uint64_t edit) {
  const auto index = static_cast<std::size_t>(order);
  if (owner_[index] != edit) {
    orders_[index] = std::make_shared<DeltaChunks>(*orders_[index]);
    owner_[index] = edit;
  }
  return *orders_[index];
}

DeltaChunk& DeltaImage::own_chunk(DeltaChunks& chunks, std::size_t index, std::uint64_t edit) {
  if (chunks[index]->edit != edit) {
    chunks[index] = std::make_shared<DeltaChunk>(*chunks[index]);
    chunks[index]->edit = edit;
  }
  return *chunks[index];
}

void DeltaImage::set_in(QuadOrder order, const Quad& row, DeltaState state, std::uint64_t edit) {
  DeltaChunks& all = own_chunks(order, edit);
  if (all.empty()) {
    all.push_back(std::make_shared<DeltaChunk>(
        DeltaChunk{.edit = edit, .rows = {row}, .states = {state}, .net = sign(state)}));
    return;
  }
  const std::size_t index = chunk_of(all, row);
  DeltaChunk& chunk = own_chunk(all, index, edit);
  const std::size_t at = row_in(chunk, row);
  const auto offset = static_cast<std::ptrdiff_t>(at);
  if (at < chunk.rows.size() && chunk.rows[at] == row) {
    chunk.net += sign(state) - sign(chunk.states[at]);
    chunk.states[at] = state;
    return;
  }
  chunk.rows.insert(chunk.rows.begin() + offset, row);
  chunk.states.insert(chunk.states.begin() + offset, state);
  chunk.net += sign(state);
  if (chunk.rows.size() <= kMostChunkRows) return;
  // Rows that arrive in order fill the chunks; others split them in the middle.
  const bool at_end = at + 1 == chunk.rows.size();
  const auto keep = static_cast<std::ptrdiff_t>(at_end ? at : kMostChunkRows / 2);
  auto upper = std::make_shared<DeltaChunk>(DeltaChunk{.edit = edit});
  upper->rows.assign(chunk.rows.begin() + keep, chunk.rows.end());
  upper->states.assign(chunk.states.begin() + keep, chunk.states.end());
  chunk.rows.resize(static_cast<std::size_t>(keep));
  chunk.states.resize(static_cast<std::size_t>(keep));
  for (const DeltaState each_state : upper->states)
    upper->net += sign(each_state);
  chunk.net -= upper->net;
  all.insert(all.begin() + static_cast<std::ptrdiff_t>(index) + 1, std::move(upper));
}

void DeltaImage::remove_in(QuadOrder order, const Quad& row, std::uint64_t edit) {
  DeltaChunks& all = own_chunks(order, edit);
  const std::size_t index = chunk_of(all, row);
  DeltaChunk& chunk = own_chunk(all, index, edit);
  const std::size_t at = row_in(chunk, row);
  const auto offset = static_cast<std::ptrdiff_t>(at);
  chunk.net -= sign(chunk.states[at]);
  chunk.rows.erase(chunk.rows.begin() + offset);
  chunk.states.erase(chunk.states.begin() + offset);
  if (chunk.rows.empty()) all.erase(all.begin() + static_cast<std::ptrdiff_t>(index));
}

void DeltaImage::set(const Quad& quad, DeltaState state, std::uint64_t edit) {
  rows_ += !find(quad);
  for (int order = 0; order < kQuadOrders; ++order)
    set_in(static_cast<QuadOrder>(order), to_order(quad, static_cast<QuadOrder>(order)), state,
           edit);
}

void DeltaImage::remove(const Quad& quad, std::uint64_t edit) {
  if (!find(quad)) return;
  for (int order = 0; order < kQuadOrders; ++order)
    remove_in(static_cast<QuadOrder>(order), to_order(quad, static_cast<QuadOrder>(order)), edit);
  --rows_;
}

/// The rows that only one image has. One that came after the fold is as it was; one that went after
/// it was undone: what the fold put into the base is deleted, what it left out is there.
DeltaImage DeltaImage::rebased(const DeltaImage& folded, const DeltaImage& now,
                               std::uint64_t edit) {
  DeltaImage image;
  const DeltaChunks& before = folded.chunks(QuadOrder::Spog);
  const DeltaChunks& after = now.chunks(QuadOrder::Spog);
  DeltaPosition old_at, new_at;
  const auto step = [](const DeltaChunks& chunks, DeltaPosition& at) {
    if (++at.row == chunks[at.chunk]->rows.size()) at = {at.chunk + 1, 0};
  };
  while (old_at.chunk < before.size() || new_at.chunk < after.size()) {
    const bool has_old = old_at.chunk < before.size(), has_new = new_at.chunk < after.size();
    if (has_old && has_new && old_at.row == 0 && new_at.row == 0 &&
        before[old_at.chunk] == after[new_at.chunk]) {
      old_at = {old_at.chunk + 1, 0};
      new_at = {new_at.chunk + 1, 0};
      continue;
    }
    const Quad* old_row = has_old ? &before[old_at.chunk]->rows[old_at.row] : nullptr;
    const Quad* new_row = has_new ? &after[new_at.chunk]->rows[new_at.row] : nullptr;
    if (old_row && new_row && *old_row == *new_row) {
      step(before, old_at);
      step(after, new_at);
    } else if (new_row && (!old_row || *new_row < *old_row)) {
      image.set(*new_row, after[new_at.chunk]->states[new_at.row], edit);
      step(after, new_at);
    } else {
      const bool was_present = before[old_at.chunk]->states[old_at.row] == DeltaState::Present;
      image.set(*old_row, was_present ? DeltaState::Deleted : DeltaState::Present, edit);
      step(before, old_at);
    }
  }
  return image;
}

void clear_delta(const Rocks& rocks, const DeltaImage& image, rocksdb::WriteBatch& batch) {
  constexpr auto kOrder = QuadOrder::Spog;
  image.each(kOrder, image.begin(), image.end(kOrder), [&](const Quad& quad, DeltaState) {
    batch.Delete(rocks.family(Family::Delta), delta_key(quad));
  });
}

void write_delta(const Rocks& rocks, const DeltaImage& image, rocksdb::WriteBatch& batch) {
  constexpr auto kOrder = QuadOrder::Spog;
  image.each(kOrder, image.begin(), image.end(kOrder), [&](const Quad& quad, DeltaState state) {
    const char value = static_cast<char>(state);
    batch.Put(rocks.family(Family::Delta), delta_key(quad), rocksdb::Slice(&value, 1));
  });
}

}  // namespace tripten
