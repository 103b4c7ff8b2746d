#include "storage/base.h"

#include <algorithm>

#include <fmt/format.h>

#include "storage/checksum.h"
#include "storage/keys.h"

namespace tripten {
namespace {

[[noreturn]] void throw_damaged(const Rocks& rocks, QuadOrder order, const std::string& what) {
  throw Error(ErrorCode::Corrupt, fmt::format("{}: The database is damaged: order {}, {}",
                                              rocks.options().name, name_of(order), what));
}

/// Reads one value of an order, naming it in errors.
void read_part(const Rocks& rocks, Family family, const std::string& key, QuadOrder order,
               const std::string& what, const std::function<void(std::string_view)>& use) {
  bool found = false;
  try {
    found = rocks.read(family, key, use);
  } catch (const Error& error) {
    if (error.code != ErrorCode::Corrupt) throw;
    throw_damaged(rocks, order, fmt::format("{}: {}", what, error.what()));
  }
  if (!found) throw_damaged(rocks, order, fmt::format("{} is missing", what));
}

constexpr Quad kHighestRow = [] {
  Quad row;
  row.terms.fill(TermId(~std::uint64_t{0}));
  return row;
}();

}  // namespace

std::string_view name_of(QuadOrder order) {
  constexpr std::array<std::string_view, kQuadOrders> kNames{"SPOG", "SOPG", "PSOG", "POSG",
                                                             "OSPG", "OPSG", "GSPO"};
  return kNames[static_cast<std::size_t>(order)];
}

void remove_generation(Rocks& rocks, std::uint64_t generation) {
  rocks.remove_range(Family::Quads, generation_key(generation), generation_key(generation + 1));
  for (const IndexKind kind : {IndexKind::Quads, IndexKind::Groups, IndexKind::Sets})
    rocks.remove_range(Family::Indexes, index_prefix(kind, generation),
                       index_prefix(kind, generation + 1));
}

Base::Base(RocksPtr rocks, std::shared_ptr<QuadCache> cache, const Manifest& manifest)
    : rocks_(std::move(rocks)),
      cache_(std::move(cache)),
      manifest_(manifest) {
  load_groups(QuadOrder::Psog);
  load_groups(QuadOrder::Posg);
  if (manifest_.one_graph)
    groups_[static_cast<std::size_t>(QuadOrder::Gspo)] = {
        {manifest_.one_graph, manifest_.quads, 0}};
  else
    load_groups(QuadOrder::Gspo);
}

Base::~Base() {
  if (!is_obsolete_) return;
  try {
    remove_generation(*rocks_, manifest_.generation);
  } catch (const Error&) {
    // What stays is removed when the database is opened for writing again.
  }
}

void Base::load_order(QuadOrder order) const {
  LazyIndex& lazy = orders_[static_cast<std::size_t>(order)];
  const std::lock_guard lock(lazy.mutex);
  if (lazy.is_loaded.load(std::memory_order_relaxed)) return;
  const bool is_derived = order == QuadOrder::Gspo && manifest_.one_graph;
  lazy.index = is_derived ? derived_graph_index() : stored_index(order);
  lazy.is_loaded.store(true, std::memory_order_release);
}

BlockIndex Base::stored_index(QuadOrder order) const {
  const OrderRecord& record = manifest_.orders[static_cast<std::size_t>(order)];
  BlockIndex index;
  for (std::uint32_t chunk = 0; chunk < record.index_chunks; ++chunk)
    read_part(*rocks_, Family::Indexes,
              index_key(IndexKind::Quads, manifest_.generation, order, chunk), order,
              fmt::format("index chunk {}", chunk),
              [&](std::string_view value) { index.add_chunk(value); });
  if (index.blocks().size() != record.blocks || index.rows() != manifest_.quads)
    throw_damaged(*rocks_, order, "its index does not fit the manifest");
  return index;
}

void Base::load_groups(QuadOrder order) {
  const OrderRecord& record = manifest_.orders[static_cast<std::size_t>(order)];
  std::vector<GroupCount>& groups = groups_[static_cast<std::size_t>(order)];
  std::uint64_t quads = 0;
  for (std::uint32_t chunk = 0; chunk < record.group_chunks; ++chunk)
    read_part(*rocks_, Family::Indexes,
              index_key(IndexKind::Groups, manifest_.generation, order, chunk), order,
              fmt::format("group chunk {}", chunk), [&](std::string_view value) {
                ByteReader in(verified(value));
                while (!in.at_end()) {
                  const TermId id(in.u64());
                  const std::uint64_t of_group = in.u64();
                  groups.push_back({id, of_group, in.u64()});
                  quads += of_group;
                }
              });
  if (quads != manifest_.quads)
    throw_damaged(*rocks_, order, "its group counts do not fit the manifest");
}

const CharacteristicSets& Base::characteristic_sets() const {
  const std::lock_guard lock(sets_mutex_);
  if (sets_) return *sets_;
  auto sets = std::make_unique<CharacteristicSets>();
  for (std::uint32_t chunk = 0; chunk < manifest_.set_chunks; ++chunk)
    read_part(*rocks_, Family::Indexes, sets_key(manifest_.generation, chunk), QuadOrder::Spog,
              fmt::format("chunk {} of the characteristic sets", chunk),
              [&](std::string_view value) { sets->add_chunk(verified(value)); });
  sets_ = std::move(sets);
  return *sets_;
}

/// Gspo out of Spog: the same sequence, as the graph is the same all over.
BlockIndex Base::derived_graph_index() const {
  constexpr auto kOrder = QuadOrder::Gspo;
  BlockIndex derived;
  for (const BlockMeta& meta : index(QuadOrder::Spog).blocks()) {
    if (meta.low[3] != manifest_.one_graph || meta.high[3] != manifest_.one_graph)
      throw_damaged(*rocks_, QuadOrder::Spog, "it has several graphs, and its manifest one");
    derived.add({.first = to_order(meta.first, kOrder),
                 .last = to_order(meta.last, kOrder),
                 .low = to_order({meta.low}, kOrder).terms,
                 .high = to_order({meta.high}, kOrder).terms,
                 .rows = meta.rows,
                 .distinct = {1, meta.distinct[0], meta.distinct[1]}});
  }
  return derived;
}

QuadBlockPtr Base::read_block(QuadOrder order, std::size_t number) const {
  const bool is_derived = order == QuadOrder::Gspo && manifest_.one_graph;
  const QuadOrder stored = is_derived ? QuadOrder::Spog : order;
  const auto columns = is_derived ? order_positions(order) : QuadBlock::kAsStored;
  QuadBlockPtr block;
  read_part(*rocks_, Family::Quads,
            quads_key(manifest_.generation, stored, static_cast<std::uint32_t>(number)), stored,
            fmt::format("block {}", number), [&](std::string_view value) {
              block = std::make_shared<const QuadBlock>(value, columns);
            });
  if (block->rows() != index(order).blocks()[number].rows)
    throw_damaged(*rocks_, order, fmt::format("block {} does not fit the index", number));
  return block;
}

QuadBlockPtr Base::block(QuadOrder order, std::size_t number) const {
  const BlockKey key{.space = manifest_.generation * 8 + static_cast<std::uint64_t>(order),
                     .block = static_cast<std::uint32_t>(number)};
  if (QuadBlockPtr cached = cache_->find(key)) return cached;
  QuadBlockPtr block = read_block(order, number);
  cache_->insert(key, block);
  return block;
}

BasePosition Base::lower_bound(QuadOrder order, const Quad& row) const {
  const auto& blocks = index(order).blocks();
  if (blocks.empty()) return {};
  const std::size_t number = index(order).block_of(row);
  if (row <= blocks[number].first) return {number, 0};
  if (row > blocks[number].last) return {number + 1, 0};
  return {number, block(order, number)->lower_bound(row)};
}

BaseRange Base::prefix_range(QuadOrder order, const Quad& prefix, std::size_t columns) const {
  const auto& blocks = index(order).blocks();
  if (columns == 0 || blocks.empty()) return {{}, end(order)};
  Quad low, high = kHighestRow;
  std::copy_n(prefix.terms.begin(), columns, low.terms.begin());
  std::copy_n(prefix.terms.begin(), columns, high.terms.begin());
  const std::size_t number = index(order).block_of(low);
  const BlockMeta& meta = blocks[number];
  if (low > meta.last) return {{number + 1, 0}, upper_bound(order, high)};
  if (low <= meta.first && high >= meta.last) return {{number, 0}, upper_bound(order, high)};
  QuadBlockPtr rows = block(order, number);
  const auto [from, to] = rows->prefix_range(prefix, columns);
  if (to < rows->rows()) return {{number, from}, {number, to}, std::move(rows)};
  return {{number, from}, upper_bound(order, high), std::move(rows)};
}

BasePosition Base::upper_bound(QuadOrder order, const Quad& row) const {
  const auto& blocks = index(order).blocks();
  if (blocks.empty()) return {};
  const std::size_t number = index(order).block_of(row);
  if (row < blocks[number].first) return {number, 0};
  if (row >= blocks[number].last) return {number + 1, 0};
  const QuadBlockPtr rows = block(order, number);
  const std::size_t at = rows->lower_bound(row);
  return {number, rows->row(at) == row ? at + 1 : at};
}

std::uint64_t Base::row_number(QuadOrder order, BasePosition position) const {
  const BlockIndex& blocks = index(order);
  if (position.block == blocks.blocks().size()) return blocks.rows();
  return blocks.blocks()[position.block].first_row + position.row;
}

bool Base::contains(const Quad& quad) const {
  const auto& blocks = index(QuadOrder::Spog).blocks();
  if (blocks.empty()) return false;
  const std::size_t number = index(QuadOrder::Spog).block_of(quad);
  const BlockMeta& meta = blocks[number];
  if (quad < meta.first || quad > meta.last) return false;
  if (quad == meta.first || quad == meta.last) return true;
  const QuadBlockPtr rows = block(QuadOrder::Spog, number);
  const std::size_t at = rows->lower_bound(quad);
  return at < rows->rows() && rows->row(at) == quad;
}

}  // namespace tripten
