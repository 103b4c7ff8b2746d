#include "storage/store_state.h"

#include <algorithm>
#include <charconv>

#include "rdf/term_codec.h"
#include "storage/inline_term.h"
#include "storage/scan_source.h"

namespace tripten {
namespace {

constexpr std::size_t kGraphColumn = 3;

/// Rows of one block in [from, to) that are of the graph.
std::uint64_t count_of_graph(const Base& base, QuadOrder order, std::size_t block, std::size_t from,
                             std::size_t to, TermId graph) {
  const BlockMeta& meta = base.index(order).blocks()[block];
  if (from >= to || graph < meta.low[kGraphColumn] || graph > meta.high[kGraphColumn]) return 0;
  if (meta.low[kGraphColumn] == meta.high[kGraphColumn]) return to - from;
  std::vector<TermId> graphs(to - from);
  base.block(order, block)->column(kGraphColumn).decode(from, to, graphs.data());
  return static_cast<std::uint64_t>(std::count(graphs.begin(), graphs.end(), graph));
}

std::uint64_t base_count(const Base& base, QuadOrder order, const PrefixRange& range) {
  if (range.bound == 0 && !range.graph) return base.manifest().quads;
  const auto [from, to, unused] = base.prefix_range(order, range.low, range.bound);
  if (!range.graph) return base.row_number(order, to) - base.row_number(order, from);
  std::uint64_t sum = 0;
  for (std::size_t block = from.block; block <= to.block; ++block) {
    const bool is_last = block == to.block;
    if (is_last && to.row == 0) break;
    sum += count_of_graph(base, order, block, block == from.block ? from.row : 0,
                          is_last ? to.row : base.index(order).blocks()[block].rows, *range.graph);
  }
  return sum;
}

std::int64_t delta_count(const DeltaImage& delta, QuadOrder order, const PrefixRange& range) {
  if (delta.empty()) return 0;
  const DeltaPosition from = delta.lower_bound(order, range.low);
  const DeltaPosition to = delta.lower_bound(order, range.high);
  if (!range.graph) return delta.net(order, from, to);
  std::int64_t sum = 0;
  delta.each(order, from, to, [&](const Quad& row, DeltaState state) {
    if (row.terms[kGraphColumn] == *range.graph) sum += state == DeltaState::Present ? 1 : -1;
  });
  return sum;
}

}  // namespace

bool StoreState::contains(const Quad& quad) const {
  if (const auto state = delta->find(quad)) return *state == DeltaState::Present;
  return base->contains(quad);
}

std::uint64_t StoreState::count(const QuadPattern& pattern) const {
  const QuadOrder order = best_order(pattern);
  const PrefixRange range = prefix_range(order, pattern);
  return base_count(*base, order, range) +
         static_cast<std::uint64_t>(delta_count(*delta, order, range));
}

/// The first rows of blocks, each the same number of blocks after the last; rows of the delta,
/// which are few, fall where they fall.
std::vector<TermId> StoreState::split_points(QuadOrder order, const QuadPattern& pattern,
                                             std::size_t parts) const {
  const PrefixRange range = prefix_range(order, pattern);
  const BlockIndex& index = base->index(order);
  std::vector<TermId> points;
  if (range.bound >= range.low.terms.size() || index.blocks().empty()) return points;
  const std::size_t from = index.block_of(range.low) + 1;
  const std::size_t to = index.block_of(range.high) + 1;
  if (from >= to) return points;
  const std::size_t cuts = std::min(parts - 1, to - from);
  for (std::size_t cut = 1; cut <= cuts; ++cut) {
    const BlockMeta& block = index.blocks()[from + (to - from) * cut / (cuts + 1)];
    if (block.first < range.low || !(block.first < range.high)) continue;
    const TermId point = block.first.terms[range.bound];
    if (points.empty() || points.back() < point) points.push_back(point);
  }
  return points;
}

std::uint64_t StoreState::quads() const {
  return count({});
}

std::vector<GroupCount> StoreState::groups(QuadOrder order) const {
  const std::vector<GroupCount>& of_base = base->groups(order);
  std::vector<GroupCount> merged;
  auto at = of_base.begin();
  const auto add = [&](TermId id, std::uint64_t quads) {
    for (; at != of_base.end() && at->id < id; ++at)
      merged.push_back(*at);
    GroupCount group{id, quads};
    if (at != of_base.end() && at->id == id) {
      group.quads += at->quads;
      group.values = (at++)->values;
    }
    if (group.quads != 0) merged.push_back(group);
  };
  std::optional<GroupCount> group;  // of delta rows; its count may wrap below zero for a while
  delta->each(order, delta->begin(), delta->end(order), [&](const Quad& row, DeltaState state) {
    if (group && group->id != row.terms[0]) {
      add(group->id, group->quads);
      group.reset();
    }
    if (!group) group = GroupCount{row.terms[0], 0};
    group->quads += state == DeltaState::Present ? std::uint64_t{1} : ~std::uint64_t{0};
  });
  if (group) add(group->id, group->quads);
  merged.insert(merged.end(), at, of_base.end());
  return merged;
}

std::vector<TermId> StoreState::graphs() const {
  std::vector<TermId> named;
  for (const GroupCount& group : groups(QuadOrder::Gspo))
    if (group.id != kDefaultGraph) named.push_back(group.id);
  return named;
}

/// Only pairs of leading columns that the delta touches can come or go: these are looked up.
std::vector<GroupCount> StoreState::groups_with_values(QuadOrder order) const {
  std::vector<GroupCount> all = groups(order);
  if (delta->empty()) return all;
  auto group = all.begin();
  Quad pair;
  std::int64_t net = 0;
  const auto finish_pair = [&] {
    if (!pair.terms[0]) return;
    while (group != all.end() && group->id < pair.terms[0])
      ++group;
    if (group == all.end() || group->id != pair.terms[0]) return;  // all its quads are gone
    const BaseRange range = base->prefix_range(order, pair, 2);
    const std::uint64_t before =
        base->row_number(order, range.to) - base->row_number(order, range.from);
    const std::uint64_t after = before + static_cast<std::uint64_t>(net);
    group->values += std::uint64_t{after != 0} - std::uint64_t{before != 0};
  };
  delta->each(order, delta->begin(), delta->end(order), [&](const Quad& row, DeltaState state) {
    if (row.terms[0] != pair.terms[0] || row.terms[1] != pair.terms[1]) {
      finish_pair();
      pair = {{row.terms[0], row.terms[1], kUnbound, kUnbound}};
      net = 0;
    }
    net += state == DeltaState::Present ? 1 : -1;
  });
  finish_pair();
  return all;
}

std::vector<PredicateCounts> StoreState::count_predicates() const {
  const std::vector<GroupCount> subjects = groups_with_values(QuadOrder::Psog);
  const std::vector<GroupCount> objects = groups_with_values(QuadOrder::Posg);
  std::vector<PredicateCounts> all;
  for (std::size_t i = 0; i < subjects.size(); ++i)
    all.push_back({subjects[i].id, subjects[i].quads, subjects[i].values, objects[i].values});
  return all;
}

std::vector<PredicateCounts> StoreState::predicates() const {
  if (!memory) return count_predicates();
  const std::lock_guard lock(memory->mutex);
  if (!memory->predicates) memory->predicates = count_predicates();
  return *memory->predicates;
}

std::optional<TermId> StoreState::find(const TermView& term) const {
  if (term.kind == TermKind::Unbound) return std::nullopt;
  if (term.kind == TermKind::Blank) return blank_of_label(term.value, counters.next_blank);
  if (const auto id = inline_id(term)) return id;
  std::string encoded;
  append_encoded(term, encoded);
  return dictionary->find(encoded, counters.next_entry);
}

std::optional<TermId> blank_of_label(std::string_view label, std::uint64_t next_blank) {
  if (label.size() < 2 || label[0] != 'b' || (label[1] == '0' && label.size() > 2))
    return std::nullopt;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(label.data() + 1, label.data() + label.size(), number);
  if (error != std::errc() || end != label.data() + label.size() || number >= next_blank)
    return std::nullopt;
  return TermId(IdKind::Blank, number);
}

}  // namespace tripten
